"""`homeport doctor`: what is missing or unsafe, in plain words."""

import argparse
import json

HELP = "Say in plain words what is missing or unsafe."
SIGNS = {"good": "ok  ", "note": "note", "problem": "MEND"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One switch, for monitoring."""
    parser.add_argument("--json", action="store_true", help="one machine-readable result on standard output")


def run(arguments: argparse.Namespace) -> int:
    """Print the findings. Exit 1 when something must be mended."""
    import django
    from django.conf import settings

    django.setup()
    # A pool tries a sign-in that was refused again and again, for as long as it waits, and warns of each time.
    for store in settings.DATABASES.values():
        store.get("OPTIONS", {}).pop("pool", None)
    from homeport.config.diagnosis import findings

    found = findings()
    problems = [finding for finding in found if finding.level == "problem"]
    if arguments.json:
        print(json.dumps({"problems": len(problems), "findings": [[f.level, f.text] for f in found]}))
        return 1 if problems else 0
    for finding in found:
        print(f"{SIGNS[finding.level]}  {finding.text}")
    print(f"\n{len(problems)} to mend." if problems else "\nNothing to mend.")
    return 1 if problems else 0
