"""`homeport database`: make the roles and databases on a PostgreSQL server, and bring the tables up to date."""

import argparse
import os

from homeport.core.errors import HomeportError

HELP = "Make roles and databases on a PostgreSQL server; bring the tables up to date."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and by whom."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="{prepare,migrate}")
    make = actions.add_parser("prepare", help="make the three roles and the databases, once")
    make.add_argument(
        "--admin",
        required=True,
        metavar="ADDRESS",
        help="the sign-in of somebody who may make roles and databases, such as postgresql://postgres@host/postgres",
    )
    actions.add_parser("migrate", help="bring the tables of both stores up to date, as their owner")


def run(arguments: argparse.Namespace) -> int:
    """Do it, and say what was done."""
    # Whoever makes tables owns them; no page is served by this process.
    os.environ["HOMEPORT_DATABASE_ROLE"] = "owner"
    if arguments.action == "migrate":
        return _migrate()
    from django.conf import settings

    from homeport.config.server_roles import prepare_server, stores

    wanted = stores(settings.DATABASES)
    if not wanted:
        raise HomeportError("HOMEPORT_DATABASE_URL names no PostgreSQL: SQLite needs no preparing.")
    for sentence in prepare_server(arguments.admin, settings.DATABASE_ROLE_NAMES, wanted):
        print(sentence)
    print("The server is ready. Next: homeport database migrate")
    return 0


def _migrate() -> int:
    from homeport.config.preparing import prepare

    prepare()
    print("The tables are those of this version.")
    return 0
