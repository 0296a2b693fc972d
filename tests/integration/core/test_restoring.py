"""A backup made as `docs/how-to/backup.md` says, while somebody writes, opens elsewhere word for word."""

import shutil
import sqlite3
import subprocess
import threading
from pathlib import Path

import pytest
from tests.factories.serving import Site
from tests.postgres import cluster
from tests.postgres.cluster import database_in

OPENED = """
import django; django.setup()
from homeport.exercises.models import JournalEntry
print("\\n".join(entry.words for entry in JournalEntry.objects.order_by("created_at", "pk")))
"""
STORES = ("homeport.sqlite3", "keys.sqlite3")
APART = ("installation-keys", "secret-key")


@pytest.fixture
def restored(installation: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The environment of the machine that the backup is carried to: its stores are empty."""
    folder = tmp_path / "elsewhere"
    folder.mkdir(mode=0o700)
    named = cluster.installation() if "HOMEPORT_DATABASE_URL" in installation else {}
    return {**installation, **named, "HOMEPORT_DATA": str(folder)}


def test_a_backup_is_carried_elsewhere(
    installation: dict[str, str], restored: dict[str, str], tmp_path: Path
) -> None:
    said: list[str] = []
    with Site(installation, tmp_path / "log") as site:
        ana, enough, stop = site.browser("ana"), threading.Event(), threading.Event()

        def writes() -> None:
            while not stop.is_set():
                words = f"Ana wrote line {len(said)}"
                if ana.post("/journal/write/", {"words": words})[0] == 303:
                    said.append(words)
                if len(said) > 3:
                    enough.set()

        person = threading.Thread(target=writes)
        person.start()
        assert enough.wait(30)
        before = len(said)
        _copied(installation, restored, tmp_path)
        stop.set()
        person.join()
    elsewhere = Site.__new__(Site)
    elsewhere.environment = {**restored, "DJANGO_SETTINGS_MODULE": "homeport.config.settings"}
    homeport = ("-m", "homeport.config.cli")
    elsewhere.run(*homeport, "database", "migrate")
    assert "Nothing to mend" in elsewhere.run(*homeport, "doctor")
    assert "The chain holds" in elsewhere.run(*homeport, "audit", "verify", HOMEPORT_DATABASE_ROLE="worker")
    found = elsewhere.run("-c", OPENED, HOMEPORT_DATABASE_ROLE="worker").splitlines()
    assert len(found) >= before
    assert found == said[: len(found)]
    # Without the set that wraps the keys nothing opens, and the doctor says why.
    Path(restored["HOMEPORT_DATA"], "installation-keys").unlink()
    with pytest.raises(AssertionError, match="data keys were wrapped by"):
        elsewhere.run(*homeport, "doctor")


def _copied(installation: dict[str, str], restored: dict[str, str], tmp_path: Path) -> None:
    old, new = Path(installation["HOMEPORT_DATA"]), Path(restored["HOMEPORT_DATA"])
    for name in APART:
        shutil.copy(old / name, new / name)
    if "HOMEPORT_DATABASE_URL" in installation:
        for end in ("", "_keys"):
            _dumped(installation, restored, tmp_path, end)
        return
    for name in STORES:
        source, target = sqlite3.connect(old / name), sqlite3.connect(new / name)
        source.backup(target)  # what `.backup` of the command does
        source.close()
        target.close()
        (new / name).chmod(0o600)


def _dumped(installation: dict[str, str], restored: dict[str, str], tmp_path: Path, end: str) -> None:
    running, binaries = cluster.cluster(), cluster.binaries()
    assert running is not None
    assert binaries is not None
    as_owner = ("-h", running.socket, "-U", "homeport_owner")
    dump = str(tmp_path / f"dump{end}")
    whole = () if end else ("--enable-row-security",)
    source = f"{database_in(installation['HOMEPORT_DATABASE_URL'])}{end}"
    target = f"{database_in(restored['HOMEPORT_DATABASE_URL'])}{end}"
    _done(str(binaries / "pg_dump"), *whole, *as_owner, "-Fc", "-f", dump, source)
    _done(str(binaries / "pg_restore"), "--no-owner", *as_owner, "-d", target, dump)


def _done(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
