"""Open one's own answers to somebody of the same case, piece by piece, and close them again."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any
from uuid import UUID

from homeport.access.gate import Hidden
from homeport.access.selectors import released_to
from homeport.access.services.release_row import release_row, withdraw_release
from homeport.access.wall import acting
from homeport.assessments.models import (
    Administration,
    Assignment,
    Kind,
    OwnAdministration,
    OwnAnswer,
    OwnScore,
)
from homeport.cases.models import Case, Participant
from homeport.cases.policies import speaks_for_oneself
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.people.models.lasting import holds_at


class Piece(StrEnum):
    """What of one filling-in is opened: each is chosen for itself."""

    SCORES = "scores"
    ANSWERS = "answers"


@acting
def share_measure(*, actor: Actor, assignment_id: UUID, recipient_id: UUID, piece: Piece) -> None:
    """``recipient_id`` sees this piece from now on; twice is once. What it is about and when it was sent go with it.

    Only what a person answered about themselves and has sent. Raises ``Hidden`` for anything else, for anybody but its
    author, and for whoever does not take part in the case.
    """
    held = _finished(actor, assignment_id)
    if recipient_id not in {part.person_id for part in may_be_shown(held.case_id, held.author_id)}:
        raise Hidden
    for model, row_id in [(OwnAdministration, held.pk), *_rows(held, piece)]:
        release_row(actor=actor, model=model, row_id=row_id, recipient_id=recipient_id)


@acting
def take_back_measure(*, actor: Actor, assignment_id: UUID, recipient_id: UUID, piece: Piece) -> None:
    """From now on they do not see this piece any more. Raises ``Hidden`` as :func:`share_measure` does."""
    held = _finished(actor, assignment_id)
    for model, row_id in _rows(held, piece):
        withdraw_release(actor=actor, model=model, row_id=row_id, recipient_id=recipient_id)
    other = Piece.ANSWERS if piece is Piece.SCORES else Piece.SCORES
    opened = released_to([row_id for _, row_id in _rows(held, other)])
    if not any(recipient_id in whom for whom in opened.values()):
        withdraw_release(actor=actor, model=OwnAdministration, row_id=held.pk, recipient_id=recipient_id)


def may_be_shown(case_id: UUID | None, author_id: UUID) -> list[Participant]:
    """Who takes part in the case besides the author, small children left out, in the order in which they came.

    Nobody in a group whose members do not know each other: not even how many they are is told. Nobody where the author has
    left: who is in the case since then is not theirs to read.
    """
    together = Participant.objects.filter(holds_at(now()), case=case_id)
    if not together.filter(person_id=author_id).exists():
        return []
    parts = together.exclude(person_id=author_id)
    parts = parts.exclude(case__kind=Case.Kind.GROUP, case__members_know_names=False)
    ordered = parts.select_related("person", "case").order_by("from_at", "pk")
    return [part for part in ordered if speaks_for_oneself(part)]


def _finished(actor: Actor, assignment_id: UUID) -> OwnAdministration:
    if actor.person_id is None:
        raise Hidden
    found = OwnAdministration.objects.filter(
        assignment_id=assignment_id,
        assignment__kind=Kind.OWN,
        assignment__state=Assignment.State.DONE,
        author_id=actor.person_id,
        state=Administration.State.FINISHED,
        case_id__isnull=False,
    ).first()
    if found is None:
        raise Hidden
    return found


def _rows(held: OwnAdministration, piece: Piece) -> Iterable[tuple[Any, UUID]]:
    if piece is Piece.SCORES:
        # Those that were replaced since, too: what is closed is closed.
        return [
            (OwnScore, pk) for pk in OwnScore.objects.filter(administration=held).values_list("pk", flat=True)
        ]
    answers = OwnAnswer.objects.filter(administration=held)
    return [(OwnAnswer, pk) for pk in answers.values_list("pk", flat=True)]
