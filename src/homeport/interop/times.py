"""What somebody arranged about their times, besides the appointments themselves: what they answered, what they wait for."""

from typing import Any

from homeport.interop.plain import plain
from homeport.people.models import Person
from homeport.scheduling.models import (
    AppointmentPerson,
    CalendarFeed,
    Group,
    Hold,
    Occupancy,
    ReminderTimes,
    Waiting,
)


def times_of(person: Person) -> dict[str, Any]:
    """Their answers to times, what they wait for, their reminders, and whether a calendar reads their times."""
    feed = CalendarFeed.objects.filter(person=person).first()
    reminders = ReminderTimes.objects.filter(person=person).first()
    return {
        "answers": [
            {"time": plain(one.appointment.begins_at), "answer": one.consent, "answered_at": plain(one.answered_at)}
            for one in _answers(person)
        ],
        "waiting": [_waiting(one) for one in Waiting.objects.filter(person=person).order_by("since", "pk")],
        "kept_for_you": [
            {"time": plain(one.begins_at), "until": plain(one.lapses_at)}
            for one in Hold.objects.filter(person=person).order_by("begins_at", "pk")
        ],
        "reminders": {"minutes": reminders.minutes, "by_text": reminders.by_text} if reminders else None,
        "calendar_address_since": plain(feed.made_at) if feed else None,
    }  # fmt: skip


def forget_times(person: Person) -> None:
    """Nobody waits any more, nothing is kept, no calendar reads anything: in the transaction of whoever calls.

    What was booked stands in the record of its case, and goes with that.
    """
    Occupancy.objects.filter(
        source_id__in=list(Hold.objects.filter(person=person).values_list("pk", flat=True))
    ).delete()
    for model in (Waiting, Hold, ReminderTimes, CalendarFeed):
        model._default_manager.filter(person=person).delete()


def _answers(person: Person) -> list[AppointmentPerson]:
    mine = AppointmentPerson.objects.filter(person=person).select_related("appointment")
    return list(mine.order_by("appointment__begins_at", "pk"))


def _waiting(one: Waiting) -> dict[str, Any]:
    group = Group.objects.filter(pk=one.group_id).first() if one.group_id else None
    return {
        "for": group.name if group else one.kind,
        "way": one.way,
        "zone": one.zone,
        "weekdays": one.weekdays,
        "not_before": one.not_before,
        "not_after": one.not_after,
        "since": plain(one.since),
        "kept_until": plain(one.offered_until),
        "ended_at": plain(one.ended_at),
    }
