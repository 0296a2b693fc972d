"""Rounds of fresh phrases: what the rule finds of them and what it raises, with floors at what was measured."""

from pathlib import Path
from typing import Any

import pytest

from homeport.content.strict_yaml import read_yaml
from homeport.safety.crisis_text import read_words, speaks_of_danger


def _rounds(name: str) -> dict[str, Any]:
    rounds: dict[str, Any] = read_yaml(Path(__file__).with_name(name).read_text(encoding="utf-8"), name)
    return rounds


ROUNDS = {**_rounds("phrases_rounds.yaml"), **_rounds("phrases_by_another_hand.yaml")}
# Of each round: at least so many are found, at most so many harmless ones raised. Only a better rule moves these.
MEASURED = {
    "first": (84, 1),
    "second": (52, 0),
    "third": (57, 0),
    "fourth": (60, 1),
    "fifth": (49, 2),
    "sixth": (55, 0),
    "seventh": (60, 0),
    "eighth": (60, 1),
    "another-hand": (100, 3),
    "another-hand-second": (92, 8),
}
# Of the rounds by another hand: at most so many harmless ones show their writer a card, which asks less than an alert.
CARDS = {"another-hand": 4, "another-hand-second": 16}


def test_every_round_is_measured_and_no_phrase_counts_twice() -> None:
    assert set(ROUNDS) == set(MEASURED)
    phrases = [phrase for each in ROUNDS.values() for part in ("danger", "harmless") for phrase in each[part]]
    assert len(phrases) == len(set(phrases))
    assert all(len(each[part]) >= 50 for each in ROUNDS.values() for part in ("danger", "harmless"))


@pytest.mark.parametrize("name", MEASURED)
def test_at_least_as_many_are_found_and_no_more_are_raised(name: str) -> None:
    found, raised = MEASURED[name]
    missed = [phrase for phrase in ROUNDS[name]["danger"] if not read_words(phrase)]
    alarms = [phrase for phrase in ROUNDS[name]["harmless"] if read_words(phrase)]
    assert len(ROUNDS[name]["danger"]) - len(missed) >= found, missed
    assert len(alarms) <= raised, alarms


@pytest.mark.parametrize("name", MEASURED)
def test_what_raises_an_alert_shows_its_writer_a_card(name: str) -> None:
    assert all(speaks_of_danger(phrase) for phrase in ROUNDS[name]["danger"] if read_words(phrase))


@pytest.mark.parametrize("name", CARDS)
def test_no_more_harmless_ones_show_a_card(name: str) -> None:
    cards = [phrase for phrase in ROUNDS[name]["harmless"] if speaks_of_danger(phrase)]
    assert len(cards) <= CARDS[name], cards


@pytest.mark.parametrize("name", MEASURED)
def test_what_is_found_is_found_between_ordinary_sentences(name: str) -> None:
    """The harmless half of a round hides none of the other half."""
    for harmless, danger in zip(ROUNDS[name]["harmless"], ROUNDS[name]["danger"], strict=False):
        if read_words(danger):
            assert read_words(f"{harmless} {danger} {harmless}"), (harmless, danger)


def test_the_end_of_a_sentence_parts_what_does_not_belong_together() -> None:
    assert read_words("I can't go on.")
    assert not read_words("I can't go on holiday this year.")
