"""The map from time zone to place, made from the time zone database and held equal to it.

When the database changes, the test prints what to change in ``zones.json``.
"""

import json
from importlib import resources
from pathlib import Path

import pytest

from homeport.content import crisis
from homeport.content.crisis.files import read_folder

FOLDER = Path(crisis.__file__).parent


def from_the_database() -> dict[str, str]:
    """Zone to country for the countries we ship, with the older names that browsers still report."""
    pytest.importorskip("tzdata", reason="the time zone database is not installed as a Python package")
    files = resources.files("tzdata") / "zoneinfo"
    lines = (files / "zone.tab").read_text(encoding="utf-8").splitlines()
    country_of = {cells[2]: cells[0] for line in lines if line[:1] != "#" and (cells := line.split("\t"))}
    links = dict(country_of)
    for line in (files / "tzdata.zi").read_text(encoding="utf-8").splitlines():
        word, *names = line.split(" ")
        # A link that zone.tab knows belongs to the country it names there, wherever the link leads.
        if word == "L" and names[0] in country_of and "/" in names[1] and names[1] not in country_of:
            links[names[1]] = country_of[names[0]]
    ours = {place.country for place in crisis.countries()}
    # Two polar stations and an island share a clock with a country they are far from.
    far = {"Antarctica/South_Pole", "Atlantic/Jan_Mayen"}
    return {zone: country for zone, country in sorted(links.items()) if country in ours and zone not in far}


def test_the_map_is_that_of_the_time_zone_database() -> None:
    assert json.loads((FOLDER / "zones.json").read_text(encoding="utf-8")) == from_the_database()


def test_every_country_has_a_zone() -> None:
    assert {code[:2] for code in crisis.zone_country().values()} == {p.country for p in crisis.countries()}


@pytest.mark.parametrize(
    ("zone", "code"),
    [
        ("America/Toronto", "CA"),  # Ontario and Quebec share it
        ("America/Montreal", "CA"),
        ("America/Edmonton", "CA-AB"),
        ("America/Vancouver", "CA-BC"),
        ("America/New_York", "US"),
        ("Europe/London", "GB"),
        ("Europe/Belfast", "GB"),
        ("Europe/Dublin", "IE"),
        ("Europe/Oslo", "NO"),
        ("Pacific/Auckland", "NZ"),
        ("Australia/Sydney", "AU"),
    ],
)
def test_a_zone_names_its_place(zone: str, code: str) -> None:
    assert crisis.zone_country()[zone] == code


def test_every_zone_leads_to_a_place_that_exists() -> None:
    assert all(crisis.place_by_code(code).code == code for code in crisis.zone_country().values())


def test_a_zone_given_to_a_region_is_in_the_database() -> None:
    given = {zone for file in read_folder(FOLDER / "places") for zone in file.zones}
    assert given == {zone for zone, code in crisis.zone_country().items() if "-" in code}
    assert given


def test_elsewhere_is_not_on_the_map() -> None:
    assert not {"Asia/Tokyo", "America/Sao_Paulo", "Antarctica/South_Pole"} & set(crisis.zone_country())
