"""When an answer must reach a human. Pure functions: no database, no clock, no model.

Facts and their sources: the safety facts of the project, sections 3 and 4, corrections first. A zero is no all-clear:
71.6 of 100 veterans who died by suicide had answered 0 (Louzon 2016, doi:10.1176/appi.ps.201500149). One-year attempt risk
rose from 0.4 to 4 in 100 over the four answers of item 9 in adults (Simon 2013, doi:10.1176/appi.ps.201200587); for
ages 13 to 17 other figures hold, and none is shown here.

Every rule leans towards telling somebody. Nothing computed lowers a level; only what a human wrote down does
(:class:`homeport.safety.levels.Known`), until its day is over or anything rises.
"""

from collections.abc import Mapping
from enum import StrEnum

from homeport.safety.levels import NOTHING, Known, Level, Reading

PHQ9 = "depression.phq-9"
PHQA = "depression.phq-a"
CORE10 = "distress.core-10"
HIGH_TOTAL = 20

# Why, as codes that are kept; the words for each are in the presenters.
SOME, OFTEN, PLANS = "some", "often", "plans"
ROSE, TOTAL, AS_KNOWN = "rose", "high-total", "as-known"
THOUGHTS, ATTEMPT, NEW_ATTEMPT, UNKNOWN = "thoughts", "attempt", "new-attempt", "unknown-rule"


def read_answer(
    instrument: str,
    item: str,
    value: int | None,
    *,
    before: int | None = None,
    total: float | None = None,
    known: Known | None = None,
) -> Reading:
    """What one answer to a risk item asks for.

    ``value``: the raw answer, None where it was skipped (never guessed). ``before``: the last answer of the same person to
    the same item in an earlier filling-in. ``total``: the sum of the scored items so far. ``known``: what a human marked as
    planned for and still holds.
    """
    if value is None or value < 1:
        return NOTHING
    if (instrument, item) == (PHQA, "suicide-attempt"):
        return _ever(before)
    reading = _at_first(instrument, item, value)
    # A question about the whole life, or with yes and no alone, cannot rise by degrees; every other one can.
    reasons = list(reading.reasons)
    level = reading.level
    if before is not None and value - before >= 1:
        level, reasons = level.raised(), [*reasons, ROSE]
    if total is not None and total >= HIGH_TOTAL and instrument in (PHQ9, PHQA):
        level, reasons = level.raised(), [*reasons, TOTAL]
    found = Reading(level, tuple(reasons))
    return _as_known(found, value, known) if known is not None else found


def _ever(before: int | None) -> Reading:
    """PHQ-A, an attempt in one's life: told once. Yes after an earlier no is an attempt since then."""
    if before is None:
        return Reading(Level.SAME_DAY, (ATTEMPT,))
    return Reading(Level.URGENT, (NEW_ATTEMPT,)) if before < 1 else NOTHING


def _at_first(instrument: str, item: str, value: int) -> Reading:
    """The answer by itself."""
    if instrument == CORE10:
        return Reading(Level.URGENT, (PLANS,))
    if (instrument, item) == (PHQA, "suicidal-thoughts"):
        return Reading(Level.URGENT, (THOUGHTS,))
    if instrument in (PHQ9, PHQA):
        return Reading(Level.URGENT, (OFTEN,)) if value >= 2 else Reading(Level.SAME_DAY, (SOME,))
    # An item marked as risk whose own rule nobody has written yet.
    return Reading(Level.URGENT, (UNKNOWN,))


def _as_known(found: Reading, value: int, known: Known) -> Reading:
    """Stable, known and planned for; unless it rose, or something joined it that was not known then."""
    if (
        value > known.value
        or ROSE in found.reasons
        or (TOTAL in found.reasons and TOTAL not in known.reasons)
    ):
        return found
    return Reading(Level.KNOWN, (*found.reasons, AS_KNOWN))


class Triage(StrEnum):
    """The outcome of the Columbia screener, recent version."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    NONE = "none"


def columbia_triage(
    answers: Mapping[int, bool | None], *, behaviour_within_3_months: bool | None = None
) -> Triage:
    """The highest that any answer asks for; answers are never added up.

    ``answers``: yes or no by question number, 1 to 6 (None or absent: not asked). Questions 1 to 5 are about the past month,
    6 about the whole life. Where 6 is yes and nobody said how long ago, it counts as recent. It supports a clinician's
    judgement and never stands in for it. Source: Columbia Lighthouse triage guideline.
    """
    yes = {number for number, answer in answers.items() if answer}
    recent = 6 in yes and behaviour_within_3_months is not False
    if yes & {4, 5} or recent:
        return Triage.HIGH
    if yes & {3, 6}:
        return Triage.MODERATE
    return Triage.LOW if yes & {1, 2} else Triage.NONE


def columbia_next(answers: Mapping[int, bool | None]) -> int | None:
    """The question to ask next, None when the screen is complete: 1, 2, then 3 to 5 only after a yes to 2, then 6."""
    order = (1, 2, 3, 4, 5, 6) if answers.get(2) else (1, 2, 6)
    return next((number for number in order if answers.get(number) is None), None)
