"""What the database itself refuses: two rows of occupancy that overlap in one resource and lane.

PostgreSQL has it as an exclusion constraint, SQLite as two triggers. SQLite loses triggers whenever a later migration makes
the table anew, so that they are put back after every migration; a test holds that they stand.
"""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "scheduling_occupancy"
NAME = "occupancy_one_at_a_time"

# uuid and smallint become part of a GiST index by this extension, which the owner of a database may make (it is "trusted").
POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    f"ALTER TABLE {TABLE} ADD CONSTRAINT {NAME} EXCLUDE USING gist"
    " (resource_id WITH =, lane WITH =, tstzrange(begins_at, ends_at) WITH &&)",
)
_TRIGGER = f"""
CREATE TRIGGER IF NOT EXISTS {NAME}_{{event}} BEFORE {{event}} ON {TABLE}
WHEN EXISTS (
    SELECT 1 FROM {TABLE} held
    WHERE held.resource_id = NEW.resource_id AND held.lane = NEW.lane
    AND held.ends_at > NEW.begins_at AND held.begins_at < NEW.ends_at AND held.id <> {{itself}}
)
BEGIN SELECT RAISE(ABORT, '{NAME}'); END
"""  # noqa: S608 - both names are ours
SQLITE = (
    _TRIGGER.format(event="INSERT", itself="NEW.id"),
    _TRIGGER.format(event="UPDATE", itself="OLD.id"),
)


def stands(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database of this connection refuses double bookings."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT count(*) FROM pg_constraint WHERE conname = %s AND contype = 'x'", [NAME])
            return bool(cursor.fetchone()[0] == 1)
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE])
        return bool(cursor.fetchone()[0] == len(SQLITE))


def put_in_place(connection: BaseDatabaseWrapper) -> None:
    """Let it refuse them. Doing it twice changes nothing."""
    if stands(connection):
        return
    with connection.cursor() as cursor:
        for statement in POSTGRESQL if connection.vendor == "postgresql" else SQLITE:
            cursor.execute(statement)


def after_migration(using: str, **_signal: Any) -> None:
    """Django's signal: the tables of a store were brought up to date."""
    connection = connections[using]
    if using == "default" and TABLE in connection.introspection.table_names():
        put_in_place(connection)
