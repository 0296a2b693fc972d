"""The hidden field: ours or not, whole or not, fresh or not."""

from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.test import override_settings
from tests.factories.visits import answered, visit

from homeport.web.visitor.seal import LONGEST, SALT, seal, unseal
from homeport.web.visitor.state import StateError


def test_it_comes_back_as_it_was() -> None:
    journey = answered(visit("mother", "friend"), [3, 1, 5])
    opened = unseal(seal(journey))
    assert (opened.journey, opened.expired) == (journey, False)


def test_it_keeps_for_a_day_and_is_still_whole_after_it() -> None:
    journey = visit("mother")
    with time_machine.travel("2026-11-23T10:00:00Z", tick=False) as clock:
        sealed = seal(journey)
        clock.shift(timedelta(hours=23, minutes=59))
        assert not unseal(sealed).expired
        clock.shift(timedelta(minutes=2))
        opened = unseal(sealed)
    assert opened.expired
    assert opened.journey == journey


def test_a_changed_letter_is_noticed_wherever_it_is() -> None:
    sealed = seal(visit("mother"))
    for place in range(0, len(sealed), 7):
        other = "A" if sealed[place] != "A" else "B"
        with pytest.raises(StateError):
            unseal(sealed[:place] + other + sealed[place + 1 :])


@pytest.mark.parametrize("cut", [0, 1, 10, -1, -10])
def test_one_that_is_cut_short_is_refused(cut: int) -> None:
    with pytest.raises(StateError):
        unseal(seal(visit("mother"))[:cut])


@pytest.mark.parametrize("text", ["", "a:b:c", ":::", "\x00", "é" * 50, "A" * (LONGEST + 1), "A" * 1_000_000])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(StateError):
        unseal(text)


def test_one_from_another_installation_is_refused() -> None:
    with override_settings(SECRET_KEY="another installation's key, long enough to be one"):
        foreign = seal(visit("mother"))
    with pytest.raises(StateError):
        unseal(foreign)


def test_something_else_that_we_signed_is_refused() -> None:
    for salt in (SALT, "homeport.other"):
        with pytest.raises(StateError):
            unseal(signing.dumps({"user": 1}, salt=salt))


def test_it_stays_small() -> None:
    one = seal(answered(visit("mother"), [1, 2, 3, 4, 5]))
    every = seal(
        answered(
            visit(
                "partner",
                "mother",
                "father",
                "friend",
                "colleague",
                "step-parent",
                "foster-parent",
                "grandparent",
                "people-in-general",
            ),
            [1, 2, 3, 4, 5],
        )
    )
    assert len(one) < 600
    assert len(every) < 2_500 < LONGEST
