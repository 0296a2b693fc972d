"""Ask everybody in a case the private questions about home."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from homeport.access.gate import Hidden
from homeport.access.on_cases import CaseAct, may_with_case
from homeport.access.standing import standing_of
from homeport.access.wall import acting
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.models import Participant
from homeport.cases.policies import speaks_for_oneself
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.people.models.lasting import holds_at
from homeport.safety.models import ViolenceScreen


@acting
def ask_screens(*, actor: Actor, case_id: UUID) -> int:
    """Put the questions before every participant but small children, all alike and at once. Returns how many are new.

    Whoever has not answered yet is not asked twice. Raises ``Hidden`` for anybody but the care team.
    """
    if not may_with_case(standing_of(actor), CaseAct.ASK_SCREENS, case_id):
        raise Hidden
    return sum(
        ask_one(actor=actor, case_id=case_id, person_id=person_id) for person_id in who_is_asked(case_id)
    )


@acting
def ask_since(*, actor: Actor, case_id: UUID, moment: datetime) -> int:
    """Ask whoever was not asked since ``moment``, each by themselves: what holds of one moves nothing for another.

    For the installation itself, which asks at fixed sessions. Returns how many new ones wait. Raises ``Hidden`` for people.
    """
    if actor.kind != "system":
        raise Hidden
    since = ViolenceScreen.objects.filter(case_id=case_id, created_at__gte=moment)
    asked = set(since.values_list("author_id", flat=True))
    return sum(
        ask_one(actor=actor, case_id=case_id, person_id=person_id)
        for person_id in who_is_asked(case_id)
        if person_id not in asked
    )


def who_is_asked(case_id: UUID) -> list[UUID]:
    """Everybody in the case but small children, in the order in which they came. One query."""
    parts = Participant.objects.filter(holds_at(now()), case_id=case_id).select_related("person")
    return [part.person_id for part in parts.order_by("from_at", "pk") if speaks_for_oneself(part)]


def ask_one(*, actor: Actor, case_id: UUID, person_id: UUID) -> bool:
    """Put the questions before one person, for a service that knows who is asked. Returns False where they wait already."""
    screen = ViolenceScreen(author_id=person_id, subject_id=person_id, case_id=case_id)
    try:
        with transaction.atomic():
            screen.save(force_insert=True)
    except IntegrityError:
        return False
    record(
        actor=actor, verb=Verb.CREATE, material=screen.material, row_id=screen.pk, case_id=case_id,
        subject_id=person_id,
    )  # fmt: skip
    return True
