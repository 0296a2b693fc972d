"""What a calendar is told of meetings: the same name for the same meeting, in letters and in feeds.

A meeting of a series is known by the name of its series and by the moment the rule gave it (RECURRENCE-ID), wherever it
was moved to; so a calendar that reads a letter and a feed shows it once.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from homeport.people.models import Person
from homeport.scheduling.calendar.events import Event, uid_of
from homeport.scheduling.calendar.folding import folded
from homeport.scheduling.models import Appointment, AppointmentPerson, CoTherapist, Series
from homeport.scheduling.recurrence import rule_from
from homeport.scheduling.wall_clock import moment_of


def of_person(person: Person) -> Q:
    """The appointments that are a person's own: they come, or lead it. Who may see them at all, ``access`` says."""
    comes = AppointmentPerson.objects.filter(person=person).exclude(consent=AppointmentPerson.Consent.NO)
    beside = CoTherapist.objects.filter(therapist__person=person)
    return (
        Q(pk__in=comes.values("appointment_id"))
        | Q(pk__in=beside.values("appointment_id"))
        | Q(therapist__person=person)
    )


def entry(appointment: Appointment, written_at: datetime) -> Event:
    """One meeting as calendars show it: a neutral title, no place, nobody's name."""
    return Event(
        uid=uid_of(appointment.pk),
        title=_("Meeting"),
        starts=appointment.begins_at,
        ends=appointment.ends_at,
        zone=appointment.zone,
        written_at=written_at,
        sequence=appointment.changes,
        address=settings.ADDRESS,
        is_off=appointment.status == Appointment.Status.CANCELLED,
        is_pending=appointment.status == Appointment.Status.PROPOSED,
    )


def entries(
    rows: Iterable[Appointment], series: Collection[Series], written_at: datetime | None = None
) -> list[Event]:
    """Meetings as entries: one for each, and of a series one that repeats, with its exceptions.

    ``series``: those that the rows name, as they are now. ``written_at``: when the file is made, for one that is sent; left
    out, when anything last changed, so that a feed stays the same to the byte.
    """
    found: list[Event] = []
    by_day: dict[UUID, dict[date, Event]] = {one.pk: {} for one in series}
    for row in rows:
        told = entry(row, written_at or row.changed_at)
        if row.series_id in by_day and row.series_day is not None:
            by_day[row.series_id][row.series_day] = told
        else:
            found.append(told)
    for one in series:
        found += folded(uid_of(one.pk), rule_from(one.rule), by_day[one.pk], one.changes)
    return found


def called_off(
    rows: Sequence[Appointment], series: Series, written_at: datetime, *, whole: bool
) -> list[Event]:
    """What of a series does not take place: the ones that are named, or (``whole``) all of it."""
    if whole:
        return [_of(series, entry(rows[0], written_at), None)]
    rule = rule_from(series.rule)
    return [
        _of(series, entry(row, written_at), moment_of(row.series_day, rule.minute, rule.zone))
        for row in rows
        if row.series_day is not None
    ]


def _of(series: Series, event: Event, instead_of: datetime | None) -> Event:
    zone = str(series.rule["zone"])
    return Event(
        uid=uid_of(series.pk),
        title=event.title,
        starts=event.starts,
        ends=event.ends,
        zone=zone,
        written_at=event.written_at,
        sequence=series.changes,
        address=event.address,
        is_off=True,
        instead_of=instead_of,
    )
