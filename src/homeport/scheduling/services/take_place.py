"""A place in a group, of which there are so many and no more."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from homeport.core.errors import HomeportError
from homeport.scheduling.models import Appointment, AppointmentPerson, Group, Occupancy
from homeport.scheduling.services.occupy import lock


class Full(HomeportError):
    """Every place is taken."""

    def __init__(self) -> None:
        super().__init__(_("Every place in this group is taken."))


def take_places(appointment: Appointment, people: Sequence[AppointmentPerson]) -> None:
    """Take a place for each of these, in the transaction of whoever calls. Raises ``Full`` when there are not so many."""
    lock([appointment.pk])
    places = places_of(appointment)
    taken = set(Occupancy.objects.filter(resource_id=appointment.pk).values_list("lane", flat=True))
    free = [lane for lane in range(places) if lane not in taken]
    if len(free) < len(people):
        raise Full
    rows = [
        Occupancy(
            resource_id=appointment.pk,
            lane=lane,
            lanes=places,
            begins_at=appointment.begins_at,
            ends_at=appointment.ends_at,
            what=Occupancy.What.GROUP_PLACE,
            source_id=person.pk,
        )
        for person, lane in zip(people, free, strict=False)
    ]
    try:
        with transaction.atomic():
            Occupancy.objects.bulk_create(rows)
    except IntegrityError:
        raise Full from None


def places_of(appointment: Appointment) -> int:
    """How many can come: as the group says, or what is offered."""
    group = Group.objects.filter(case_id=appointment.case_id).first() if appointment.case_id else None
    return group.places if group else appointment.offering.places


def give_up_places(appointment: Appointment) -> None:
    """Every place of this meeting is free again."""
    Occupancy.objects.filter(resource_id=appointment.pk).delete()
