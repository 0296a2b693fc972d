"""Texts that people sign stay what they were, and are easy to read."""

import pytest

from homeport.content.consents import all_consents, consent, released
from homeport.content.reading import measure
from homeport.core.errors import ContentError

TEXTS = all_consents()


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: f"{text.language}/{text.id}.{text.version}")
def test_a_released_text_is_never_changed(text: object) -> None:
    known = next(one for one in TEXTS if one == text)
    name = f"{known.language}/{known.id}.{known.version}"
    assert released()[name] == known.hash, "a new wording is a new version: add a file, and its hash"


def test_no_released_text_was_taken_away() -> None:
    assert set(released()) == {f"{text.language}/{text.id}.{text.version}" for text in TEXTS}


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.id)
def test_everybody_can_read_it(text: object) -> None:
    known = next(one for one in TEXTS if one == text)
    if known.language == "en":
        assert measure(f"{known.title}. {known.summary}\n\n{known.body_markdown}").grade <= 8


def test_the_newest_is_shown_unless_another_is_named() -> None:
    newest = consent("confidentiality-no-secrets")
    assert consent("confidentiality-no-secrets", "en", newest.version) == newest


@pytest.mark.parametrize(
    ("name", "language", "version"),
    [
        ("nothing", "en", None),
        ("confidentiality-no-secrets", "xx", None),
        ("confidentiality-no-secrets", "en", 99),
        ("../secret", "en", None),
        ("confidentiality-no-secrets", "../en", None),
        ("", "en", None),
    ],
)
def test_what_is_not_there(name: str, language: str, version: int | None) -> None:
    with pytest.raises(ContentError):
        consent(name, language, version)
