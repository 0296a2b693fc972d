"""Keep what somebody thinks of their therapist: for themselves alone."""

from collections.abc import Mapping
from uuid import UUID

from django.db import IntegrityError, transaction

from homeport.access.gate import Hidden
from homeport.access.wall import acting
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.directory.fit import QUESTIONS, due_reviews, review_id
from homeport.directory.models import FitReview


@acting
def give_fit_review(
    *, actor: Actor, case_id: UUID, after: int, answers: Mapping[str, int], words: str
) -> FitReview | None:
    """Keep it. Given on two devices, the first counts, and None is returned. Raises ``Hidden`` where none is due."""
    me = actor.person_id
    due = next((each for each in due_reviews(me, [case_id]) if each.after == after), None) if me else None
    if me is None or due is None:
        raise Hidden
    review = FitReview(
        pk=review_id(me, case_id, after),
        author_id=me,
        after=after,
        therapist_id=due.therapist_id,
        answers={name: value for name, value in answers.items() if name in QUESTIONS and 0 <= value <= 4},
        words=words.strip(),
    )
    try:
        with transaction.atomic():
            review.save(force_insert=True)
    except IntegrityError:
        return None
    record(actor=actor, verb=Verb.CREATE, material=review.material, row_id=review.pk)
    return review
