"""What `homeport doctor` looks at. Each check gives findings in plain words, with what to do."""

import difflib
import importlib.util
import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from django.conf import settings
from django.db import DatabaseError, OperationalError, connection, connections

from homeport.config import environment
from homeport.config.preparing import newer, unknown_steps
from homeport.config.tables import behind
from homeport.core.clock import now, today
from homeport.core.errors import HomeportError

Level = Literal["good", "note", "problem"]
LOOPBACK_NAMES = {"localhost", "127.0.0.1", "[::1]", "testserver"}
ROOM_WANTED = 500_000_000
OLDEST_SQLITE = (3, 37)
LATE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing seen: ``good``, a ``note`` to know of, or a ``problem`` to mend."""

    level: Level
    text: str


Check = Callable[[], Iterator[Finding]]


def findings() -> list[Finding]:
    """Everything there is to say about this installation, in the order of the checks."""
    return [finding for check in CHECKS for finding in check()]


def python_and_sqlite() -> Iterator[Finding]:
    """The versions we stand on."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("good", f"Python {version}.")
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        yield Finding("problem", f"SQLite {sqlite3.sqlite_version} is too old: 3.37 or newer is needed.")


def slips() -> Iterator[Finding]:
    """Settings that were meant and never read."""
    for name in environment.unknown():
        near = difflib.get_close_matches(name, environment.KNOWN, 1, 0.8)
        meant = f" Was {near[0]} meant?" if near else ""
        yield Finding("problem", f"{name} is set, and is no setting of Homeport.{meant}")


def data_folder() -> Iterator[Finding]:
    """Where everything is kept: there, ours alone, with room left."""
    data = settings.DATA
    if not data.is_dir():
        yield Finding("problem", f"The data folder {data} does not exist yet. `homeport serve` makes it.")
        return
    if not os.access(data, os.W_OK):
        yield Finding("problem", f"The data folder {data} cannot be written to by this user.")
    if data.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Finding("problem", f"Other users of this machine can look into {data}. Run: chmod 700 {data}")
    if shutil.disk_usage(data).free < ROOM_WANTED:
        yield Finding("problem", f"Less than 500 MB is free where {data} lies.")
    yield Finding("good", f"Data is kept in {data}.")


def secrets_and_debug() -> Iterator[Finding]:
    """What would let a stranger in."""
    if len(settings.SECRET_KEY) < 32:
        yield Finding(
            "problem", "HOMEPORT_SECRET_KEY is short enough to guess. Leave it out to have a strong one made."
        )
    key_file = settings.DATA / "secret-key"
    if key_file.exists() and key_file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Finding(
            "problem", f"Other users of this machine can read {key_file}. Run: chmod 600 {key_file}"
        )
    if settings.DEBUG:
        yield Finding(
            "problem", "HOMEPORT_DEBUG is on: error pages would show what people typed. Turn it off."
        )


def addresses() -> Iterator[Finding]:
    """Who can reach the site, and whether what they send is sealed on the way."""
    if settings.DEMO:
        yield Finding("note", "This is the demo practice: for looking around, not for real people.")
    public = [host for host in settings.ALLOWED_HOSTS if host not in LOOPBACK_NAMES]
    if "*" in public:
        yield Finding(
            "problem", "HOMEPORT_HOSTS is '*': any site could pose as this one. Name your own addresses."
        )
    if public and not settings.HTTPS:
        yield Finding(
            "problem", f"{', '.join(public)} would be served without encryption. Set HOMEPORT_HTTPS=yes."
        )
    if not public:
        yield Finding(
            "note", "Only this machine can reach the site. Set HOMEPORT_HOSTS to open it to others."
        )


def database() -> Iterator[Finding]:
    """The database answers, is of this version's shape, and is safe to write to."""
    try:
        strangers = [step for alias in settings.DATABASES for step in unknown_steps(alias)]
        late = [sentence for alias in settings.DATABASES for sentence in behind(alias)]
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA quick_check(1)")
                row = cursor.fetchone()
                if row is None or row[0] != "ok":
                    yield Finding("problem", "The database file is damaged. Restore the last backup.")
    except DatabaseError as error:
        said = " ".join(str(error).split()).rstrip(".")
        yield Finding("problem", f"The database does not answer: {said}.")
        return
    if strangers:
        yield Finding("problem", newer(strangers))
        return
    yield from (Finding("problem", sentence) for sentence in late)
    if late:
        return
    yield Finding("good", "The database answers and is up to date.")
    yield from _jobs()


