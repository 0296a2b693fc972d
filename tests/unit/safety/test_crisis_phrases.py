"""A second list of plain phrases, written without looking at the rule: what it finds, sets aside, and gets wrong."""

from pathlib import Path
from typing import Any

import pytest

from homeport.content.strict_yaml import read_yaml
from homeport.safety.crisis_text import Danger, read_words, speaks_of_danger

MORE: dict[str, Any] = read_yaml(
    Path(__file__).with_name("phrases_more.yaml").read_text(encoding="utf-8"), "phrases_more.yaml"
)


def test_the_list_is_long_enough_and_says_nothing_twice() -> None:
    phrases = [phrase for part in MORE.values() for phrase in part]
    assert len(phrases) == len(set(phrases))
    assert len(MORE["danger"]) >= 250
    assert len(MORE["harmless"]) >= 200


@pytest.mark.parametrize("phrase", MORE["danger"])
def test_a_plain_phrase_is_found_and_its_writer_sees_a_card(phrase: str) -> None:
    assert read_words(phrase)
    assert speaks_of_danger(f"Hello. {phrase} Thank you.")


@pytest.mark.parametrize("phrase", MORE["harmless"])
def test_what_harms_nobody_raises_nothing(phrase: str) -> None:
    assert not read_words(phrase)


def test_what_is_known_to_be_wrong_is_still_so_or_has_been_mended() -> None:
    """A phrase that fails here belongs into the lists above."""
    assert [phrase for phrase in MORE["missed"] if read_words(phrase)] == []
    assert [phrase for phrase in MORE["raised"] if not read_words(phrase)] == []


@pytest.mark.parametrize("harmless", MORE["harmless"][::7])
def test_an_idiom_hides_nothing_before_or_behind_it(harmless: str) -> None:
    for danger in MORE["danger"][::23]:
        assert read_words(f"{harmless}. {danger}."), danger
        assert read_words(f"{danger}. {harmless}."), danger


def test_an_idiom_in_the_middle_does_not_part_what_stands_around_it() -> None:
    assert Danger.ABUSE in read_words("He makes me breakfast in bed and then hits me.").kinds
