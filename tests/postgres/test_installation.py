"""A practice on PostgreSQL as its operator makes it: prepare, migrate, doctor, serve; and what is refused."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from tests.factories.installations import beside_the_layout
from tests.postgres import cluster
from tests.postgres.cluster import SUPERUSER, Cluster, database_in

POOL_WAITS = 10  # seconds for which a pool asks again
Command = Callable[..., "subprocess.CompletedProcess[str]"]


def the_cluster() -> Cluster:
    running = cluster.cluster()
    assert running is not None
    return running


def run(environment: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "homeport.config.cli", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=90, check=False)


@pytest.fixture
def homeport(installation: dict[str, str]) -> Command:
    """The command, in an installation of its own whose databases were made and hold no tables yet."""
    return lambda *words, **more: run({**installation, **more}, *words)


@pytest.fixture(scope="module")
def with_tables(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of an installation that was migrated and is only ever copied."""
    made = {**os.environ, "HOMEPORT_DATA": str(tmp_path_factory.mktemp("data")), **cluster.installation()}
    del made["HOMEPORT_DATABASE_ROLE"]
    done = run(made, "database", "migrate")
    assert done.returncode == 0
    assert beside_the_layout(done.stderr) == []
    return made["HOMEPORT_DATABASE_URL"]


@pytest.fixture
def migrated(installation: dict[str, str], with_tables: str) -> Command:
    """The command, in an installation of its own that has its tables."""
    installation.update(cluster.installation(like=with_tables))
    return lambda *words, **more: run({**installation, **more}, *words)


def doctor(homeport: Command, **more: str) -> dict[str, list[str]]:
    done = homeport("doctor", "--json", **more)
    assert done.stdout, done.stderr
    said = json.loads(done.stdout)
    levels: dict[str, list[str]] = {"good": [], "note": [], "problem": []}
    for level, text in said["findings"]:
        levels[level].append(text)
    return levels


def by(name: str, installation: dict[str, str]) -> dict[str, str]:
    """The same databases, reached by another sign-in."""
    return {
        setting: installation[setting].replace("postgresql://", f"postgresql://{name}@")
        for setting in ("HOMEPORT_DATABASE_URL", "HOMEPORT_KEYS_DATABASE_URL")
    }


@pytest.mark.parametrize("command", [("database", "migrate"), ("serve", "--no-worker")])
def test_a_server_that_does_not_answer_is_not_called_a_folder(
    homeport: Command, command: tuple[str, ...]
) -> None:
    nowhere = "postgresql://127.0.0.1:1/homeport"
    failed = homeport(*command, HOMEPORT_DATABASE_URL=nowhere, HOMEPORT_DATABASE_POOL="0")
    assert failed.returncode == 1
    assert "cannot use its database: connection" in failed.stderr
    assert "folder" not in failed.stderr
    assert failed.stderr.count("\n") == 1


def test_doctor_is_content_and_sees_what_was_weakened(
    migrated: Command, installation: dict[str, str]
) -> None:
    found = doctor(migrated)
    assert "The second wall stands for homeport_web." in found["good"]
    assert not [text for text in found["problem"] if "wall" in text or "role" in text.lower()]
    past = doctor(migrated, **by(SUPERUSER, installation))
    assert any("The role postgres sees past row-level security" in text for text in past["problem"])


def test_a_refused_sign_in_is_said_once_and_at_once(migrated: Command, installation: dict[str, str]) -> None:
    began = time.monotonic()
    done = migrated("doctor", **by("nobody_of_ours", installation))
    took = time.monotonic() - began
    assert done.returncode == 1
    assert done.stderr == ""
    said = [line for line in done.stdout.splitlines() if "nobody_of_ours" in line]
    assert len(said) == 1
    assert said[0].startswith("MEND  The database does not answer: ")
    assert 'role "nobody_of_ours" does not exist' in said[0]
    assert took < POOL_WAITS, "a pool would have waited for longer by itself"


def test_the_superuser_trap(migrated: Command, installation: dict[str, str]) -> None:
    """Forced row-level security holds the owner; a superuser it does not. That is why pages are not served by one."""
    name = database_in(installation["HOMEPORT_DATABASE_URL"])
    columns = "id, author_id, version, created_at, changed_at, words"
    values = "gen_random_uuid(), gen_random_uuid(), 1, now(), now(), ''"
    counts = {}
    with psycopg.connect(the_cluster().address(name, "homeport_owner")) as owner:
        owner.execute(f"INSERT INTO exercises_journalentry ({columns}) VALUES ({values})")
    for role in ("postgres", "homeport_owner", "homeport_worker", "homeport_web"):
        with psycopg.connect(the_cluster().address(name, role)) as session:
            row = session.execute("SELECT count(*) FROM exercises_journalentry").fetchone()
            assert row is not None
            counts[role] = row[0]
    with psycopg.connect(the_cluster().address(name, "homeport_owner")) as owner:
        # The owner passes by rules (here also by the worker's, being a member of it), and not for being the owner.
        for rule in ("homeport_owner", "homeport_worker"):
            owner.execute(f"DROP POLICY {rule} ON exercises_journalentry")
        row = owner.execute("SELECT count(*) FROM exercises_journalentry").fetchone()
        owner.rollback()
    assert counts == {"postgres": 1, "homeport_owner": 1, "homeport_worker": 1, "homeport_web": 0}
    assert row == (0,)


