"""Crisis lines: per country and region, with where each number comes from and when it was last checked.

Data in ``places/*.yaml``. ``verified_on`` is the day on which a number was read at its source; what was
not is ``null`` and shown as provisional. A number is dialled by people in danger: add none without its
source.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from homeport.content.crisis.files import CountryFile, read_folder
from homeport.content.crisis.guessing import EVERYWHERE, home_of_language, named_country
from homeport.content.crisis.schema import (
    GOOD_FOR,
    KIND_LABELS,
    Channel,
    CrisisLine,
    CrisisPlace,
    Kind,
    Standing,
)

__all__ = [
    "GOOD_FOR",
    "KIND_LABELS",
    "Channel",
    "CrisisLine",
    "CrisisPlace",
    "Kind",
    "Standing",
    "countries",
    "guess_place",
    "place_by_code",
    "place_for",
    "places",
    "stale_lines",
    "zone_country",
]

FOLDER = Path(__file__).parent
NOWHERE = CrisisPlace("", "", "", "", (), (), ())


@lru_cache(maxsize=1)
def _files() -> tuple[CountryFile, ...]:
    return read_folder(FOLDER / "places")


@lru_cache(maxsize=1)
def _places() -> Mapping[str, CrisisPlace]:
    found: dict[str, CrisisPlace] = {}
    for file in _files():
        choices = tuple(sorted(file.regions.items(), key=lambda entry: entry[1]))
        for country, name in file.countries.items():
            whole = CrisisPlace(country, "", name, "", file.emergency, file.lines, choices)
            found[country] = whole
            for region, region_name in choices:
                lines = tuple(line for line in file.lines if not line.regions or region in line.regions)
                found[f"{country}-{region}"] = replace(
                    whole, region=region, region_name=region_name, lines=lines
                )
    return found


def places() -> tuple[CrisisPlace, ...]:
    """Every place to choose from: countries by name, each followed by its regions by name."""
    return tuple(sorted(_places().values(), key=lambda place: (place.country_name, place.region_name)))


def countries() -> tuple[CrisisPlace, ...]:
    """The countries alone, by name."""
    return tuple(place for place in places() if not place.region)


def place_for(country: str, region: str | None = None) -> CrisisPlace:
    """The place with these codes (``"CA", "ON"``), whatever is typed.

    An unknown region gives the whole country; an unknown country the rest of the world, where no number
    is known.
    """
    country, region = country.strip().upper(), (region or "").strip().upper()
    found = _places()
    return found.get(f"{country}-{region}") or (found.get(country, NOWHERE) if len(country) == 2 else NOWHERE)


def place_by_code(code: str) -> CrisisPlace:
    """The place with a code such as ``CA-ON`` or ``CA``."""
    country, _, region = code.partition("-")
    return place_for(country, region)


def guess_place(accept_language: str, practice_region: str | None = None) -> CrisisPlace:
    """Where a person probably is; never an error, whatever the header holds.

    The practice's own place, unless the browser names another country that we know, other than by the
    English of the United States or Great Britain, to which browsers everywhere are set. Without either:
    the rest of the world.
    """
    practice = place_by_code(practice_region or "")
    known = frozenset(code for code in _places() if "-" not in code)
    language, country = named_country(accept_language, known)
    if practice.country and (country in {"", practice.country} or (language, country) in EVERYWHERE):
        return practice
    return place_for(country or home_of_language(accept_language, known))


def zone_country() -> Mapping[str, str]:
    """By time zone (``America/Edmonton``), the code of the place it lies in (``CA-AB``, or ``CA`` if in several).

    For a browser that has JavaScript: a zone that names a country only must not widen a region of that
    country.
    """
    return _zones()


@lru_cache(maxsize=1)
def _zones() -> Mapping[str, str]:
    by_zone: dict[str, str] = json.loads((FOLDER / "zones.json").read_text(encoding="utf-8"))
    regions = {zone: region for file in _files() for zone, region in file.zones.items()}
    return {zone: f"{code}-{regions[zone]}" if zone in regions else code for zone, code in by_zone.items()}


def stale_lines(today: date) -> tuple[tuple[str, CrisisLine], ...]:
    """(place code, line) for every line to be checked again: never verified, or more than 90 days ago.

    A line that several countries share is named once, with the first of them.
    """
    held = {
        line.id: (place.code, line)
        for place in reversed(countries())
        for line in (*place.emergency, *place.lines)
    }
    return tuple(
        sorted((entry for entry in held.values() if entry[1].stale(today)), key=lambda e: (e[0], e[1].id))
    )
