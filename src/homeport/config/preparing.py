"""Bringing an installation to this version's shape, one process at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from homeport.core.errors import HomeportError


def prepare(*, static: bool = False) -> None:
    """Django set up, the tables as this version has them and, with ``static``, the static files laid out.

    Of several processes that start at once one does the work and the others wait for it. Raises HomeportError where the
    data folder or the database cannot be used, and for a database that a newer version has shaped.
    """
    import django
    from django.core.management import call_command
    from django.db import DatabaseError

    try:
        django.setup()
        from homeport.config.tables import lay_tables, unusable

        with _alone():
            if strangers := [step for alias in settings.DATABASES for step in unknown_steps(alias)]:
                raise HomeportError(newer(strangers))
            lay_tables()
            if static:
                call_command("collectstatic", interactive=False, verbosity=0)
    except (OSError, DatabaseError) as error:
        raise unusable(error) from error


def unknown_steps(alias: str = "default") -> list[str]:
    """Steps of our rooms that a store has taken and this version does not know. Raises DatabaseError."""
    from django.db import connections
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connections[alias])
    assert loader.disk_migrations is not None
    ours = {room for room, _ in loader.disk_migrations}
    taken = set(loader.applied_migrations) - set(loader.disk_migrations)
    return sorted(f"{room} {name}" for room, name in taken if room in ours)


def newer(steps: list[str]) -> str:
    """What to say of a database that is ahead of this version."""
    return (
        f"The database is from a newer version of Homeport ({steps[0]}). Install that version again, or restore the "
        "backup from before the upgrade."
    )


@contextmanager
def _alone() -> Iterator[None]:
    settings.DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(settings.DATA / ".preparing", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)  # let go by the system, whatever becomes of this process
        _keep_to_ourselves()
        yield
    finally:
        os.close(handle)


def _keep_to_ourselves() -> None:
    """Make the files of the stores before SQLite does, which would let others on this machine read them."""
    for store in settings.DATABASES.values():
        if isinstance(store["NAME"], Path):
            os.close(os.open(store["NAME"], os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
