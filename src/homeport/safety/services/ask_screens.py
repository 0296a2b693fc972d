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
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.people.models.lasting import holds_at
from homeport.safety.models import ViolenceScreen

TOO_YOUNG = (Participant.Role.CHILD,)


@acting
def ask_screens(*, actor: Actor, case_id: UUID) -> int:
    """Put the questions before every participant but children, all alike and at once. Returns how many new ones wait.

    Whoever has not answered yet is not asked twice. Raises ``Hidden`` for anybody but the care team.
    """
    if not may_with_case(standing_of(actor), CaseAct.ASK_SCREENS, case_id):
        raise Hidden
    return sum(_ask(actor, case_id, person_id) for person_id in _asked(case_id))


@acting
def ask_since(*, actor: Actor, case_id: UUID, moment: datetime) -> int:
    """Ask whoever was not asked since ``moment``, each by themselves: what holds of one moves nothing for another.

    For the installation itself, which asks at fixed sessions. Returns how many new ones wait. Raises ``Hidden`` for people.
    """
    if actor.kind != "system":
        raise Hidden
    since = ViolenceScreen.objects.filter(case_id=case_id, created_at__gte=moment)
    asked = set(since.values_list("author_id", flat=True))
    return sum(_ask(actor, case_id, person_id) for person_id in _asked(case_id) if person_id not in asked)


def _asked(case_id: UUID) -> list[UUID]:
    parts = Participant.objects.filter(holds_at(now()), case_id=case_id).exclude(role__in=TOO_YOUNG)
    return list(parts.values_list("person_id", flat=True))


def _ask(actor: Actor, case_id: UUID, person_id: UUID) -> bool:
    screen = ViolenceScreen(author_id=person_id, subject_id=person_id, case_id=case_id, answers={})
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
