"""Put the second wall in place: after every migration, by the owner of the database.

It compares what is there with what should be and changes the difference, so that doing it again changes nothing and locks
no table. A table is granted to the web role in the same transaction that walls it: there is no moment between.
"""

import hashlib
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from homeport.access.second_wall import grants
from homeport.access.second_wall.functions import functions
from homeport.access.second_wall.policies import Policy, policies
from homeport.core.clinical import clinical_models
from homeport.core.errors import HomeportError

# Two machines that migrate at once take turns.
TURN = 0x686F6D65
POLICIES_THERE = """
SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity, p.polname, obj_description(p.oid, 'pg_policy')
FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid
WHERE c.relnamespace = current_schema()::regnamespace AND c.relname = ANY(%s)
"""


def after_migration(using: str, **_signal: Any) -> None:
    """Django's signal: the tables of a store were brought up to date."""
    if connections[using].vendor == "postgresql":
        raise_wall(using)


def raise_wall(alias: str) -> None:
    """Make functions, policies and grants of one store what they should be. Raises ``HomeportError`` for a wrong role.

    Where the tables are not all there yet, as after a migration to an earlier step, nothing new is granted.
    """
    connection = connections[alias]
    there = set(connection.introspection.table_names())
    if not {model._meta.db_table for model in grants.tables(alias)} <= there:
        return
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
        schema = _owners_schema(cursor)
        if alias == "default":
            names = {role: _quoted(name) for role, name in settings.DATABASE_ROLE_NAMES.items()}
            cursor.execute(functions(schema, names["web"], names["worker"]))
            for table, wanted in policies_wanted(connection).items():
                _wall(
                    cursor,
                    f"{schema}.{_quoted(table)}",
                    wanted,
                    policies_there(cursor).get(table, (False, {})),
                )
        _grants(cursor, alias, schema)


def policies_wanted(connection: BaseDatabaseWrapper) -> dict[str, list[Policy]]:
    """The policies of every clinical table, by table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        schema = cursor.fetchone()[0]
    roles = {role: _quoted(name) for role, name in settings.DATABASE_ROLE_NAMES.items()}
    return {model._meta.db_table: policies(model, schema, roles) for model in clinical_models()}


def policies_there(cursor: Any) -> dict[str, tuple[bool, dict[str, str]]]:
    """What the database has: for each clinical table whether rules are forced on it, and its policies with their marks."""
    cursor.execute(POLICIES_THERE, [[model._meta.db_table for model in clinical_models()]])
    found: dict[str, tuple[bool, dict[str, str]]] = {}
    for table, forced, name, mark in cursor.fetchall():
        held = found.setdefault(table, (forced, {}))[1]
        if name:
            held[name] = mark or ""
    return found


def mark(policy: Policy) -> str:
    """What tells, as the policy's comment, by which text it was made."""
    return hashlib.sha256(policy.statement("").encode()).hexdigest()[:32]


def _owners_schema(cursor: Any) -> str:
    """The schema that everything is made in, quoted; only the owner gets so far."""
    names = settings.DATABASE_ROLE_NAMES
    cursor.execute(
        "SELECT current_user, quote_ident(current_schema()),"
        " array(SELECT rolname::text FROM pg_roles WHERE rolname = ANY(%s))",
        [list(names.values())],
    )
    user, schema, known = cursor.fetchone()
    missing = sorted(set(names.values()) - set(known))
    if missing:
        raise HomeportError(f"The roles {', '.join(missing)} do not exist. Run: homeport database prepare")
    if user != names["owner"]:
        raise HomeportError(
            f"Tables are made by {names['owner']}, not by {user}. Run: homeport database migrate"
        )
    return str(schema)


def _wall(cursor: Any, table: str, wanted: list[Policy], held: tuple[bool, dict[str, str]]) -> None:
    forced, there = held
    if not forced:
        cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    good = {policy.name for policy in wanted if there.get(policy.name) == mark(policy)}
    for name in set(there) - good:
        cursor.execute(f"DROP POLICY {_quoted(name)} ON {table}")
    for policy in wanted:
        if policy.name not in good:
            cursor.execute(policy.statement(table))
            cursor.execute(f"COMMENT ON POLICY {policy.name} ON {table} IS '{mark(policy)}'")


def _grants(cursor: Any, alias: str, schema: str) -> None:
    """Take every right away, from everybody at large as well, and give those that are meant."""
    database = _quoted(str(connections[alias].settings_dict["NAME"]))
    names = {role: _quoted(settings.DATABASE_ROLE_NAMES[role]) for role in ("web", "worker")}
    for name in ("PUBLIC", *names.values()):
        cursor.execute(f"REVOKE ALL ON DATABASE {database} FROM {name}")
        cursor.execute(f"REVOKE ALL ON SCHEMA {schema} FROM {name}")
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {name}")
    for role, name in names.items():
        cursor.execute(f"GRANT CONNECT ON DATABASE {database} TO {name}")
        cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {name}")
        for rights, tables in grants.by_rights(alias, role).items():
            listed = ", ".join(f"{schema}.{_quoted(table)}" for table in sorted(tables))
            cursor.execute(f"GRANT {', '.join(rights)} ON {listed} TO {name}")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
