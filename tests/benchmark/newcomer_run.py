"""What a newcomer waits for: `make run` in a clean clone, with the packages in the machine's cache.

``measure()`` gives one dict a row: what, value, target, ok. Skipped where there is no git checkout to clone.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]
TOP = Path(__file__).parents[2]
PATIENCE = 600  # seconds: a cold cache is slow, and then the figure says so
_ANSWER = re.compile(r"first answer after ([\d.]+) s, (\d+) MB")


def measure() -> Iterator[Row]:
    """Seconds to the first answer, and the memory of all processes."""
    if not (TOP / ".git").exists():
        yield skipped("this is no git checkout")
        return
    said = run_in_clone()
    found = _ANSWER.search(said)
    if found is None:
        last = said.strip().splitlines()[-1:]
        yield {
            "what": "`make run` from a clean clone",
            "value": f"no answer: {last}",
            "target": "< 90 s",
            "ok": False,
        }
        return
    seconds, megabytes = float(found[1]), int(found[2])
    yield {
        "what": "`make run` from a clean clone to an answering page",
        "value": f"{seconds:.1f} s",
        "target": "< 90 s",
        "ok": seconds < 90,
    }
    yield {
        "what": "memory of the site and its worker",
        "value": f"{megabytes} MB",
        "target": "< 250 MB",
        "ok": megabytes < 250,
    }


def run_in_clone() -> str:
    """What `python -m tests.newcomer` says in a clone of what is committed."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "homeport"
        subprocess.run(["git", "clone", "-q", "--no-hardlinks", str(TOP), str(clone)], check=True)
        leave_out = {"VIRTUAL_ENV", "PYTHONPATH", "MAKEFLAGS", "MAKELEVEL", "MFLAGS"}
        done = subprocess.run(
            [sys.executable, "-m", "tests.newcomer"],
            cwd=clone,
            env={name: value for name, value in os.environ.items() if name not in leave_out},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    return done.stdout + done.stderr


def skipped(why: str) -> Row:
    """A row that says why there is no figure."""
    return {
        "what": "`make run` from a clean clone",
        "value": f"skipped: {why}",
        "target": "< 90 s",
        "ok": None,
    }


if __name__ == "__main__":
    for each in measure():
        sys.stdout.write(json.dumps(each) + "\n")
