"""A worker ends with the site that started it, also where the site ends while its worker begins."""

import os
import subprocess
import sys

import pytest

from homeport.config import running
from homeport.config.running import STARTED_BY, WORKER, Site


def test_a_worker_whose_site_was_gone_before_it_looked_ends_by_itself(installation: dict[str, str]) -> None:
    lay = [sys.executable, "-m", "homeport.config.cli", "database", "migrate"]
    subprocess.run(lay, env=installation, check=True, capture_output=True, timeout=120)
    gone = str(os.getpid() + 1_000_000)  # no process here has such an id, and none is its parent
    environment = {**installation, "HOMEPORT_DATABASE_ROLE": "worker", STARTED_BY: gone}
    done = subprocess.run(WORKER, env=environment, check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def test_a_site_that_stops_starts_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[object] = []
    monkeypatch.setattr(running.subprocess, "Popen", lambda *words, **_: begun.append(words))
    site = Site(host="127.0.0.1", port=0, worker=True)
    site._stop_worker()
    site._keep_worker()
    assert begun == []
