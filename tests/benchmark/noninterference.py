"""Two thousand walks through two worlds that differ in what is one person's alone (see `docs/adr/0004-non-interference.md`).

Each kind of world is walked in a process of its own, from seeds that the tests do not use. ``measure()`` gives one dict a
row: what, value, target, ok.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.benchmark.access import installation

Row = dict[str, Any]
WALKS, QUICK = 2_000, 60
KINDS = ("couple", "family", "group")
AT_ONCE = 2
FIRST = 1_000


def measure(*, quick: bool = False) -> Iterator[Row]:
    """A row a kind of world, and how long all of it took."""
    each = -(-(QUICK if quick else WALKS) // len(KINDS))
    began = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(lambda kind: _walked(kind, each), KINDS)
    seconds = time.monotonic() - began
    yield {"what": "walks, all kinds", "value": f"{seconds:.0f} s", "target": "shown only", "ok": None}


def _walked(kind: str, count: int) -> Row:
    command = [sys.executable, "-m", "tests.benchmark.noninterference", kind, str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
    found = json.loads(done.stdout) if not done.returncode else {"value": last[:200], "ok": False}
    return {"what": f"{count} walks, a {kind}: bytes that give one person away", "target": "none", **found}


def main(kind: str, count: int) -> None:
    """Walk, and print what came of it."""
    with tempfile.TemporaryDirectory(prefix="homeport-bench-") as folder:
        installation(folder)
        from tests.permissions.noninterference.walking import walk_often

        tally = walk_often(kind, count, first=FIRST + KINDS.index(kind))
        value = (
            f"none in {tally.answers:,} answers; {tally.differing} of {tally.walks} walks differed in hers"
        )
        print(json.dumps({"value": value, "ok": tally.differing >= 0.75 * tally.walks}))


if __name__ == "__main__":
    if len(sys.argv) == 3:
        main(sys.argv[1], int(sys.argv[2]))
    else:
        for one in measure(quick="--quick" in sys.argv):
            print(one)
