"""A worker killed with SIGKILL between any two steps of sending: never none, and a repeat bears the same Message-ID."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def killed(how: str, count: int, environment: dict[str, str], data: Path) -> list[tuple[list[str], str]]:
    """For each killed worker: what arrived, and the Message-ID that was written down."""
    named = {**environment, "HOMEPORT_DATABASE_ROLE": "worker", "HOMEPORT_MAIL_URL": f"file://{data}/sent"}
    lay = [sys.executable, "-m", "homeport.config.cli", "database", "migrate"]
    subprocess.run(lay, env=environment, check=True, timeout=120, stdout=subprocess.DEVNULL)
    command = [sys.executable, "-m", "tests.factories.post_killed", how, str(count), "7"]
    done = subprocess.run(
        command, cwd=ROOT, env=named, check=True, timeout=300, stdout=subprocess.PIPE, text=True
    )
    return [(arrived, written) for arrived, written in json.loads(done.stdout)]


def test_between_any_two_steps(tmp_path: Path, installation: dict[str, str]) -> None:
    found = killed("steps", 0, installation, tmp_path)
    assert len(found) > 12, "there are that many steps at least, before and after each"
    for number, (arrived, written) in enumerate(found, 1):
        assert arrived, f"killed at step {number}: none"
        assert set(arrived) == {written}, f"killed at step {number}: another Message-ID"
    assert any(len(arrived) == 2 for arrived, _ in found), "killed after sending and before saying so: again"
    assert found[-1][0] == [found[-1][1]], "nobody killed: once"


def test_at_random_moments(tmp_path: Path, installation: dict[str, str]) -> None:
    for arrived, written in killed("moments", 12, installation, tmp_path):
        assert set(arrived) == {written}
