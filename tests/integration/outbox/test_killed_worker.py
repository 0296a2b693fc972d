"""A worker killed with SIGKILL at any moment loses no job."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

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
print("ready", flush=True)
work(threading.Event())
"""
ASK = """
import sys, django
django.setup()
from homeport.core import jobs
jobs.job("test.note")(lambda number: None)
for number in range(int(sys.argv[1])):
    jobs.enqueue("test.note", number=number)
"""


def test_jobs_survive_the_killing_of_their_workers(tmp_path: Path, installation: dict[str, str]) -> None:
    done = tmp_path / "done"
    done.mkdir()
    environment = {**installation, "HOMEPORT_DATABASE_ROLE": "worker"}
    lay = [sys.executable, "-m", "homeport.config.cli", "database", "migrate"]
    subprocess.run(lay, env=installation, check=True, timeout=60, stdout=subprocess.DEVNULL)
    subprocess.run([sys.executable, "-c", ASK, str(JOBS)], env=environment, check=True, timeout=60)
    kills, chance, deadline = 0, random.Random(7), time.monotonic() + SECONDS
    while len(list(done.iterdir())) < JOBS and time.monotonic() < deadline:
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(done)], env=environment, stdout=subprocess.PIPE, text=True
        )
        assert worker.stdout is not None
        # Some kills strike start-up, however long that takes here; most the middle of a job.
        if chance.random() < 0.8:
            worker.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.5))
        os.kill(worker.pid, signal.SIGKILL)
        worker.communicate()
        kills += 1
    assert {path.name for path in done.iterdir()} == {str(number) for number in range(JOBS)}
    assert kills >= 1