def test_nobody_serves_past_the_wall(homeport: Command, installation: dict[str, str]) -> None:
    early = homeport("serve", "--no-worker")
    assert early.returncode == 1
    assert "Run: homeport database migrate" in early.stderr
    assert homeport("database", "migrate").returncode == 0
    refused = homeport("serve", "--no-worker", **by(SUPERUSER, installation))
    assert refused.returncode == 1
    assert "The role postgres sees past row-level security" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert homeport("worker", **by("homeport_owner", installation)).returncode == 1
    both = homeport("serve", **by("homeport_web", installation))
    assert both.returncode == 1
    assert "homeport serve --no-worker" in both.stderr


def test_pages_and_jobs_run_by_their_own_roles(migrated: Command, installation: dict[str, str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serve = [sys.executable, "-m", "homeport.config.cli", "serve", "--port", str(port)]
    site = subprocess.Popen(
        serve, env=installation, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        assert _answer(f"http://127.0.0.1:{port}/health/") == 200
        users = _until({"homeport_web", "homeport_worker"}, installation)
        assert _until_job_done(installation)
    finally:
        site.terminate()
        said, _ = site.communicate(timeout=60)
    assert users == {"homeport_web", "homeport_worker"}
    assert "rror" not in said, said


def _answer(address: str) -> int:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                return int(answer.status)
        except OSError:
            time.sleep(0.2)
    return 0


def _ask(installation: dict[str, str], question: str) -> list[Any]:
    name = database_in(installation["HOMEPORT_DATABASE_URL"])
    with psycopg.connect(the_cluster().address(name, SUPERUSER)) as session:
        return session.execute(question).fetchall()


def _until(wanted: set[str], installation: dict[str, str]) -> set[str]:
    deadline, found = time.monotonic() + 90, set[str]()
    while not wanted <= found and time.monotonic() < deadline:
        rows = _ask(installation, "SELECT usename FROM pg_stat_activity WHERE datname = current_database()")
        found |= {row[0] for row in rows} - {SUPERUSER}
        time.sleep(0.2)
    return found


def _until_job_done(installation: dict[str, str]) -> bool:
    """The chain of the audit is sealed by the worker within its first minute."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        done = _ask(installation, "SELECT count(*) FROM outbox_queuedjob WHERE state = 'done'")
        if done[0][0]:
            failed = _ask(installation, "SELECT name, error FROM outbox_queuedjob WHERE error <> ''")
            assert failed == []
            return True
        time.sleep(0.2)
    return False


def test_preparing_a_server_twice_changes_nothing(installation: dict[str, str]) -> None:
    admin = the_cluster().address("postgres", SUPERUSER)
    prepare = [sys.executable, "-m", "homeport.config.cli", "database", "prepare", "--admin", admin]
    fresh = {**installation, "HOMEPORT_DATABASE_ROLES": f"second_{os.getpid()}"}
    said = []
    for _ in range(2):
        done = subprocess.run(prepare, env=fresh, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        said.append(done.stdout.splitlines())
    assert [line for line in said[0] if line.startswith("Made the role")] == [
        f"Made the role second_{os.getpid()}_{role}. It has no password yet."
        for role in ("owner", "web", "worker")
    ]
    assert said[1] == ["The server is ready. Next: homeport database migrate"]


def test_a_role_that_sees_past_the_wall_is_not_taken(installation: dict[str, str]) -> None:
    admin = the_cluster().address("postgres", SUPERUSER)
    prefix = f"seeing_{os.getpid()}"
    with psycopg.connect(admin, autocommit=True) as server:
        server.execute(f"CREATE ROLE {prefix}_web LOGIN BYPASSRLS")
    prepare = [sys.executable, "-m", "homeport.config.cli", "database", "prepare", "--admin", admin]
    named = {**installation, "HOMEPORT_DATABASE_ROLES": prefix}
    done = subprocess.run(prepare, env=named, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "passes row-level security" in done.stderr
