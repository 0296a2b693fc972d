"""Therapists who can be found, with what they say of themselves and times that are free."""

from typing import Any

from tests.factories.people import a_therapist, acting
from tests.factories.scheduling import offers, works

from homeport.core.clock import now
from homeport.directory.models import Profile
from homeport.directory.services.keep_profile import begin_profile, change_profile
from homeport.people.models import Person, Therapist
from homeport.people.offers import Format, Together
from homeport.scheduling.models import Offering

OFFER = (
    "languages",
    "populations",
    "approaches",
    "formats",
    "fees",
    "currency",
    "sliding_scale",
    "taking_clients",
)


def a_listed(
    name: str = "",
    *,
    licensed_in: str = "CA-ON",
    places: dict[str, int] | None = None,
    hours: tuple[int, ...] | None = (),
    **said: Any,
) -> Person:
    """A therapist with a published profile. ``said``: of the offer or the profile; ``hours``: weekdays, None for none."""
    person = a_therapist(name, licensed_in=licensed_in)
    therapist = Therapist.objects.get(person=person)
    offer: dict[str, Any] = {
        "languages": ["en"],
        "formats": [Format.VIDEO],
        "fees": {"individual": 12000, "couple": 16000},
        "currency": "CAD",
    }
    offer |= {key: said.pop(key) for key in OFFER if key in said}
    Therapist.objects.filter(pk=therapist.pk).update(**offer)
    therapist.refresh_from_db()
    profile = begin_profile(actor=acting(person), therapist=therapist)
    words = {"title": "Psychotherapist", "greeting": "Come as you are.", "about": "I listen first."}
    room: dict[str, int | None] = {**(places or {Together.INDIVIDUAL: 2, Together.COUPLE: 1})}
    change_profile(
        actor=acting(person), profile=profile, version=profile.version, changes=words | said, places=room
    )
    Profile.objects.filter(pk=profile.pk).update(published_at=now())
    if hours is not None:
        works(person, *hours)
        offers(person)
        offers(person, Offering.Kind.FIRST_CALL, Format.PHONE, minutes=15, buffer_after=5)
    return person


def profile_of(person: Person) -> Profile:
    """Their profile."""
    return Profile.objects.get(therapist__person=person)
