"""`homeport keys`: the installation's key set, which wraps the keys that seal what people write."""

import argparse
import json

from homeport.core.errors import HomeportError

HELP = "Look at, renew and retire the installation's keys."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with which key."""
    parser.add_argument("action", choices=["status", "add", "rewrap", "retire"])
    parser.add_argument("name", nargs="?", help="the key to retire")
    parser.add_argument("--json", action="store_true", help="one machine-readable result on standard output")


def run(arguments: argparse.Namespace) -> int:
    """Do it, and say how many data keys each installation key wraps."""
    import django

    django.setup()
    from django.conf import settings

    from homeport.core.keys.store import rewrap

    if arguments.action in {"add", "retire"}:
        if settings.KEYS or settings.KEY_PROGRAM:
            raise HomeportError("The key set does not come from a file here: change it where it is kept.")
        _change(arguments)
    done = 0
    if arguments.action in {"add", "rewrap"}:
        # Safe while the site runs: the data keys stay, only their wrapping changes.
        while count := rewrap():
            done += count
    wrapped = _wrapped()
    if arguments.json:
        print(json.dumps({"wrapped": wrapped, "rewrapped": done}))
    else:
        for name, count in wrapped.items():
            print(f"{name}: wraps {count} data keys")
        if not wrapped:
            print("Nothing is sealed yet: there are no data keys.")
        if done:
            print(f"{done} data keys were wrapped again.")
    return 0


def _change(arguments: argparse.Namespace) -> None:
    from django.conf import settings

    from homeport.core.keys.store import forget_opened
    from homeport.core.keys.wrapping import add_key, retire_key

    if arguments.action == "add":
        add_key(settings.KEY_FILE)
    else:
        if not arguments.name:
            raise HomeportError("Say which key to retire: homeport keys retire NAME")
        if _wrapped().get(arguments.name):
            raise HomeportError(f"{arguments.name} still wraps data keys. Run `homeport keys rewrap` first.")
        retire_key(settings.KEY_FILE, arguments.name)
    forget_opened()


def _wrapped() -> dict[str, int]:
    from django.db.models import Count

    from homeport.core.keys.models import DataKey

    rows = DataKey.objects.filter(destroyed_at=None).values_list("wrapped_by").annotate(Count("pk"))
    return dict(rows.order_by("wrapped_by"))
