"""Run every check, one line each; exit 1 when any fails. ``python -m tests.checks [NAME ...]`` runs some
of them."""

import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.checks import (
    addresses,
    commands,
    content_loads,
    licences,
    names,
    reading_grades,
    room_sizes,
    template_rules,
)
from tests.checks.finding import ROOT, Outcome

CHECKS: dict[str, Callable[[Path], Outcome]] = {
    "lint": commands.lint,
    "layout": commands.layout,
    "types": commands.types,
    "rooms": commands.rooms,
    "migrations": commands.migrations,
    "content": content_loads.check,
    "sizes": room_sizes.check,
    "licences": licences.check,
    "reading": reading_grades.check,
    "addresses": addresses.check,
    "inline": template_rules.inline,
    "translation": template_rules.translation,
    "names": names.check,
}


def main(wanted: Sequence[str], checks: dict[str, Callable[[Path], Outcome]] | None = None) -> int:
    """Run the wanted checks (all, if none is named), two at a time. Returns the exit code."""
    checks = CHECKS if checks is None else checks
    unknown = [name for name in wanted if name not in checks]
    if unknown:
        say(f"There is no check called {', '.join(unknown)}. There are: {', '.join(checks)}.")
        return 2
    chosen = [name for name in checks if not wanted or name in wanted]
    with ThreadPoolExecutor(2) as pool:
        running = [(name, pool.submit(timed, checks[name])) for name in chosen]
        failed = [name for name, future in running if not report(name, *future.result())]
    say(
        f"\n{len(failed)} of {len(chosen)} checks failed: {', '.join(failed)}" if failed else "\nAll is well."
    )
    return 1 if failed else 0


def timed(check: Callable[[Path], Outcome]) -> tuple[Outcome, float]:
    """The outcome of a check and its seconds. A check that breaks is a check that fails."""
    start = time.perf_counter()
    try:
        outcome = check(ROOT)
    except Exception as error:
        outcome = Outcome([f"broke: {type(error).__name__}: {error}"])
    return outcome, time.perf_counter() - start


def report(name: str, outcome: Outcome, seconds: float) -> bool:
    """Print one line for a check, then its faults and notes. True when it passed."""
    say(f"{'FAIL' if outcome.faults else 'ok  '} {name:<12} {seconds:5.1f} s")
    for fault in outcome.faults:
        say(f"     {fault}")
    for note in outcome.notes:
        say(f"     note: {note}")
    return not outcome.faults


def say(text: str) -> None:
    """Print at once, so that a slow check does not hide what is already known."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
