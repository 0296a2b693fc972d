"""What the law of a place means for one child, at every age and in every place we know."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeport.content.jurisdictions import ELSEWHERE, GIVEN_BY_REGION, all_minors, minors_in
from homeport.people.forms.fields import licence_choices
from homeport.people.jurisdictions import guardian_sees_appointments, is_minor, may_consent_alone

PLACES = sorted(all_minors())
places = st.sampled_from(PLACES)
ages = st.integers(min_value=0, max_value=40)
# No is less than "the clinician judges", which is less than yes.
ORDER = {False: 0, None: 1, True: 2}


@given(places, ages)
def test_what_growing_older_takes_it_never_gives_back(place: str, age: int) -> None:
    older = age + 1
    assert is_minor(place, age) or not is_minor(place, older)
    assert guardian_sees_appointments(place, age) or not guardian_sees_appointments(place, older)
    assert ORDER[may_consent_alone(place, age)] <= ORDER[may_consent_alone(place, older)]


@given(places, ages)
def test_guardians_see_appointments_of_minors_alone(place: str, age: int) -> None:
    if guardian_sees_appointments(place, age):
        assert is_minor(place, age)


@given(places, ages)
def test_who_consents_alone_by_law_is_not_watched(place: str, age: int) -> None:
    if may_consent_alone(place, age) is True:
        assert not guardian_sees_appointments(place, age)


@given(places, ages)
def test_adults_consent_for_themselves(place: str, age: int) -> None:
    if not is_minor(place, age):
        assert may_consent_alone(place, age) is True


@given(st.text(max_size=12), ages)
def test_a_place_we_do_not_know_has_the_careful_rules(place: str, age: int) -> None:
    if place not in all_minors() and place.partition("-")[0] not in all_minors():
        assert is_minor(place, age) == is_minor(ELSEWHERE, age)
        assert may_consent_alone(place, age) == may_consent_alone(ELSEWHERE, age)


@given(places)
def test_not_knowing_the_age_shows_nothing_and_frees_nobody(place: str) -> None:
    assert is_minor(place, None)
    assert not guardian_sees_appointments(place, None)
    assert may_consent_alone(place, None) is False


@pytest.mark.parametrize(
    ("place", "age", "alone"),
    [
        ("CA-QC", 13, False),
        ("CA-QC", 14, True),
        ("CA-NB", 15, None),
        ("CA-NB", 16, True),
        ("CA-ON", 11, False),
        ("CA-ON", 12, None),
        ("GB", 15, None),
        ("GB", 16, True),
        ("US", 17, False),
        ("US", 18, True),
        ("XX", 17, False),
    ],
)
def test_by_hand(place: str, age: int, alone: bool | None) -> None:
    assert may_consent_alone(place, age) is alone


@pytest.mark.parametrize(("place", "majority"), [("CA-ON", 18), ("CA-BC", 19), ("CA-NB", 19), ("GB", 18)])
def test_coming_of_age_by_hand(place: str, majority: int) -> None:
    assert is_minor(place, majority - 1)
    assert not is_minor(place, majority)


@pytest.mark.parametrize("place", PLACES)
def test_every_place_makes_sense(place: str) -> None:
    rules = minors_in(place)
    assert 15 <= rules.majority <= 21
    assert 0 < rules.guardian_appointments_until <= rules.majority
    assert (
        rules.consent_age is None or rules.guardian_appointments_until <= rules.consent_age <= rules.majority
    )
    assert rules.mark in {"read", "recheck"}


def test_only_what_was_read_is_shown_as_sure() -> None:
    assert {code for code in PLACES if not minors_in(code).is_provisional} == {"CA-QC", "CA-NB"}


def test_where_each_region_gives_its_own_licences_the_country_is_no_choice() -> None:
    codes = {code for code, _name in licence_choices()}
    assert {"CA-ON", "US-NY", "US-TX", "GB"} <= codes
    assert not codes & GIVEN_BY_REGION
    for country in GIVEN_BY_REGION:
        assert sum(code.startswith(f"{country}-") for code in codes) > 9
    assert minors_in("US-NY").code == "US", "a state has the rules of its country"
