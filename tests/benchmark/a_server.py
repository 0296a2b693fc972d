"""A process that only serves, as a practice has it: whoever built a large practice still holds what building took, and pays
for it at every page (the short list took half as long again)."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import quantiles
from typing import Any

SERVING = "serving"
TIMES, ROUNDS = 60, 3


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
    """Start as `homeport serve` does."""
    import homeport.config.asgi  # noqa: F401 - starting is all it is for


def p95_of(ask: Callable[[], Any]) -> dict[str, float]:
    """The 95th percentile of the server's time in milliseconds, and of what of it this process worked.

    Of three rounds the calmest: what others do on the machine makes a round slower and never faster.
    """
    return min((_round(ask) for _ in range(ROUNDS)), key=lambda each: each["p95"])


def _round(ask: Callable[[], Any]) -> dict[str, float]:
    times, worked = [], []
    for _ in range(TIMES):
        begun, began_work = time.perf_counter_ns(), time.process_time_ns()
        ask()
        times.append((time.perf_counter_ns() - begun) / 1e6)
        worked.append((time.process_time_ns() - began_work) / 1e6)
    return {"p95": quantiles(times, n=20)[-1], "cpu": quantiles(worked, n=20)[-1]}
