"""What stands in a person's feed: their own times and nothing else, under a neutral title."""

from datetime import timedelta

from django.utils.translation import override

from homeport.access.rows import visible
from homeport.access.standing import standing_of
from homeport.access.wall import person_set
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.people.languages import written_language
from homeport.people.models import Person
from homeport.scheduling.beside import entries_beside
from homeport.scheduling.calendar.writing import feed
from homeport.scheduling.entries import entries, of_person
from homeport.scheduling.models import Appointment, Series

BEHIND, AHEAD, MOST = timedelta(days=30), timedelta(days=400), 2_000


def feed_of(person: Person) -> bytes:
    """The feed of one person, whether they come to appointments or give them: what is booked, and they may see.

    Nobody reads it but the person, and it says of others not even that they are there: therefore no reading is recorded.
    """
    actor = Actor("person", user_id=person.user_id, person_id=person.pk, via="calendar-file")
    moment = now()
    with person_set(actor):
        booked = visible(standing_of(actor), Appointment).filter(
            of_person(person), status=Appointment.Status.BOOKED
        )
        near = booked.filter(ends_at__gt=moment - BEHIND, begins_at__lt=moment + AHEAD)
        rows = list(near.order_by("begins_at", "pk")[:MOST])
        # Of a series everything, so that its entry stays the same from week to week.
        recurs = {row.series_id for row in rows if row.series_id}
        rows += booked.filter(series_id__in=recurs).exclude(pk__in=[row.pk for row in rows if row.series_id])
        series = list(Series.objects.filter(pk__in=recurs))
        with override(written_language(person.language)):
            besides = entries_beside(actor=actor, person=person)
            return feed([*entries(rows, series), *besides])
