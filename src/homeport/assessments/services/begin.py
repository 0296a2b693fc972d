"""Begin to answer."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from homeport.access.gate import Hidden
from homeport.access.wall import acting
from homeport.assessments.models import Administration, Assignment, tables_for
from homeport.assessments.wordings import sheet_for
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.errors import HomeportError


class AlreadySent(HomeportError):
    """These answers were sent, here or on another device."""

    def __init__(self) -> None:
        super().__init__(_("You have sent these answers already. Nothing more is needed."))


@acting
def begin(*, actor: Actor, assignment_id: UUID) -> Administration:
    """The filling-in of what somebody was asked; begun now, or on another device before.

    It keeps key, words and order of this moment: answers given later are to the same questions. Raises ``Hidden`` for
    anybody but whoever was asked, ``AlreadySent``, ``NoWording`` where the words are gone.
    """
    assignment = own_assignment(actor, assignment_id)
    tables = tables_for(assignment.kind)
    found: Administration | None = tables.administration.objects.filter(assignment=assignment).first()
    return found or _begun(actor, assignment)


def own_assignment(actor: Actor, assignment_id: UUID) -> Assignment:
    """What was asked of whoever acts and waits. Raises ``Hidden`` and ``AlreadySent``.

    Answers and sending come one after the other: no answer arrives while all of them are scored.
    """
    if actor.person_id is None:
        raise Hidden
    mine = Assignment.objects.select_for_update().filter(pk=assignment_id, author_id=actor.person_id)
    found = mine.first()
    if found is None or found.state == Assignment.State.WITHDRAWN:
        raise Hidden
    if found.state == Assignment.State.DONE:
        raise AlreadySent
    return found


def _begun(actor: Actor, assignment: Assignment) -> Administration:
    model: Any = tables_for(assignment.kind).administration
    seed = assignment.pk.int % 2**63  # the same order on every device
    sheet = sheet_for(assignment.instrument, assignment.language, slot=assignment.slot, seed=seed)
    made: Administration = model(
        assignment=assignment,
        case_id=assignment.case_id,
        author_id=assignment.author_id,
        subject_id=assignment.about_id,
        instrument=sheet.key.id,
        key_version=sheet.key.version,
        key_hash=sheet.key.hash,
        language=sheet.wording.language,
        wording_hash=sheet.wording.hash,
        format=sheet.wording.format,
        slot=assignment.slot,
        items=list(sheet.items),
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        other: Administration = model.objects.get(assignment=assignment)
        return other  # begun on another device in this moment
    record(
        actor=actor, verb=Verb.CREATE, material=made.material, row_id=made.pk, case_id=made.case_id,
        subject_id=made.author_id,
    )  # fmt: skip
    return made
