"""Whether the second wall stands, seen with the eyes of the role that serves pages."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import connections

from homeport.access.second_wall import grants
from homeport.access.second_wall.raising import mark, policies_there, policies_wanted

OLDEST = 150000
WRITING = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")


def faults(alias: str = "default") -> Iterator[str]:
    """What is wrong with the wall of one store, one sentence each, for what this process is; nothing when it stands."""
    connection = connections[alias]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        yield from _role(cursor)
        yield from _rights(cursor, alias)
        if alias == "default":
            yield from _walls(cursor)


def _role(cursor: Any) -> Iterator[str]:
    names, role = settings.DATABASE_ROLE_NAMES, settings.DATABASE_ROLE
    cursor.execute(
        "SELECT current_setting('server_version_num')::int, current_user, rolsuper, rolbypassrls,"
        " CASE WHEN to_regrole(%s) IS NULL THEN false ELSE pg_has_role(current_user, to_regrole(%s), 'MEMBER') END"
        " FROM pg_roles WHERE rolname = current_user",
        [names["owner"], names["owner"]],
    )
    version, user, superuser, bypasses, owns = cursor.fetchone()
    if version < OLDEST:
        yield "This PostgreSQL is too old: 15 or newer is needed."
    if superuser or bypasses:
        yield f"The role {user} sees past row-level security. Use {names[role]}, which must not be able to."
    elif owns and role != "owner":
        yield f"The role {user} owns the tables or may become who does. Use {names[role]} instead."
    elif user != names[role]:
        yield f"This process signs in as {user}, where {names[role]} was expected."


def _rights(cursor: Any, alias: str) -> Iterator[str]:
    """Rights beyond what the role needs: above all, to change what was only ever added to."""
    role = settings.DATABASE_ROLE
    if role == "owner":
        return
    cursor.execute(
        "SELECT has_schema_privilege(current_schema(), 'CREATE'), has_database_privilege(current_database(), 'TEMP')"
    )
    if any(cursor.fetchone()):
        yield "This role may make tables, which could stand in for ours. Run: homeport database migrate"
    held = {(table, right) for right in WRITING for table in _having(cursor, right)}
    allowed = {
        (table, right)
        for rights, tables in grants.by_rights(alias, role).items()
        for table in tables
        for right in rights
    }
    for table, right in sorted(held - allowed):
        yield f"This role has the right to {right} on {table}, which it must not have. Run: homeport database migrate"


def _having(cursor: Any, right: str) -> list[str]:
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')"
        " AND has_table_privilege(oid, %s)",
        [right],
    )
    return [row[0] for row in cursor.fetchall()]


def _walls(cursor: Any) -> Iterator[str]:
    there = policies_there(cursor)
    for table, wanted in policies_wanted(connections["default"]).items():
        forced, marks = there.get(table, (False, {}))
        if not forced:
            yield f"Row-level security is not forced on {table}. Run: homeport database migrate"
        elif marks != {policy.name: mark(policy) for policy in wanted}:
            yield f"The rules on {table} are not those of this version. Run: homeport database migrate"
