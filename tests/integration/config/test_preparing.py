"""Starting: several processes at once, and a database from another version."""

import sqlite3
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.factories.installations import embedded

from homeport.config import preparing


def _run(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "homeport.config.cli", *words],
        env=embedded(data),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_several_may_start_at_once_on_an_empty_folder(tmp_path: Path) -> None:
    """Two of three failed: each found no tables, and the second to make them was told that they were there."""
    code = "from homeport.config.preparing import prepare\nprepare(static=True)"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code], env=embedded(tmp_path), stderr=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    said = [process.communicate(timeout=90)[1] for process in started]
    assert [process.returncode for process in started] == [0] * 4, said


def test_nobody_else_on_the_machine_reads_the_stores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though the folder was made beforehand, open to all, as somebody in a hurry does."""
    tmp_path.chmod(0o755)
    stores = {name: {"NAME": tmp_path / f"{name}.sqlite3"} for name in ("default", "keys")}
    there = SimpleNamespace(DATA=tmp_path, DATABASES={**stores, "far": {"NAME": "homeport"}})
    monkeypatch.setattr(preparing, "settings", there)
    with preparing._alone():
        assert [path.stat().st_mode & 0o777 for path in tmp_path.glob("*.sqlite3")] == [0o600, 0o600]
    with sqlite3.connect(tmp_path / "keys.sqlite3") as store:
        store.execute("PRAGMA journal_mode=WAL")
        store.execute("CREATE TABLE key (id)")
        assert (tmp_path / "keys.sqlite3-wal").stat().st_mode & 0o777 == 0o600
    store.close()


def test_a_database_from_a_newer_version_is_refused_and_said(tmp_path: Path) -> None:
    assert _run(tmp_path, "migrate", "--verbosity=0").returncode == 0
    with sqlite3.connect(tmp_path / "homeport.sqlite3") as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('outbox', '0999_later', '2030-01-01')"
        )
    database.close()
    for words in (["serve", "--port=1"], ["worker"]):
        done = _run(tmp_path, *words)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        assert "newer version of Homeport (outbox 0999_later)" in done.stderr
    assert "MEND  The database is from a newer version" in _run(tmp_path, "doctor").stdout


@pytest.mark.parametrize("content", [b"not a database" * 1_000])
def test_a_database_that_is_none_is_said_by_the_worker(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "homeport.sqlite3").write_bytes(content)
    done = _run(tmp_path, "worker")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "not a database" in done.stderr
