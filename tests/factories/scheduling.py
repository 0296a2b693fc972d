"""Hours, rooms and appointments, as a practice has them."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tests.factories.people import acting

from homeport.cases.models import Case, FormatDecision
from homeport.core.clock import now
from homeport.people.models import Person, Therapist
from homeport.people.offers import Format
from homeport.scheduling.models import Appointment, BookingRules, Offering, Pattern, Place, Room, Travel
from homeport.scheduling.services.book_appointment import book_appointment

Kind = Offering.Kind
TORONTO = "America/Toronto"


def a_place(name: str = "Harbour Street", *, zone: str = TORONTO, rooms: tuple[int, ...] = ()) -> Place:
    """A place, with rooms for so many people each."""
    place = Place.objects.create(name=name, zone=zone)
    for number, capacity in enumerate(rooms):
        Room.objects.create(place=place, name=f"Room {number + 1}", capacity=capacity)
    return place


def a_way(one: Place, other: Place, minutes: int) -> Travel:
    """So many minutes from one place to the other, and back."""
    return Travel.objects.create(from_place=one, to_place=other, minutes=minutes)


def offers(person: Person, kind: str = Kind.INDIVIDUAL, way: str = Format.VIDEO, **more: Any) -> Offering:
    """What the therapist offers: fifty minutes and ten of quiet, unless told otherwise."""
    therapist = Therapist.objects.get(person=person)
    return Offering.objects.create(therapist=therapist, kind=kind, way=way, **more)


def works(person: Person, *weekdays: int, begins: int = 9, ends: int = 17, **more: Any) -> list[Pattern]:
    """From one hour until another on these weekdays (0 is Monday; every day, when left out), every week in Toronto."""
    therapist = Therapist.objects.get(person=person)
    told = {"zone": TORONTO, "from_day": date(2020, 1, 6), "begins": begins * 60, "ends": ends * 60, **more}
    return [
        Pattern.objects.create(therapist=therapist, weekday=weekday, **told)
        for weekday in weekdays or tuple(range(7))
    ]


def the_rules(**rules: Any) -> BookingRules:
    """The rules of the practice."""
    return BookingRules.objects.update_or_create(therapist=None, defaults=rules)[0]


def on(days: int, hour: int, minute: int = 0, zone: str = TORONTO) -> datetime:
    """So many days from now, at that time on the wall."""
    day = now().astimezone(ZoneInfo(zone)).date() + timedelta(days=days)
    return datetime.combine(day, time(hour, minute), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def an_appointment(
    case: Case,
    offering: Offering,
    begins_at: datetime,
    *,
    subject: Person | None = None,
    by: Person | None = None,
    **more: Any,
) -> Appointment:
    """Booked by the case's therapist, unless told otherwise."""
    by = by or case.care_team.order_by("from_at")[0].person
    subject_id: UUID | None = subject.pk if subject else None
    return book_appointment(
        actor=acting(by),
        offering=offering,
        begins_at=begins_at,
        case_id=case.pk,
        subject_id=subject_id,
        **more,
    )


def together(case: Case) -> FormatDecision:
    """The clinician's decision that the case meets jointly."""
    by = case.care_team.order_by("from_at")[0].person
    return FormatDecision.objects.create(case=case, format=FormatDecision.Format.JOINT, decided_by=by)
