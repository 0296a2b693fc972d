"""Answer the private questions about home, once."""

from homeport.access.gate import Hidden
from homeport.access.wall import acting
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.content.screens import Screen
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.versions import Changed, save_if_unchanged
from homeport.safety.models import ViolenceScreen


@acting
def answer_screen(*, actor: Actor, screen: ViolenceScreen, asked: Screen, answers: dict[str, str]) -> None:
    """Keep the answers, by question; one left out was skipped. Afterwards the screen is there for its author no more.

    Raises ``Hidden`` for anybody else, and for a screen that was answered already, on whichever device.
    """
    if actor.person_id != screen.author_id or screen.answered_at is not None:
        raise Hidden
    given = {question: answers.get(question, "skip") for question in asked.questions}
    screen.answers = {
        "id": asked.id,
        "version": asked.version,
        "language": asked.language,
        "hash": asked.hash,
        "answers": given,
    }
    screen.answered_at = screen.changed_at = now()
    try:
        save_if_unchanged(screen, screen.version)
    except Changed:
        raise Hidden from None
    record(
        actor=actor, verb=Verb.CHANGE, material=screen.material, row_id=screen.pk, case_id=screen.case_id,
        subject_id=screen.author_id,
    )  # fmt: skip
