"""Therapists who can be found."""

from typing import Any

from tests.factories.people import a_therapist, acting
from tests.factories.scheduling import offers, works

from homeport.core.actor import system
from homeport.directory.models import Profile
from homeport.directory.services.keep_profile import begin_profile, change_profile
from homeport.directory.services.look_up_free_times import look_up_everybody
from homeport.directory.services.show_profile import publish_profile
from homeport.people.models import Person, Therapist
from homeport.people.services.change_offer import change_offer
from homeport.scheduling.models import Offering

TORONTO, HAMILTON, OTTAWA = (43.6532, -79.3832), (43.2557, -79.8711), (45.4215, -75.6972)
OFFER = {
    "languages": ["en"], "formats": ["in_person", "video"], "populations": ["adults"], "approaches": ["attachment_based"],
    "fees": {"individual": 12000, "couple": 15000}, "currency": "CAD",
}  # fmt: skip
PAGE = {
    "title": "Registered psychotherapist", "greeting": "We begin where you are.", "about": "I listen first.",
    "concerns": ["relationships"], "town": "Toronto", "region": "CA-ON", "latitude": TORONTO[0], "longitude": TORONTO[1],
    "usual": 0b1_001_001,
}  # fmt: skip


def a_profile(
    name: str = "",
    *,
    licensed_in: str = "CA-ON",
    places: dict[str, int | None] | None = None,
    offer: dict[str, Any] | None = None,
    published: bool = True,
    **page: Any,
) -> Profile:
    """A therapist with a verified licence whose page is up: in Toronto, for one person, in English, at 120 dollars."""
    person = a_therapist(name, licensed_in=licensed_in)
    Person.objects.filter(pk=person.pk).update(zone="America/Toronto")
    return a_page_of(person, places=places, offer=offer, published=published, **page)


def free_on(profile: Profile, *weekdays: int, begins: int, ends: int, **more: Any) -> Offering:
    """They can be met on these weekdays (0 is Monday) between these hours in Toronto, by video unless told otherwise."""
    person = profile.therapist.person
    works(person, *weekdays, begins=begins, ends=ends)
    made = offers(person, **more)
    looked_up()
    return made


def looked_up() -> None:
    """What the job does every ten minutes."""
    look_up_everybody(actor=system("a test"))


def a_page_of(
    person: Person,
    *,
    places: dict[str, int | None] | None = None,
    offer: dict[str, Any] | None = None,
    published: bool = True,
    **page: Any,
) -> Profile:
    """The page of somebody who is a therapist already."""
    therapist = Therapist.objects.get(person=person)
    by = acting(person)
    change_offer(actor=by, therapist=therapist, version=therapist.version, changes=OFFER | (offer or {}))
    profile = begin_profile(actor=by, therapist=therapist)
    rooms = {"individual": 2} if places is None else places
    change_profile(actor=by, profile=profile, version=profile.version, changes=PAGE | page, places=rooms)
    if published:
        publish_profile(actor=by, profile=profile, version=profile.version)
    return profile
