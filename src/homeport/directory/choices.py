"""What a visitor can choose from: places, towns, languages.

These are choices, not answers: whom a choice finds, the search asks for itself. They are the same for everybody and change
seldom, so that a process reads them once a minute.
"""

from dataclasses import dataclass

from django.db.models import Avg, Count

from homeport.core.lately import Lately
from homeport.directory.models import Profile
from homeport.directory.visible import standing_licences
from homeport.directory.wishes import Near
from homeport.people.models import Therapist


@dataclass(frozen=True, slots=True)
class Town:
    """Where therapists work: its name, its jurisdiction, the middle of their places, how many there are."""

    name: str
    region: str
    latitude: float | None
    longitude: float | None
    therapists: int


@Lately
def towns(where: str) -> tuple[Town, ...]:
    """Where people whose page is up work in ``where``, by name: what a visitor can be near to. One query."""
    there = Profile.objects.filter(published_at__isnull=False, region=where).exclude(town="")
    found = (
        there.values("town", "region")
        .order_by("town")
        .annotate(north=Avg("latitude"), east=Avg("longitude"), number=Count("pk"))
    )
    return tuple(Town(row["town"], row["region"], row["north"], row["east"], row["number"]) for row in found)


@Lately
def jurisdictions() -> tuple[str, ...]:
    """Where somebody of the practice may treat people. One query."""
    held = standing_licences().values_list("jurisdiction", flat=True)
    return tuple(held.distinct().order_by("jurisdiction"))


@Lately
def spoken() -> tuple[str, ...]:
    """The codes of the languages that people whose page is up work in. One query."""
    up = Therapist.objects.filter(profile__published_at__isnull=False)
    held = up.order_by().values_list("languages", flat=True).distinct()
    return tuple(sorted({code for languages in held for code in languages}))


def read_anew(where: str) -> None:
    """Read all of it again, for somebody who will be in ``where``. Three queries."""
    jurisdictions.anew()
    towns.anew(where)
    spoken.anew()


def located(near: Near, found: tuple[Town, ...]) -> Near:
    """The same place with its coordinates, where somebody works there; as it was, where nobody does."""
    for town in found:
        if town.name == near.town:
            return Near(near.town, near.km, town.latitude, town.longitude)
    return near
