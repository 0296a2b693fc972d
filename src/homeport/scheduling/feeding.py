"""What stands in a person's feed: their own times and nothing else, under a neutral title."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import override

from homeport.access.rows import visible
from homeport.access.standing import standing_of
from homeport.access.wall import person_set
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.people.languages import written_language
from homeport.people.models import Person
from homeport.scheduling.calendar.events import Event, uid_of
from homeport.scheduling.calendar.folding import folded
from homeport.scheduling.calendar.writing import feed
from homeport.scheduling.letters import entry
from homeport.scheduling.models import Appointment, AppointmentPerson, CoTherapist, Series
from homeport.scheduling.recurrence import rule_from

BEHIND, AHEAD, MOST = timedelta(days=30), timedelta(days=400), 2_000


def feed_of(person: Person) -> bytes:
    """The feed of one person, whether they come to appointments or give them: what is booked, and they may see.

    Nobody reads it but the person, and it says of others not even that they are there: therefore no reading is recorded.
    """
    actor = Actor("person", user_id=person.user_id, person_id=person.pk, via="calendar-file")
    moment = now()
    comes = AppointmentPerson.objects.filter(person=person).exclude(consent=AppointmentPerson.Consent.NO)
    beside = CoTherapist.objects.filter(therapist__person=person)
    theirs = (
        Q(pk__in=comes.values("appointment_id"))
        | Q(pk__in=beside.values("appointment_id"))
        | Q(therapist__person=person)
    )
    with person_set(actor):
        rows = visible(standing_of(actor), Appointment).filter(
            theirs,
            status=Appointment.Status.BOOKED,
            ends_at__gt=moment - BEHIND,
            begins_at__lt=moment + AHEAD,
        )
        found = list(rows.select_related("series").order_by("begins_at", "pk")[:MOST])
    with override(written_language(person.language)):
        return feed(_events(found))


def _events(rows: list[Appointment]) -> list[Event]:
    """One entry for each, and of a series one that repeats."""
    single = [entry(row, row.changed_at) for row in rows if row.series is None or row.series_day is None]
    series: dict[Series, dict[date, Event]] = {}
    for row in rows:
        if row.series is not None and row.series_day is not None:
            series.setdefault(row.series, {})[row.series_day] = entry(row, row.changed_at)
    for one, meetings in series.items():
        single += folded(uid_of(one.pk), rule_from(one.rule), meetings)
    return single
