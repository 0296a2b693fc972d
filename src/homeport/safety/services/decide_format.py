"""Decide in which form a case goes on."""

from uuid import UUID

from django.utils.translation import gettext as _

from homeport.access.gate import Hidden
from homeport.access.on_cases import CaseAct, may_with_case
from homeport.access.standing import standing_of
from homeport.access.wall import acting
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.models import Case, FormatDecision
from homeport.cases.policies import INDIVIDUALLY_FIRST, TOGETHER
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.people.errors import Unfit
from homeport.safety.services.ask_screens import ask_screens
from homeport.safety.services.begin_alone import say_met_alone

Format = FormatDecision.Format


@acting
def decide_format(
    *, actor: Actor, case_id: UUID, chosen: FormatDecision.Format, met_each_alone: bool
) -> FormatDecision:
    """From now on the case is held so; everybody in it learns the same sentence.

    A decision that takes the place of another is a change, and at every change everybody is asked about home again, alike.
    Raises ``Hidden`` for anybody but the care team, ``Unfit`` for joint work before each was met alone, and
    ``HomeportError`` for a case that needs no decision.
    """
    if not may_with_case(standing_of(actor), CaseAct.DECIDE_FORMAT, case_id) or actor.person_id is None:
        raise Hidden
    # Two who decide at once come one after the other: the later one stands.
    case = Case.objects.select_for_update().get(pk=case_id)
    if case.kind not in INDIVIDUALLY_FIRST:
        raise HomeportError(_("A case of this kind needs no decision on its format."))
    if chosen in TOGETHER and not met_each_alone:
        raise Unfit("met_each_alone", _("First meet each of them alone. That is how every case begins."))
    if chosen in TOGETHER:
        say_met_alone(actor=actor, case_id=case_id)
    standing = FormatDecision.objects.filter(case=case, until_at=None)
    before = standing.first()
    if before is not None and before.format == chosen:
        return before
    standing.update(until_at=now())
    decision = FormatDecision(case=case, format=chosen, decided_by_id=actor.person_id)
    decision.save(force_insert=True)
    record(actor=actor, verb=Verb.CREATE, material="format", row_id=decision.pk, case_id=case_id)
    if before is not None:
        ask_screens(actor=actor, case_id=case_id)
    return decision
