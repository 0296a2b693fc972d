"""A worker killed with SIGKILL at any moment loses no job."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

JOBS = 12
SECONDS = 120  # on a machine that does other things at the same time

# Run in a process of its own: a worker whose jobs take a moment and whose leases lapse quickly.
WORKER = """
import sys, threading, time
from datetime import timedelta
from pathlib import Path
import django
django.setup()
from homeport.core import jobs
from homeport.outbox.worker import work

def note(number):
    time.sleep(0.05)
    with (Path(sys.argv[1]) / f"{number}").open("a") as done:
        done.write("x")

jobs.job("test.note", lease=timedelta(seconds=1), attempts=100)(note)
work(threading.Event())
"""
ASK = """
import sys, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from homeport.core import jobs
jobs.job("test.note")(lambda number: None)
for number in range(int(sys.argv[1])):
    jobs.enqueue("test.note", number=number)
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    return {**os.environ, "HOMEPORT_DATA": str(data), "DJANGO_SETTINGS_MODULE": "homeport.config.settings"}


def test_jobs_survive_the_killing_of_their_workers(tmp_path: Path, environment: dict[str, str]) -> None:
    done = tmp_path / "done"
    done.mkdir()
    subprocess.run([sys.executable, "-c", ASK, str(JOBS)], env=environment, check=True, timeout=60)
    kills, chance, deadline = 0, random.Random(7), time.monotonic() + SECONDS
    while len(list(done.iterdir())) < JOBS and time.monotonic() < deadline:
        worker = subprocess.Popen([sys.executable, "-c", WORKER, str(done)], env=environment)
        try:
            # Early kills strike start-up, later ones the middle of a job; on a slow machine ever later ones.
            worker.wait(chance.uniform(0.8, 2.2 + kills / 3))
        except subprocess.TimeoutExpired:
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait()
            kills += 1
    assert {path.name for path in done.iterdir()} == {str(number) for number in range(JOBS)}
    assert kills >= 1