def second_wall() -> Iterator[Finding]:
    """Whether the database itself holds back what somebody may not see, should a query of ours ever forget to."""
    from homeport.access.second_wall.standing import faults

    if connection.vendor != "postgresql":
        yield Finding(
            "note",
            "Homeport alone keeps what people may not see from them: SQLite has no second wall behind it. "
            "PostgreSQL has (docs/how-to/postgresql.md).",
        )
        return
    try:
        wrong = [sentence for alias in settings.DATABASES for sentence in faults(alias)]
    except OperationalError:
        return  # said by `database`
    except DatabaseError as error:
        wrong = [f"The second wall cannot be looked at: {error}."]
    yield from (Finding("problem", sentence) for sentence in wrong)
    if not wrong:
        yield Finding("good", f"The second wall stands for {connection.settings_dict['USER']}.")
    if connections["keys"].vendor != "postgresql":
        yield Finding(
            "note", "The data keys lie in a file of this machine: another machine could open nothing."
        )
    yield from _on_the_way()


def _on_the_way() -> Iterator[Finding]:
    held = connection.settings_dict
    host, mode = str(held["HOST"]), str(held["OPTIONS"].get("sslmode", ""))
    near = not host or host.startswith("/") or host in LOOPBACK_NAMES
    if not near and mode not in {"require", "verify-ca", "verify-full"}:
        yield Finding(
            "problem", f"What goes to {host} may go unsealed. Add ?sslmode=verify-full to the address."
        )


def _jobs() -> Iterator[Finding]:
    from homeport.outbox.models import QueuedJob

    state = QueuedJob.State
    failed = QueuedJob.objects.filter(state=state.FAILED).count()
    late = QueuedJob.objects.filter(state=state.WAITING, run_at__lt=now() - LATE).count()
    if failed:
        yield Finding("problem", f"{failed} jobs failed for good. See `homeport shell` and homeport.outbox.")
    if late:
        yield Finding("problem", f"{late} jobs have waited for over ten minutes: is a worker running?")


def post() -> Iterator[Finding]:
    """Whether mail and texts leave, and whether anything came back."""
    from homeport.outbox.gateways import text_gateway
    from homeport.outbox.selectors import how_the_post_stands

    if "filebased" in settings.EMAIL_BACKEND:
        yield Finding("note", "No mail leaves: it lies as files in a folder. Set HOMEPORT_MAIL_URL.")
    if settings.TEXTS:
        try:
            text_gateway()
        except HomeportError as error:
            yield Finding("problem", str(error))
    try:
        stands = how_the_post_stands()
    except DatabaseError:
        return  # said already
    if stands.not_reached:
        yield Finding(
            "note", f"{stands.not_reached} messages did not arrive. The desk sees whom they were for."
        )


def installation_keys() -> Iterator[Finding]:
    """Whether what people wrote can be opened with the keys that are here: after a restore they may not be."""
    from homeport.core.clinical import clinical_models
    from homeport.core.keys.models import DataKey
    from homeport.core.keys.wrapping import KeySet

    if settings.KEY_PROGRAM:
        return
    held = settings.KEYS or (settings.KEY_FILE.read_text("ascii") if settings.KEY_FILE.exists() else "")
    names = set(KeySet(held).names) if held else set()
    try:
        there = DataKey.objects.exists()
        astray = DataKey.objects.filter(destroyed_at=None).exclude(wrapped_by__in=names)
        for name in sorted(astray.values_list("wrapped_by", flat=True).distinct()):
            count = astray.filter(wrapped_by=name).count()
            yield Finding(
                "problem",
                f"{count} data keys were wrapped by {name}, which is not in the installation's key set. "
                "Put the key set back from its own backup (docs/how-to/backup.md).",
            )
        if not there and any(model._default_manager.exists() for model in clinical_models()):
            yield Finding(
                "problem", "People wrote here, and no data key is here: restore the store of keys as well."
            )
    except DatabaseError:
        return  # said by `database`


def content() -> Iterator[Finding]:
    """The packaged content, and what in it has grown old."""
    from homeport.content import articles, crisis, instruments

    keys, texts = instruments.all_keys(), articles.all_articles("en")
    yield Finding("good", f"{len(keys)} instruments and {len(texts)} articles are packaged and read well.")
    stale = crisis.stale_lines(today())
    if stale:
        places = sorted({place for place, _ in stale})
        yield Finding(
            "note",
            f"{len(stale)} crisis lines in {', '.join(places)} were not verified in the last 90 days. "
            "Call or look each up, and give the date in content/crisis.",
        )


def extras() -> Iterator[Finding]:
    """Parts that only some commands need."""
    missing = [name for name in ("mirt", "pyarrow") if importlib.util.find_spec(name) is None]
    if missing:
        yield Finding(
            "note",
            f"Without {' and '.join(missing)}, `homeport score`, `simulate` and `calibrate` do not work. "
            "Install the extra: pip install 'homeport[science]'",
        )
    if importlib.util.find_spec("typst") is None:
        yield Finding("problem", "typst is missing: results cannot be downloaded as PDF.")


CHECKS: tuple[Check, ...] = (
    python_and_sqlite,
    slips,
    data_folder,
    secrets_and_debug,
    addresses,
    database,
    second_wall,
    post,
    installation_keys,
    content,
    extras,
)
