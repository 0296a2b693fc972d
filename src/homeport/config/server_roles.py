"""What a PostgreSQL server must hold before Homeport can use it: three sign-ins and two databases.

Run once, by somebody who may make roles and databases. Nothing here gives a right to any table: that comes with the
tables, behind the second wall (``homeport.access.second_wall``).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from homeport.core.errors import HomeportError

if TYPE_CHECKING:
    from psycopg import Connection

OLDEST = 150000
# A page that asks for longer than this is in trouble; one that forgot its transaction must not hold its locks.
LIMITS = (
    ("statement_timeout", "30s"),
    ("idle_in_transaction_session_timeout", "30s"),
    ("lock_timeout", "10s"),
)


@dataclass(frozen=True, slots=True)
class Store:
    """One database, and the schema in it where that is not ``public``."""

    database: str
    schema: str = ""


def stores(databases: dict[str, dict[str, Any]]) -> list[Store]:
    """The stores that the settings put on PostgreSQL."""
    found = []
    for held in databases.values():
        if held["ENGINE"].endswith("postgresql"):
            path = str(held["OPTIONS"].get("options", ""))
            found.append(Store(str(held["NAME"]), path.partition("search_path=")[2]))
    return found


def prepare_server(admin: str, names: dict[str, str], wanted: Iterable[Store]) -> list[str]:
    """Make what is missing, by the sign-in ``admin`` (an address). Returns what was done, one sentence each.

    Doing it twice changes nothing. Raises ``HomeportError`` where the server is too old, refuses, or has a role of ours
    with rights that would see through the second wall.
    """
    import psycopg

    try:
        with psycopg.connect(admin, autocommit=True) as server:
            if server.info.server_version < OLDEST:
                raise HomeportError("Homeport needs PostgreSQL 15 or newer.")
            done = [*_roles(server, names)]
            for store in wanted:
                done += _database(server, names, store)
                with psycopg.connect(admin, dbname=store.database, autocommit=True) as inside:
                    done += _schema(inside, names, store)
    except psycopg.Error as error:
        raise HomeportError(f"The server did not allow it: {str(error).strip().splitlines()[0]}") from error
    return done


def _roles(server: "Connection[Any]", names: dict[str, str]) -> Iterator[str]:
    from psycopg import sql

    held = {
        row[0]: row[1:]
        for row in server.execute(
            "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = ANY(%s)",
            [list(names.values())],
        )
    }
    for name in names.values():
        if name not in held:
            server.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(name)))
            yield f"Made the role {name}. It has no password yet."
        elif any(held[name]):
            raise HomeportError(
                f"The role {name} is a superuser or passes row-level security: the second wall would not hold it."
            )


def _database(server: "Connection[Any]", names: dict[str, str], store: Store) -> Iterator[str]:
    from psycopg import sql

    database, owner = sql.Identifier(store.database), sql.Identifier(names["owner"])
    there = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [store.database]).fetchone()
    if there is None:
        _join(server, names["owner"])
        server.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0").format(database, owner)
        )
        yield f"Made the database {store.database}."
    everyone = sql.SQL(", ").join(sql.Identifier(name) for name in names.values())
    server.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    server.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, everyone))
    for setting, value in LIMITS:
        server.execute(
            sql.SQL("ALTER ROLE {} IN DATABASE {} SET {} = {}").format(
                sql.Identifier(names["web"]), database, sql.Identifier(setting), sql.Literal(value)
            )
        )


def _join(server: "Connection[Any]", role: str) -> None:
    """Only a member of a role may make a database that it owns; a superuser is one already."""
    from psycopg import sql

    member = server.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", [role]).fetchone()
    if member is None or not member[0]:
        server.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))


def _schema(inside: "Connection[Any]", names: dict[str, str], store: Store) -> Iterator[str]:
    from psycopg import sql

    if not store.schema:
        return
    there = inside.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [store.schema]).fetchone()
    if there is None:
        inside.execute(
            sql.SQL("CREATE SCHEMA {} AUTHORIZATION {}").format(
                sql.Identifier(store.schema), sql.Identifier(names["owner"])
            )
        )
        yield f"Made the schema {store.schema} in {store.database}."
