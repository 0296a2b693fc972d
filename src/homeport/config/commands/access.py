"""`homeport access`: who may see what, as the page of the handbook."""

import argparse
from pathlib import Path

HELP = "Say who may see what, as it is decided here."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to write it."""
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the page into this file")


def run(arguments: argparse.Namespace) -> int:
    """Print the page, or write it."""
    import django

    django.setup()
    from homeport.access.describing import handbook_page

    page = handbook_page()
    if arguments.write:
        arguments.write.write_text(page, encoding="utf-8")
    else:
        print(page, end="")
    return 0
