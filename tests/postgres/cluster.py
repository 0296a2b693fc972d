"""A throw-away PostgreSQL: the server's own binaries, a folder under the temporary one, a socket and no port.

`initdb` refuses root, so that root starts it as the user `postgres` that Debian's package brings. One cluster serves the
whole run: its address travels in the environment to the processes of pytest-xdist. A small watcher ends it when the test
run is gone, however that ended.
"""

import atexit
import os
import secrets
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WHERE = "HOMEPORT_TEST_CLUSTER"
SUPERUSER = "postgres"
NAMES = {role: f"homeport_{role}" for role in ("owner", "web", "worker")}
# Nothing here outlives the run: no waiting for the disk. Settings that change answers stay as Debian has them.
SETTINGS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=80",
    "listen_addresses=''",
)
WATCH = """
while kill -0 "$1" 2>/dev/null; do sleep 1; done
kill -QUIT "$(head -1 "$2/postmaster.pid")" 2>/dev/null
rm -rf "$3"
"""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running cluster, known by the folder of its socket."""

    socket: str

    def address(self, database: str, user: str) -> str:
        """The address of one database for one sign-in."""
        return f"postgresql://{user}{'@' if user else ''}/{database}?host={self.socket}"


def binaries() -> Path | None:
    """The folder of the newest server on this machine, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    named = shutil.which("initdb")
    return Path(named).parent if named else None


@cache
def cluster() -> Cluster | None:
    """The run's cluster, started on first use; None where there is no PostgreSQL."""
    if os.environ.get(WHERE):
        return Cluster(os.environ[WHERE])
    folder = binaries()
    if folder is None:
        return None
    started = _start(folder)
    os.environ[WHERE] = started.socket
    return started


def _start(folder: Path) -> Cluster:
    home = Path(tempfile.mkdtemp(prefix="homeport-pg-"))
    as_user: tuple[str, ...] = ()
    if os.getuid() == 0:
        shutil.chown(home, SUPERUSER)
        as_user = ("runuser", "-u", SUPERUSER, "--")
    data = home / "data"
    initdb = (
        str(folder / "initdb"),
        "-D",
        str(data),
        "-U",
        SUPERUSER,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "-N",
    )
    _run(*as_user, *initdb)
    given = " ".join(f"-c {setting}" for setting in SETTINGS)
    pg_ctl = (*as_user, str(folder / "pg_ctl"), "-D", str(data), "-s")
    _run(*pg_ctl, "-o", f"-k {home} {given}", "-l", str(home / "log"), "-w", "start")
    watcher = subprocess.Popen(
        ["/bin/sh", "-c", WATCH, "watch", str(os.getpid()), str(data), str(home)],
        start_new_session=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    atexit.register(_stop, pg_ctl, home, watcher)
    return Cluster(str(home))


def _stop(pg_ctl: tuple[str, ...], home: Path, watcher: "subprocess.Popen[bytes]") -> None:
    watcher.kill()
    watcher.wait()
    _run(*pg_ctl, "-m", "immediate", "stop")
    shutil.rmtree(home, ignore_errors=True)


def _run(*command: str) -> None:
    subprocess.run(
        command, cwd="/", check=True, timeout=60, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def name_in_environment() -> None:
    """Let Django find the cluster: the suite signs in as the owner, which makes the databases of the tests."""
    running = cluster()
    if running is None:
        return
    prepare(running)
    os.environ["HOMEPORT_DATABASE_URL"] = running.address("homeport", "homeport_owner")
    os.environ["HOMEPORT_KEYS_DATABASE_URL"] = running.address("homeport_keys", "homeport_owner")
    os.environ["HOMEPORT_DATABASE_ROLE"] = "owner"


def installation(like: str = "") -> dict[str, str]:
    """Two databases on the cluster, as `homeport database prepare` makes them, and the settings that name them.

    Empty, or copies of those of the installation ``like`` (its ``HOMEPORT_DATABASE_URL``), to which nobody is connected.
    """
    import psycopg

    from homeport.config.server_roles import Store, prepare_server

    running = cluster()
    if running is None:
        raise LookupError("there is no PostgreSQL on this machine")
    name, admin = f"home_{secrets.token_hex(4)}", running.address("postgres", SUPERUSER)
    if like:
        with psycopg.connect(admin, autocommit=True) as server:
            for end in ("", "_keys"):
                copied = f"{database_in(like)}{end}"
                server.execute(f"CREATE DATABASE {name}{end} OWNER homeport_owner TEMPLATE {copied}")
    prepare_server(admin, NAMES, [Store(name), Store(f"{name}_keys")])
    return {
        "HOMEPORT_DATABASE_URL": running.address(name, ""),
        "HOMEPORT_KEYS_DATABASE_URL": running.address(f"{name}_keys", ""),
    }


def database_in(address: str) -> str:
    """The name of the database in an address that names no user."""
    return address.removeprefix("postgresql:///").partition("?")[0]


def prepare(running: Cluster) -> None:
    """The three roles, as an operator makes them; and the owner may make databases, as no owner of a real one may."""
    import psycopg

    from homeport.config.server_roles import prepare_server

    prepare_server(running.address("postgres", SUPERUSER), NAMES, [])
    with psycopg.connect(running.address("postgres", SUPERUSER), autocommit=True) as server:
        server.execute("ALTER ROLE homeport_owner CREATEDB")
        # To take off its own rights in the middle of a test, the owner must be a member of the others.
        server.execute("GRANT homeport_web, homeport_worker TO homeport_owner")
