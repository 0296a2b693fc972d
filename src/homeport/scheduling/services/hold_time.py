"""Keep a time for somebody who is making up their mind."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from homeport.access.gate import Hidden
from homeport.access.standing import standing_of
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.scheduling.availability import rules_of
from homeport.scheduling.models import Hold, Offering, Place
from homeport.scheduling.policies import arranges_for
from homeport.scheduling.services.book_appointment import as_offered
from homeport.scheduling.services.occupy import Claim, Taken, What, lock, occupy, release, with_next_times

# So that nobody keeps a therapist's whole week.
MOST_HOLDS = 2


def hold_time(*, actor: Actor, offering: Offering, begins_at: datetime, place: Place | None = None) -> Hold:
    """Keep a time that is offered to clients, for the minutes that the rules give; then it lapses by itself.

    One person holds at most two times at once: with a third, the oldest is given back. Raises ``Taken`` with the next free
    times, and ``Hidden`` for somebody who is nobody here.
    """
    claim = Claim(offering, begins_at, place)
    try:
        return _hold(actor=actor, claim=claim)
    except Taken as taken:
        raise with_next_times(taken, claim) from None


@transaction.atomic
def release_hold(*, actor: Actor, hold: Hold, case_id: UUID | None = None) -> None:
    """Give the time back before it lapses. Raises ``Hidden`` for a hold that is neither theirs nor of a child whom they
    stand for in this case."""
    if not arranges_for(standing_of(actor), case_id=case_id, person_id=hold.person_id):
        raise Hidden
    give_back(hold)


@transaction.atomic
def _hold(*, actor: Actor, claim: Claim) -> Hold:
    if actor.person_id is None:
        raise Hidden
    if not claim.offering.is_open:
        raise HomeportError(_("This kind of meeting is not offered any more."))
    # Two taps of one person come one after the other: the second finds what the first kept.
    lock([actor.person_id])
    kept = []
    for old in Hold.objects.filter(person_id=actor.person_id).order_by("lapses_at", "pk"):
        same = old.offering_id == claim.offering.pk and old.begins_at == claim.begins_at
        if old.lapses_at <= now() or same:
            give_back(old)
        else:
            kept.append(old)
    for old in kept[: 1 - MOST_HOLDS]:
        give_back(old)
    claim = as_offered(claim)
    rules = rules_of([claim.offering.therapist_id])[claim.offering.therapist_id]
    lapses_at = now() + timedelta(minutes=rules.hold)
    return keep_for(actor.person_id, claim, lapses_at)


def keep_for(person_id: UUID, claim: Claim, lapses_at: datetime) -> Hold:
    """Keep a time for a person, in the transaction of whoever calls."""
    hold = Hold(
        person_id=person_id,
        offering=claim.offering,
        place=claim.place,
        begins_at=claim.begins_at,
        ends_at=claim.ends_at,
        lapses_at=lapses_at,
    )
    occupy(claim=claim, what=What.HOLD, source_id=hold.pk, lapses_at=lapses_at)
    hold.save(force_insert=True)
    return hold


def give_back(hold: Hold) -> None:
    """The time is free again, in the transaction of whoever calls."""
    release(source_id=hold.pk)
    hold.delete()
