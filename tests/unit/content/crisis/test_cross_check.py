"""Our numbers beside a public list of 2021: to cross-check, not to trust.

The list is not part of the repository; the tests skip where it is not. ``cross_checked: 2021`` in our files must
say exactly where the two agree, and every number that only the list holds is named here with why we leave it out.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from homeport.content import crisis
from homeport.content.crisis import CrisisLine

COUNTRIES = ("CA", "US", "GB", "IE", "AU", "NZ", "DE", "FR")
NAMES = {"GB": "England"}
NOT_READ = "a service that we have not read about at its source"
LEFT_OUT = {
    "CA": {
        "18334564566": "the Canada Suicide Prevention Service, which became 9-8-8 in November 2023",
        "18773306366": NOT_READ,
    },
    "US": {
        "18002738255": "the Lifeline's number before 988",
        "18664887386": NOT_READ,
        "18775658860": NOT_READ,
    },
    "GB": {"0800585858": NOT_READ, "08088025858": NOT_READ},
    "AU": {
        "1300224636": NOT_READ,
        "1300659467": NOT_READ,
        "1300789978": NOT_READ,
        "1800008255": NOT_READ,
    },
    "DE": {
        "08001110222": "another number of the TelefonSeelsorge; one is enough",
        "116123": "the same, under the European number",
    },
    "FR": {
        "0145394000": NOT_READ,
        "0140444645": NOT_READ,
        "0800235236": NOT_READ,
        "0800858858": NOT_READ,
    },
}

Entries = list[dict[str, Any]]


@pytest.fixture
def theirs(shared: Path) -> dict[str, Entries]:
    found: dict[str, Entries] = json.loads((shared / "crisis" / "hotlines_2021.json").read_text("utf-8"))
    return found


def entries_for(theirs: dict[str, Entries], country: str) -> Entries:
    return theirs.get(NAMES.get(country, crisis.place_for(country).country_name), [])


def numbers_in(entries: Entries) -> set[str]:
    """Every number in the entries, written out or linked, as digits."""
    texts = [part for entry in entries for part in (entry["description"], *entry["phones"])]
    return {re.sub(r"\D", "", run) for text in texts for run in re.findall(r"\d[\d –-]*", text)}


def our_lines(country: str) -> tuple[CrisisLine, ...]:
    place = crisis.place_for(country)
    return (*place.emergency, *place.lines)


@pytest.mark.parametrize("country", COUNTRIES)
def test_we_say_exactly_where_the_list_agrees(country: str, theirs: dict[str, Entries]) -> None:
    listed = numbers_in(entries_for(theirs, country))
    agreeing = {line.id for line in our_lines(country) if any(link.digits in listed for link in line.links)}
    assert {line.id for line in our_lines(country) if line.cross_checked == 2021} == agreeing


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_number_that_only_the_list_holds_is_left_out_for_a_reason(
    country: str, theirs: dict[str, Entries]
) -> None:
    listed = {re.sub(r"\D", "", phone) for entry in entries_for(theirs, country) for phone in entry["phones"]}
    ours = {link.digits for line in our_lines(country) for link in line.links}
    assert listed - ours == set(LEFT_OUT.get(country, {}))


def test_the_emergency_number_agrees_wherever_the_list_has_one(theirs: dict[str, Entries]) -> None:
    differing = []
    for place in crisis.countries():
        said = [entry["description"] for entry in entries_for(theirs, place.country)]
        about = [text for text in said if "emergency number" in text.lower() and "non-emergency" not in text]
        ours = {link.digits for line in place.emergency for link in line.links}
        if about and not ours <= {run for text in about for run in re.findall(r"\d+", text)}:
            differing.append(place.code)
    # The list has Latvia's 113, which is its ambulance; 112 reaches help there as in the whole Union.
    assert differing == ["LV"]
