"""A process that only serves, as a practice has it: whoever built a large practice still holds what building took, and pays
for it at every page (the short list took half as long again)."""

import json
import os
import subprocess
import sys
from typing import Any

SERVING = "serving"


def asked_of_a_server(module: str) -> dict[str, Any]:
    """What ``module`` prints last as JSON, run in a new process over the installation of this one.

    On PostgreSQL that process is the role that serves pages. The statistics of the database must be fresh by now.
    """
    served = {**os.environ, "HOMEPORT_DATABASE_ROLE": "web"}
    command = [sys.executable, "-m", module, SERVING]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=served).stdout
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found


def begin_serving() -> None:
    """Set up Django in such a process."""
    import django

    django.setup()
