"""Draft the note of a session."""

from uuid import UUID

from django.utils.translation import gettext as _

from homeport.access.gate import Hidden
from homeport.access.on_cases import CaseAct, may_with_case
from homeport.access.standing import standing_of
from homeport.access.wall import acting
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.models import Case, Participant
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.encounters.models import SessionNote
from homeport.people.models.lasting import holds_at


@acting
def write_note(*, actor: Actor, case_id: UUID, subject_id: UUID | None, words: str) -> SessionNote:
    """A draft about one participant, or about the joint session when ``subject_id`` is None.

    Raises ``Hidden`` for anybody but the care team, ``HomeportError`` for somebody who takes no part in the case.
    """
    if actor.person_id is None or not may_with_case(standing_of(actor), CaseAct.WRITE_NOTES, case_id):
        raise Hidden
    _check_subject(case_id, subject_id)
    note = SessionNote(author_id=actor.person_id, subject_id=subject_id, case_id=case_id, words=words)
    note.save(force_insert=True)
    record(
        actor=actor, verb=Verb.CREATE, material=note.material, row_id=note.pk, case_id=case_id,
        subject_id=subject_id,
    )  # fmt: skip
    return note


def _check_subject(case_id: UUID, subject_id: UUID | None) -> None:
    if subject_id is None:
        if Case.objects.filter(pk=case_id, kind=Case.Kind.INDIVIDUAL).exists():
            raise HomeportError(
                _("There is no joint session in an individual case: the note is about the client.")
            )
    elif not Participant.objects.filter(holds_at(now()), case_id=case_id, person_id=subject_id).exists():
        raise HomeportError(_("Choose somebody who takes part in this case, or the joint session."))
