"""Giving answers for calibration: from a visit to the catalogue's service."""

import hashlib
from dataclasses import replace
from uuid import UUID

from homeport.catalogue.services.donate_answers import LEAST, donate_answers
from homeport.content.instruments.bank import OWN
from homeport.web.visitor import questions
from homeport.web.visitor.state import Journey, Run, StateError


def give(journey: Journey) -> Journey:
    """Store every relationship answered with our own questions, each for itself; the visit that remembers it.

    Raises StateError for a visit that is not asked to give (16 or 17, or too few answers to our own questions).
    """
    own = [run for run in journey.runs if run.instrument.partition("@")[0] == OWN]
    runs = [run for run in own if len(run.given) >= LEAST]
    if journey.minor or not runs:
        raise StateError("There is nothing to give here.")
    for run in runs:
        form = questions.questionnaire(run, "en")
        names = {item.number: item.id for item in form.key.items}
        donate_answers(
            key=_key(journey, run),
            instrument=form.key.id,
            version=form.key.version,
            wording_hash=run.wording,
            relationship=run.relationship,
            answers={names[number]: value for number, value in run.given.items()},
        )
    return replace(journey, given=True)


def _key(journey: Journey, run: Run) -> UUID:
    """A random id, the same when the button is pressed twice: from the 128 random bits drawn when the visit began.

    Only the page in the visitor's hands holds those bits, so nobody can lead a stored row back to a visit.
    """
    digest = hashlib.sha256(f"give/{journey.key}/{run.relationship}".encode()).digest()
    return UUID(bytes=digest[:16], version=4)
