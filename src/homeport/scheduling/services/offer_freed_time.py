"""Offer a time that became free to those who wait, in their order."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from homeport.access.wall import acting
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.outbox.services.put_message import put_message
from homeport.people.languages import written_language
from homeport.scheduling.availability import rules_of
from homeport.scheduling.letters import in_words
from homeport.scheduling.models import Hold, Offering, Place, Waiting
from homeport.scheduling.readers import readers_for
from homeport.scheduling.selectors import FreeTime, free_times
from homeport.scheduling.services.hold_time import keep_for
from homeport.scheduling.services.occupy import Claim, Taken
from homeport.scheduling.wall_clock import DAY

# Of those who wait the first so many are looked at for one freed time.
MOST = 500
# Nobody is offered what begins in less.
AT_LEAST = timedelta(hours=1)


@acting
def offer_freed_time(*, actor: Actor, therapist_id: UUID, begins_at: datetime) -> Hold | None:
    """Keep a time that became free for the first who waits for one like it, and write to them. None where nobody does.

    Where a child waits, those are written to who stand for them.

    Each is offered a time once; one that they let lapse goes to the next, and they go on waiting for others. Run twice it
    offers nothing twice: by then the time is taken.
    """
    minutes = rules_of([therapist_id])[therapist_id].offer
    lapses_at = min(now() + timedelta(minutes=minutes), begins_at - AT_LEAST / 2)
    if begins_at - now() < AT_LEAST:
        return None
    queue = Waiting.objects.select_for_update(of=("self",)).filter(
        therapist_id=therapist_id, ended_at=None, hold=None, group=None
    )
    free: dict[str, list[FreeTime]] = {}
    for waiting in queue.select_related("person").order_by("since", "pk")[:MOST]:
        if waiting.kind not in free:
            free[waiting.kind] = _free_at(therapist_id, waiting.kind, begins_at)
        for time in free[waiting.kind]:
            if _would_do(waiting, time):
                return _offer(actor, waiting, time, lapses_at)
    return None


def _free_at(therapist_id: UUID, kind: str, begins_at: datetime) -> list[FreeTime]:
    until_at = begins_at + timedelta(minutes=1)
    return free_times(
        [therapist_id], offering_kind=kind, from_at=begins_at, until_at=until_at, by_practice=True
    )[therapist_id]


def _would_do(waiting: Waiting, time: FreeTime) -> bool:
    here = time.begins_at.astimezone(ZoneInfo(waiting.zone))
    begins = here.hour * 60 + here.minute
    ends = begins + (time.ends_at - time.begins_at) // timedelta(minutes=1)
    return (
        waiting.way in {"", time.way}
        and (not waiting.weekdays or here.weekday() in waiting.weekdays)
        and waiting.not_before <= begins
        and (ends <= waiting.not_after or waiting.not_after == DAY)
        and time.begins_at.isoformat() not in waiting.passed
    )


def _offer(actor: Actor, waiting: Waiting, time: FreeTime, lapses_at: datetime) -> Hold | None:
    offering = Offering.objects.get(pk=time.offering_id)
    place = Place.objects.get(pk=time.place_id) if time.place_id else None
    try:
        hold = keep_for(waiting.person_id, Claim(offering, time.begins_at, place), lapses_at)
    except Taken:  # somebody was faster
        return None
    waiting.hold = hold
    waiting.passed = [*waiting.passed, time.begins_at.isoformat()]
    waiting.save(update_fields=["hold", "passed"])
    record(
        actor=actor, verb=Verb.GRANT, material="waiting", row_id=waiting.pk, case_id=waiting.case_id,
        subject_id=waiting.person_id,
    )  # fmt: skip
    _tell(waiting, hold, place.zone if place else offering.therapist.person.zone)
    return hold


def _tell(waiting: Waiting, hold: Hold, zone: str) -> None:
    for reader in readers_for(waiting.person, waiting.case_id):
        with override(written_language(reader.language)):
            shown = {
                "name": reader.shown_name,
                "when": in_words(hold.begins_at, reader.zone, zone),
                "until": in_words(hold.lapses_at, reader.zone, reader.zone),
                "link": settings.ADDRESS,
            }
            put_message(
                kind="time-offered",
                to=reader,
                subject=_("A time is free"),
                body=render_to_string("scheduling/mail/offer.txt", shown),
                short=_("A time is free: %(when)s. It is kept for you until %(until)s.") % shown,
                key=f"offer:{hold.pk}:{reader.pk}",
                until_at=hold.lapses_at,
            )
