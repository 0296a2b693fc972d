"""Two hundred workers killed while they send: never none, and a repeat bears the same Message-ID."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def measure(quick: bool = False) -> Iterator[dict[str, Any]]:
    """How many messages were lost, how many came under another id, how many twice."""
    count = 25 if quick else 200
    with tempfile.TemporaryDirectory() as folder:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HOMEPORT_")}
        named = {**kept, "HOMEPORT_DATA": f"{folder}/data", "HOMEPORT_MAIL_URL": f"file://{folder}/sent"}
        lay = [sys.executable, "-m", "homeport.config.cli", "database", "migrate"]
        subprocess.run(lay, env=named, check=True, stdout=subprocess.DEVNULL)
        command = [sys.executable, "-m", "tests.factories.post_killed", "moments", str(count), "11"]
        done = subprocess.run(command, cwd=ROOT, env=named, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout)
    lost = sum(not arrived for arrived, _ in found)
    strange = sum(bool(set(arrived) - {written}) for arrived, written in found)
    twice = sum(len(arrived) > 1 for arrived, _ in found)
    workers = f"{len(found)} workers killed at random moments while sending"
    yield {"what": f"{workers}: messages lost", "value": lost, "target": "0", "ok": lost == 0}
    yield {"what": "repeats under another Message-ID", "value": strange, "target": "0", "ok": strange == 0}
    yield {"what": "messages sent twice, under one Message-ID", "value": twice, "target": "shown", "ok": None}
