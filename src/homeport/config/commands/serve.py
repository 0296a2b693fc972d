"""`homeport serve`: the site and its worker in one command."""

import argparse
import os

from homeport.config import databases
from homeport.config.first_start import notice
from homeport.config.preparing import prepare
from homeport.config.running import Site
from homeport.core.errors import HomeportError

HELP = "Run the site and its worker until Ctrl-C."
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: this machine alone)"
    )
    parser.add_argument("--port", type=port, default=8000, help="port to listen on (default: 8000)")
    parser.add_argument(
        "--no-worker", action="store_true", help="run the pages alone; run `homeport worker` beside it"
    )


def port(value: str) -> int:
    """A port number, or a sentence that says why it is none."""
    if value.isdecimal() and 0 < int(value) < 65536:
        return int(value)
    raise argparse.ArgumentTypeError(f"{value!r} is not a port: choose a number from 1 to 65535")


def run(arguments: argparse.Namespace) -> int:
    """Prepare the database and the static files, then serve."""
    if int(os.environ.get("WEB_CONCURRENCY", "1")) > 1:
        raise HomeportError(
            "More than one web process needs a shared database and Redis. Unset WEB_CONCURRENCY to run the embedded site."
        )
    os.environ["HOMEPORT_PORT"] = str(arguments.port)
    from django.conf import settings

    from homeport.config.demo.alone import check_practice, check_reach

    if arguments.host not in LOOPBACK and settings.DEMO:
        raise HomeportError("The demo practice is served to this machine alone: leave --host out.")
    if settings.DEMO:
        check_reach()
    if arguments.host not in LOOPBACK and not settings.HTTPS:
        raise HomeportError(
            f"Serving {arguments.host} without encryption would show what people write to everyone on the way. "
            "Put a reverse proxy with HTTPS in front and set HOMEPORT_HTTPS=yes (see docs/how-to/install.md)."
        )
    if not arguments.no_worker and databases.names_its_user():
        raise HomeportError(
            "HOMEPORT_DATABASE_URL names the sign-in of the pages, and the worker has another. Run the two apart: "
            "homeport serve --no-worker, and homeport worker with an address of its own."
        )
    prepare(static=True)
    if settings.DEMO:
        check_practice()
    if told := notice():
        print(told, flush=True)
    return Site(host=arguments.host, port=arguments.port, worker=not arguments.no_worker).run()
