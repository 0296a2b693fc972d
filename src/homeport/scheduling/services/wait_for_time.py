"""Wait for a time with a therapist whose times are taken."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from homeport.access.gate import Hidden
from homeport.access.standing import standing_of
from homeport.access.wall import acting
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.core.jobs import enqueue
from homeport.people.models import Person
from homeport.scheduling.models import Offering, Waiting
from homeport.scheduling.policies import arranges_for, side_of
from homeport.scheduling.services.hold_time import give_back
from homeport.scheduling.wall_clock import DAY, zone_named

OFFER = "scheduling.offer_freed_time"


@acting
def wait_for_time(
    *,
    actor: Actor,
    offering: Offering,
    case_id: UUID | None = None,
    person_id: UUID | None = None,
    zone: str = "",
    weekdays: Sequence[int] = (),
    not_before: int = 0,
    not_after: int = DAY,
) -> Waiting:
    """Wait for a time of this kind with this therapist, on these weekdays between these minutes of the day in ``zone``.

    For oneself, in a case or before there is one; for a child whom one stands for; or the practice for a client of a case.
    Whoever waits already keeps their place and waits for what they say now. Raises ``Hidden`` for anybody else,
    ``HomeportError`` for hours that are none.
    """
    whom = person_id or actor.person_id
    if whom is None:
        raise Hidden
    if case_id is not None or whom != actor.person_id:
        side_of(standing_of(actor), case_id=case_id, subject_id=whom)
    if not (0 <= not_before < not_after <= DAY) or any(day not in range(7) for day in weekdays):
        raise HomeportError(_("Say from what time until what later time, and on which days."))
    person = Person.objects.get(pk=whom)
    zone_named(zone or person.zone)
    wish: dict[str, Any] = {
        "case_id": case_id,
        "way": offering.way,
        "zone": zone or person.zone,
        "weekdays": sorted(set(weekdays)),
        "not_before": not_before,
        "not_after": not_after,
    }
    waiting, created = _waiting(offering, whom, wish)
    verb = Verb.CREATE if created else Verb.CHANGE
    record(actor=actor, verb=verb, material="waiting", row_id=waiting.pk, case_id=case_id, subject_id=whom)
    return waiting


def _waiting(offering: Offering, person_id: UUID, wish: dict[str, Any]) -> tuple[Waiting, bool]:
    same: dict[str, Any] = {
        "therapist_id": offering.therapist_id,
        "person_id": person_id,
        "kind": offering.kind,
        "group": None,
    }
    try:
        with transaction.atomic():
            return Waiting.objects.update_or_create(**same, ended_at=None, defaults=wish)
    except IntegrityError:  # two devices at once
        return Waiting.objects.get(**same, ended_at=None), False


@transaction.atomic
def stop_waiting(*, actor: Actor, waiting: Waiting) -> None:
    """Wait no more; what was being kept for them goes to the next.

    Raises ``Hidden`` for anybody but who waits, and who stands for a child who does.
    """
    case_id, person_id = waiting.case_id, waiting.person_id
    if actor.is_person and not arranges_for(standing_of(actor), case_id=case_id, person_id=person_id):
        raise Hidden
    end_waiting(actor=actor, waiting=waiting)


def end_waiting(*, actor: Actor, waiting: Waiting) -> None:
    """The same in the transaction of whoever calls, who has looked whether that may be."""
    hold = waiting.hold
    if not Waiting.objects.filter(pk=waiting.pk, ended_at=None).update(ended_at=now(), hold=None):
        return
    record(
        actor=actor, verb=Verb.WITHDRAW, material="waiting", row_id=waiting.pk, case_id=waiting.case_id,
        subject_id=waiting.person_id,
    )  # fmt: skip
    if hold is not None:
        give_back(hold)
        look_for_waiting(therapist_id=waiting.therapist_id, begins_at=hold.begins_at)


def look_for_waiting(*, therapist_id: UUID, begins_at: datetime) -> None:
    """A time became free: if anybody waits for this therapist, ask for a job that offers it. In the caller's transaction."""
    if (
        begins_at > now()
        and Waiting.objects.filter(therapist_id=therapist_id, ended_at=None, group=None).exists()
    ):
        told = begins_at.astimezone(UTC).isoformat()
        enqueue(OFFER, key=f"offer:{therapist_id}:{told}", therapist_id=str(therapist_id), begins_at=told)
