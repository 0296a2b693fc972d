"""`homeport outcomes`: bring in what therapists' people got out of it, for lists of therapists."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from homeport.config.commands.bring_in import begin, switches

if TYPE_CHECKING:
    from homeport.directory.services.install_outcomes import Found

HELP = "Bring in records of outcomes, for lists of therapists."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """status, install FILE, forget."""
    common = switches()
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="status|install|forget")
    verbs.add_parser("status", parents=[common], help="whether lists use outcomes, and what is kept")
    install = verbs.add_parser("install", parents=[common], help="a CSV file, in place of all that is kept")
    install.add_argument("path", type=Path, metavar="FILE")
    install.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
    verbs.add_parser("forget", parents=[common], help="take all of it away")


def run(arguments: argparse.Namespace) -> int:
    """Do what the verb asks for. Bad input raises HomeportError with one clear line."""
    begin(arguments)
    from homeport.config.preparing import prepare

    prepare()
    verbs = {"status": _status, "install": _install, "forget": _forget}
    said, told = verbs[arguments.verb](arguments)
    print(json.dumps(told) if arguments.json else said)
    return 0


def _status(_arguments: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    from homeport.directory.models import OutcomeRecord

    used, kept = _used(), OutcomeRecord.objects.count()
    return f"{kept} records are kept. {_whether(used)}", {"used": used, "kept": kept}


def _install(arguments: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    from homeport.core.actor import system
    from homeport.directory.outcome_file import read_outcomes
    from homeport.directory.services.install_outcomes import install_outcomes

    rows = read_outcomes(arguments.path)
    found = install_outcomes(actor=system("homeport outcomes install"), rows=rows, dry_run=arguments.dry_run)
    used = _used()
    told = {
        "outcome": "checked" if arguments.dry_run else "installed",
        "used": used,
        "records": [_told(each) for each in found],
    }
    return "\n".join([*(_line(each) for each in found), _whether(used)]), told


def _forget(_arguments: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    from homeport.core.actor import system
    from homeport.directory.services.install_outcomes import forget_outcomes

    number = forget_outcomes(actor=system("homeport outcomes forget"))
    return f"{number} records were taken away.", {"forgotten": number}


def _used() -> bool:
    from homeport.people.selectors import the_practice

    practice = the_practice()
    return practice is not None and practice.uses_outcomes


def _whether(used: bool) -> str:
    if used:
        return "Lists of therapists look at them."
    return "Lists of therapists do not look at them until a manager turns that on in the practice's settings."


def _told(one: "Found") -> dict[str, Any]:
    made = one.estimate
    interval = {"value": made.value, "low": made.low, "high": made.high} if made else None
    return {
        "therapist": one.slug,
        "concern": one.concern.value,
        "people": one.record.clients,
        "estimate": interval,
    }


def _line(one: "Found") -> str:
    which = f"{one.slug}, {one.concern.value}: {one.record.clients} people"
    if one.estimate is None:
        return f"{which}, too few: not kept"
    return f"{which}, {one.estimate.value:+.2f} (95 % between {one.estimate.low:+.2f} and {one.estimate.high:+.2f})"
