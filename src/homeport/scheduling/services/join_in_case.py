"""Who comes into the case of a group comes to its meetings, whether they took a place or somebody brought them in."""

from collections import defaultdict
from uuid import UUID

from django.db.models import Q

from homeport.access.wall import person_set
from homeport.cases.models import Case, Participant
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.people.models import Person
from homeport.scheduling.groups import free_places, group_of
from homeport.scheduling.letters import News
from homeport.scheduling.models import Appointment, AppointmentPerson, Occupancy, Offering, Waiting
from homeport.scheduling.services.plan_reminders import plan_reminders
from homeport.scheduling.services.take_place import Full, take_places
from homeport.scheduling.services.tell_people import tell_one

Consent = AppointmentPerson.Consent


class InMeetings:
    """What this room does when somebody comes into a case (see ``homeport.cases.joining``)."""

    def joined(self, *, part: Participant, changes: bool) -> None:  # noqa: ARG002 - joint work waits for a new decision
        """A new member of a group has a place, and waits for none any more. Raises ``Full`` where there is none for them."""
        if part.case.kind != Case.Kind.GROUP:
            return
        group = group_of(part.case_id)
        if group is not None:
            if free_places(group, but=part.person_id) < 0:  # theirs is counted already
                raise Full
            waits = Waiting.objects.filter(group=group, person_id=part.person_id, ended_at=None)
            waits.update(ended_at=now(), offered_until=None)
        come_to_meetings(part)

    def is_known_as(self, *, entered: Person, own: Person) -> None:
        """Who was entered twice keeps the places of both records once."""
        with person_set(_as(entered.pk)):
            in_groups = Q(appointment__kind=Offering.Kind.GROUP, appointment__subject_id=None)
            for comes in AppointmentPerson.objects.filter(in_groups, person=entered):
                if AppointmentPerson.objects.filter(appointment_id=comes.appointment_id, person=own).exists():
                    Occupancy.objects.filter(source_id=comes.pk).delete()
                    comes.delete()
                else:
                    comes.person = own
                    comes.save(update_fields=["person"])


def come_to_meetings(part: Participant) -> None:
    """A new member comes to every meeting that lies ahead: a place in each, reminders, and one letter a series.

    Nothing of the meetings themselves is counted as changed: that number stands in the calendars of the others.

    Nothing is written to somebody who cannot sign in: it would be sealed for a record that may turn out to be a second one.
    """
    with person_set(_as(part.person_id)):
        rows = Appointment.objects.filter(
            case_id=part.case_id, subject_id=None, status="booked", begins_at__gt=now()
        )
        together: dict[UUID, list[Appointment]] = defaultdict(list)
        for row in rows.exclude(people__person_id=part.person_id).order_by("begins_at", "pk"):
            comes = AppointmentPerson.objects.create(
                appointment=row, person_id=part.person_id, consent=Consent.YES, answered_at=now()
            )
            if row.kind == Offering.Kind.GROUP:
                take_places(row, [comes])
            plan_reminders(appointment=row, only=part.person)
            together[row.series_id or row.pk].append(row)
        for first, *following in together.values():
            if part.person.user_id is not None:
                tell_one(first, part.person, News.BOOKED, following, mark=f"joined:{part.pk}")


def _as(person_id: UUID) -> Actor:
    return Actor("person", person_id=person_id, via="group")
