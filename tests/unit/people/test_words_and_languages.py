"""What a practice calls things, and the languages people speak."""

from typing import Any

import pytest

from homeport.people.errors import Unfit
from homeport.people.languages import is_language, language_code, language_name, languages
from homeport.people.words import OURS, check_words, word


def test_ours_until_renamed() -> None:
    assert word("client", {}) == "client"
    assert word("client", {}, many=True) == "clients"
    assert word("client", {"client": ["patient", "patients"]}, many=True) == "patients"
    assert word("plan", {"client": ["patient", "patients"]}) == "plan"


@pytest.mark.parametrize(
    ("renamed", "field"),
    [
        ({"therapist": ["a", "b"]}, "words"),
        ({"client": "patient"}, "client"),
        ({"client": ["patient"]}, "client"),
        ({"client": ["patient", ""]}, "client"),
        ({"plan": ["x" * 31, "y"]}, "plan"),
        ({"plan": ["x\ny", "y"]}, "plan"),
        ({"plan": [None, "y"]}, "plan"),
    ],
)
def test_what_is_no_word(renamed: dict[str, Any], field: str) -> None:
    with pytest.raises(Unfit) as told:
        check_words(renamed)
    assert told.value.field == field


def test_good_words() -> None:
    check_words({})
    check_words({name: ["one", "many"] for name in OURS})


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("English", "en"),
        ("english ", "en"),
        ("FRANÇAIS", "fr"),
        ("French", "fr"),
        ("Deutsch", "de"),
        ("Cree", "cr"),
        ("fr", "fr"),
    ],
)
def test_a_language_is_known_by_any_of_its_names(typed: str, code: str) -> None:
    assert language_code(typed) == code


def test_what_is_no_language() -> None:
    assert language_code("Elvish") is None
    assert language_code("") is None
    assert not is_language("xx")
    assert language_name("xx") == "xx"


def test_every_language_is_found_by_its_own_name() -> None:
    for code, name in languages():
        assert is_language(code)
        assert language_name(language_code(name) or "") == name
