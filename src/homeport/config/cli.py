"""The `homeport` command.

Each subcommand is a module in ``homeport.config.commands`` with ``HELP`` (one line), ``add_arguments(parser)`` and
``run(arguments) -> int``. Only the one asked for is imported, so that `homeport score` does not pay for the web.
A word that is none of ours goes to Django (`homeport migrate`, `homeport shell`).
"""

import argparse
import importlib
import json
import os
import sys
from collections.abc import Sequence

from homeport import __version__
from homeport.core.errors import HomeportError

COMMANDS = {
    "serve": "run the site and its worker",
    "worker": "run the work that requests left for later",
    "practice": "set the practice up, or invite somebody from this machine",
    "demo": "run the demo practice on this machine, in a database of its own",
    "instruments": "list, install and import questionnaires",
    "texts": "take in the practice's own texts to sign",
    "outcomes": "bring in records of outcomes, for lists of therapists",
    "score": "score a file of answers",
    "calibrate": "fit item parameters from a file of answers",
    "simulate": "replay real answers through the adaptive test",
    "mail": "take in mail that came back, or say how the post stands",
    "database": "make roles, databases and tables on a PostgreSQL server",
    "keys": "look at, renew and retire the installation's keys",
    "access": "say who may see what",
    "audit": "verify the record of who did what",
    "doctor": "say what is missing or unsafe",
}


def usage() -> str:
    """The page that `homeport` prints on its own."""
    lines = [f"Homeport {__version__}", "", "usage: homeport COMMAND [...]", ""]
    lines += [f"  {name:<12} {text}" for name, text in COMMANDS.items()]
    lines += ["", "`homeport COMMAND --help` says more. Django's own commands work too: `homeport migrate`."]
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand. Returns the exit code: 0 done, 1 bad input or a check that failed, 2 wrong usage."""
    words = list(sys.argv[1:] if argv is None else argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeport.config.settings")
    if not words or words[0] in {"-h", "--help", "help"}:
        print(usage())
        return 0 if words else 2
    if words[0] in {"-V", "--version"}:
        print(__version__)
        return 0
    if words[0] not in COMMANDS:
        return _django(words)
    return _own(words[0], words[1:])


def _own(name: str, words: list[str]) -> int:
    module = importlib.import_module(f"homeport.config.commands.{name}")
    parser = argparse.ArgumentParser(prog=f"homeport {name}", description=module.HELP)
    module.add_arguments(parser)
    arguments = parser.parse_args(words)
    try:
        return int(module.run(arguments))
    except HomeportError as error:
        if getattr(arguments, "json", False):
            print(json.dumps({"error": str(error)}))
        print(f"homeport {name}: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader of a pipe left (`homeport … | head`): nothing more to say, and nothing to complain of.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _django(words: list[str]) -> int:
    if words[0] == "migrate":
        os.environ.setdefault("HOMEPORT_DATABASE_ROLE", "owner")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["homeport", *words])
    except HomeportError as error:
        print(f"homeport: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
