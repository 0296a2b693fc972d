"""Bringing the tables of both stores to this version's shape, or finding that somebody must."""

import sys
from collections.abc import Iterator

from homeport.core.errors import HomeportError

# What each store holds, as whoever looks after the machine reads it.
STORES = {"default": "database of the practice", "keys": "database of the keys"}


def lay_tables() -> None:
    """Make what is missing where this process may; elsewhere see that it was made, and that the second wall stands.

    On SQLite whoever comes first migrates. On PostgreSQL the owner alone may: anybody else looks. Django must be set up.
    Raises ``HomeportError`` where the tables are not those of this version, or the database shows too much.
    """
    from django.conf import settings
    from django.core.management import call_command
    from django.core.management.sql import emit_post_migrate_signal
    from django.db import DatabaseError

    try:
        settings.DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
        for alias in settings.DATABASES:
            if may_migrate(alias):
                if steps := steps_behind(alias):
                    # The first time this takes a while, and whoever started it should see that something happens.
                    sys.stderr.write(f"Laying out the {STORES[alias]}: {steps} steps …\n")
                    call_command("migrate", database=alias, interactive=False, verbosity=0)
                else:
                    # What follows every migration and may have changed without one: the second wall, and the rule
                    # against double booking. Django's command would first draw up all models twice, to take no step.
                    emit_post_migrate_signal(verbosity=0, interactive=False, db=alias)
            else:
                _look(alias)
    except (OSError, DatabaseError) as error:
        raise unusable(error) from error


def unusable(error: Exception) -> HomeportError:
    """One line on what cannot be used: SQLite's files lie in the data folder, PostgreSQL is a server of its own."""
    from django.conf import settings
    from django.db import DatabaseError, connections

    served = any(connections[alias].vendor == "postgresql" for alias in settings.DATABASES)
    what = "database" if served and isinstance(error, DatabaseError) else f"data folder {settings.DATA}"
    return HomeportError(f"Homeport cannot use its {what}: {' '.join(str(error).split()).rstrip('.')}.")


def may_migrate(alias: str) -> bool:
    """Whether this process may make and change the tables of a store."""
    from django.conf import settings
    from django.db import connections

    return connections[alias].vendor != "postgresql" or settings.DATABASE_ROLE == "owner"


def steps_behind(alias: str) -> int:
    """How many migrations a store has not seen."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections[alias])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def behind(alias: str) -> Iterator[str]:
    """A sentence when a store is not of this version's shape: which, and by how much."""
    if steps := steps_behind(alias):
        far = "1 step" if steps == 1 else f"{steps} steps"
        yield f"The {STORES[alias]} is {far} behind this version. Run: homeport database migrate"


def _look(alias: str) -> None:
    from homeport.access.second_wall.standing import faults

    wrong = [*behind(alias)] or [*faults(alias)]
    if wrong:
        raise HomeportError(" ".join(wrong))
