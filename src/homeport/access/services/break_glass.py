"""Open a case in an emergency."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from homeport.access.gate import Hidden
from homeport.access.models import BrokenGlass
from homeport.access.standing import standing_of
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.models import Case
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError

LASTS = timedelta(hours=1)
SHORTEST_REASON = 20


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
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise HomeportError(
            "Please say in a sentence why you need to see this case now. The client will be shown that you did."
        )
    opened = BrokenGlass(
        case_id=case_id, person_id=actor.person_id, reason=reason, from_at=now(), until_at=now() + LASTS
    )
    opened.save(force_insert=True)
    record(actor=actor, verb=Verb.BREAK_GLASS, material="case", row_id=opened.pk, case_id=case_id)
    return opened
