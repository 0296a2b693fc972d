"""Keep the answers a visitor gave for calibration, without anything that says whose they are."""

from collections.abc import Mapping
from uuid import UUID

from homeport.catalogue.models import DonatedAnswers
from homeport.content.instruments import Key, load_key
from homeport.core.clock import today
from homeport.core.errors import HomeportError

LEAST = 12  # answers: fewer tell a calibration next to nothing


def donate_answers(
    *,
    key: UUID,
    instrument: str,
    version: int,
    wording_hash: str,
    relationship: str,
    answers: Mapping[str, int],
) -> None:
    """Store one relationship's answers (item id -> value) under a random ``key``; the same key again changes nothing.

    There is no actor: nobody is known here. One statement. Raises HomeportError for answers that do not fit the instrument
    and for too few of them, ContentError for an instrument that is not packaged.
    """
    scoring = load_key(instrument, version)
    _check(scoring, relationship, answers)
    row = DonatedAnswers(
        id=key,
        instrument=scoring.id,
        key_version=scoring.version,
        wording_hash=wording_hash,
        relationship=relationship,
        answers=dict(sorted(answers.items())),
        month=f"{today():%Y-%m}",
    )
    DonatedAnswers.objects.bulk_create([row], ignore_conflicts=True)


def _check(key: Key, relationship: str, answers: Mapping[str, int]) -> None:
    if key.standing != "not-validated":
        raise HomeportError("Only answers to questions that still need calibration are kept.")
    if relationship not in key.slots:
        raise HomeportError("These answers are about nobody the questions are for.")
    if len(answers) < LEAST:
        raise HomeportError("There are too few answers to give.")
    known = set(key.item_ids)
    for item, value in answers.items():
        if item not in known or value not in key.answers_for(item).values:
            raise HomeportError("These answers do not fit the questions.")
