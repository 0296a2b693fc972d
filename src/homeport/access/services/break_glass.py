"""Open a case in an emergency."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from homeport.access.gate import Hidden
from homeport.access.models import BrokenGlass
from homeport.access.selectors import cases_of_named
from homeport.access.standing import standing_of
from homeport.audit.services.record import record, record_apart
from homeport.audit.verbs import Verb
from homeport.cases.models import Case
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError

LASTS = timedelta(hours=1)
SHORTEST_REASON = 20


class NoReason(HomeportError):
    """What was given is too short to be a reason."""


@transaction.atomic
def break_glass(*, actor: Actor, case_id: UUID, reason: str) -> BrokenGlass:
    """An hour's sight of a case that is not one's own, for a clinician who gives a reason.

    It is in the audit and shown to the client; the supervisor must acknowledge it. Raises ``Hidden`` for anybody who is not
    a clinician, or takes part in the case; ``HomeportError`` when the reason is too short to be one.
    """
    standing = standing_of(actor)
    case = Case.objects.filter(pk=case_id).first()
    if (
        case is None
        or actor.person_id is None
        or not standing.is_clinician
        or case_id in standing.participates_in
    ):
        raise Hidden
    check_reason(reason)
    opened = BrokenGlass(
        case_id=case_id,
        person_id=actor.person_id,
        reason=reason.strip(),
        from_at=now(),
        until_at=now() + LASTS,
    )
    opened.save(force_insert=True)
    record(actor=actor, verb=Verb.BREAK_GLASS, material="case", row_id=opened.pk, case_id=case_id)
    return opened


def break_glass_for(*, actor: Actor, name: str, born: date | None, reason: str) -> list[BrokenGlass]:
    """The same for every case of the one person of exactly this name, for who knows no more of them.

    Nobody finds out who is in care here without leaving a trace: a name that is nobody's is in the audit too. Raises
    ``Hidden`` and ``HomeportError`` as above, and ``HomeportError`` when no one, or more than one person, is called that.
    """
    standing = standing_of(actor)
    if not standing.is_clinician:
        raise Hidden
    check_reason(reason)
    found = [
        (case_id, person_id)
        for case_id, person_id in cases_of_named(name.strip(), born)
        if case_id not in standing.participates_in
    ]
    people = {person_id for _, person_id in found}
    if len(people) != 1:
        record_apart(actor=actor, verb=Verb.REFUSED, material="emergency")
        if people:
            raise HomeportError(_("More than one person here is called that. Please add the date of birth."))
        raise HomeportError(_("Nobody who is in care here now is called exactly that."))
    with transaction.atomic():
        return [break_glass(actor=actor, case_id=case_id, reason=reason) for case_id, _ in found]


def check_reason(reason: str) -> None:
    """Raise ``NoReason`` when the reason is too short to be one."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise NoReason(
            _(
                "Please say in a sentence why you need to see this case now. The client will be shown that you did."
            )
        )
