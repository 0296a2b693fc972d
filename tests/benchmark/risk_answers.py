"""A thousand risk answers sent to a server that is killed at random moments: a thousand alerts, none twice, none missing."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.postgres import cluster

ROOT = Path(__file__).parents[2]
FULL, QUICK = 1_000, 60
NOT_ONE = ("twice", "without_answer", "without_alert", "untold", "told_twice")


def measure(quick: bool = False) -> Iterator[dict[str, Any]]:
    """A row a database (see ``tests.benchmark``)."""
    count = QUICK if quick else FULL
    for vendor in ("sqlite", "postgresql"):
        if vendor == "postgresql" and cluster.binaries() is None:
            yield {
                "what": f"risk answers ({vendor})",
                "value": "there is no PostgreSQL here",
                "target": "",
                "ok": None,
            }
            continue
        found = killed(vendor, count)
        yield {
            "what": f"{count} risk answers, the server killed {found['kills']} times ({vendor})",
            "value": f"{found['alerts']} alerts, {found['twice']} twice, {found['without_alert']} missing",
            "target": f"{count} alerts, none twice",
            "ok": found["alerts"] == found["answers"] == count and not any(found[name] for name in NOT_ONE),
        }


def killed(vendor: str, count: int, seed: int = 7) -> dict[str, int]:
    """What lay in the database in the end, as ``tests.factories.answers_killed`` counted it."""
    command = [sys.executable, "-m", "tests.factories.answers_killed", vendor, str(count), str(seed)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, timeout=1_800)
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return found
