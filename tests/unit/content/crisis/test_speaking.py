"""Words of danger are heard, and everyday worry is not taken for danger."""

import pytest

from homeport.content.crisis.speaking import speaks_of_danger


@pytest.mark.parametrize(
    "text",
    [
        "i want to die",
        "I don’t want to live any more",
        "suicide",
        "feeling SUICIDAL",
        "kill my-self",
        "killing myself",
        "self-harm",
        "i cut myself",
        "better off without me",
        "no reason to live",
        "can't go on",
        "end it all",
        "overdose",
        "my husband hits me",
        "he hit my kids",
        "beat me up",
        "she is abusive",
        "domestic violence",
        "raped",
        "my stepdad touched me",
        "being beaten",
        "scared of my mum",
        "afraid of him",
        "I don't feel safe",
        "he choked me",
        "he threatens me",
        "he threatened to leave",
    ],
)
def test_danger_is_heard(text: str) -> None:
    assert speaks_of_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "why does she ignore me",
        "clingy",
        "afraid of losing him",
        "scared of closeness",
        "it hurts when she leaves",
        "died of grief in novels",
        "secure base and safe haven",
        "therapist",
        "rapport",
        "skilled",
        "cutting down on social media",
        "want to be close",
        "push pull",
    ],
)
def test_worry_is_not_taken_for_danger(text: str) -> None:
    assert not speaks_of_danger(text)


def test_it_is_quick_on_whatever_is_typed() -> None:
    assert not speaks_of_danger("want " * 40 + "a " * 100)
