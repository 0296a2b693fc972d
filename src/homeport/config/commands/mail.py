"""`homeport mail`: take in what mail servers gave back, and say how the post stands."""

import argparse
import json
import mailbox
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from homeport.core.errors import HomeportError

HELP = "Take in mail that came back, or say how the post stands."
TRY_LATER = 75  # EX_TEMPFAIL: the mail server keeps the mail and comes again


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    bounce = actions.add_parser("bounce", help="read one mail that came back from standard input")
    bounce.add_argument("--mailbox", type=Path, help="read every mail of this mbox file or Maildir instead")
    stands = actions.add_parser("status", help="how much waits, and what did not arrive")
    for action in (bounce, stands):
        action.add_argument(
            "--json", action="store_true", help="one machine-readable result on standard output"
        )


def run(arguments: argparse.Namespace) -> int:
    """Do it and print what was found."""
    os.environ.setdefault("HOMEPORT_DATABASE_ROLE", "worker")
    import django

    django.setup()
    return {"bounce": _bounce, "status": _status}[arguments.action](arguments)


def _bounce(arguments: argparse.Namespace) -> int:
    from django.db import DatabaseError

    from homeport.outbox.bounces import LONGEST, read_bounce
    from homeport.outbox.services.note_bounce import note_bounce

    mails = _kept(arguments.mailbox) if arguments.mailbox else iter([sys.stdin.buffer.read(LONGEST)])
    read = noted = 0
    try:
        for mail in mails:
            read += 1
            found = read_bounce(mail)
            if found and note_bounce(message_id=found.message_id, status=found.status):
                noted += 1
    except DatabaseError as error:
        print(f"homeport mail: the database does not answer ({type(error).__name__}).", file=sys.stderr)
        return TRY_LATER
    told = {"read": read, "noted": noted}
    print(json.dumps(told) if arguments.json else f"{read} read, {noted} of ours came back.")
    return 0


def _kept(path: Path) -> Iterator[bytes]:
    """Every mail of a file or folder, which is left as it is."""
    if not path.exists():
        raise HomeportError(f"There is no mailbox {path}.")
    box: mailbox.Mailbox[mailbox.Message]
    try:
        box = mailbox.Maildir(path, create=False) if path.is_dir() else mailbox.mbox(path, create=False)
        for key in box.iterkeys():
            yield box.get_bytes(key)
    except (OSError, mailbox.Error) as error:
        raise HomeportError(f"The mailbox {path} cannot be read: {error}.") from error


def _status(arguments: argparse.Namespace) -> int:
    from homeport.outbox.selectors import how_the_post_stands

    stands = how_the_post_stands()
    told = {"waiting": stands.waiting, "late": stands.late, "not_reached": stands.not_reached}
    said = f"{stands.waiting} wait, {stands.late} of them late. {stands.not_reached} did not arrive and nobody has seen it."
    print(json.dumps(told) if arguments.json else said)
    return 0
