"""Push-pull within one relationship and across several."""

import dataclasses

import numpy as np
import pytest
from numpy.typing import NDArray

from homeport.core.errors import HomeportError
from homeport.psychometrics import (
    AttachmentProfile,
    Estimate,
    ItemBank,
    attachment_profile,
    compare_relationships,
    eap,
)
from homeport.psychometrics.pushpull import contradiction

Pair = tuple[ItemBank, ItemBank]


def everyone(banks: Pair, forward: int, backward: int, anxiety: int = 5) -> dict[str, float | None]:
    """The same raw answer to all avoidance questions worded one way, and to all worded the other way."""
    raw: dict[str, float | None] = dict.fromkeys(banks[0].items, anxiety)
    raw |= {"q22": 6 - anxiety}
    return raw | {
        item: backward if turned else forward
        for item, turned in zip(banks[1].items, banks[1].reversed, strict=True)
    }


def test_agreeing_with_closeness_and_with_distance_is_push_pull(ecr: Pair) -> None:
    found = attachment_profile(everyone(ecr, 5, 4), *ecr).push_pull
    assert found.both_raised
    assert found.contradiction is not None
    assert found.contradiction > 1.96
    assert found.present


def test_raised_without_contradiction_is_not(ecr: Pair) -> None:
    found = attachment_profile(everyone(ecr, 4, 2), *ecr).push_pull
    assert found.both_raised
    assert not found.contradicts
    assert not found.present


def test_contradiction_without_both_raised_is_not(ecr: Pair) -> None:
    found = attachment_profile(everyone(ecr, 5, 5, anxiety=1), *ecr).push_pull
    assert found.contradicts
    assert not found.both_raised
    assert not found.present


def test_too_few_questions_each_way_tell_nothing(ecr: Pair) -> None:
    found = attachment_profile({"q08": 5, "q22": 5, "q09": 5, "q13": 5, "q03": 5}, *ecr).push_pull
    assert found.contradiction is None
    assert not found.contradicts


def test_answers_that_fit_the_model_seldom_contradict(
    ecr: Pair, simulated: tuple[NDArray[np.int8], NDArray[np.int8]]
) -> None:
    """About five in a hundred by chance, by the meaning of 1.96."""
    values = [contradiction(ecr[1], row, eap(ecr[1], row)) for row in simulated[1]]
    assert np.mean([abs(value) > 1.96 for value in values if value is not None]) < 0.08
    assert np.std([value for value in values if value is not None]) == pytest.approx(1.0, abs=0.12)


@pytest.fixture
def base(ecr: Pair) -> AttachmentProfile:
    return attachment_profile(everyone(ecr, 3, 3, anxiety=3), *ecr)


def moved(profile: AttachmentProfile, anxiety: float) -> AttachmentProfile:
    return dataclasses.replace(profile, anxiety=Estimate(anxiety, profile.anxiety.se))


def test_relationships_that_differ_beyond_their_errors(base: AttachmentProfile) -> None:
    found = compare_relationships(
        {"mother": base, "partner": moved(base, base.anxiety.theta + 2.0), "friend": base}
    )
    assert len(found) == 3
    assert {found[0].first, found[0].second} & {"partner"}
    assert found[0].beyond_chance
    assert not found[-1].beyond_chance
    assert found[-1].distance == pytest.approx(0.0)


def test_the_bar_rises_with_the_number_of_relationships(base: AttachmentProfile) -> None:
    near = moved(base, base.anxiety.theta + 2.5 * 2**0.5 * base.anxiety.se)
    two = compare_relationships({"mother": base, "partner": near})
    five = compare_relationships({"mother": base, "partner": near, "a": base, "b": base, "c": base})
    assert two[0].p == pytest.approx(np.exp(-(2.5**2) / 2), rel=0.05)
    assert two[0].beyond_chance
    assert not five[0].beyond_chance


def test_one_relationship_cannot_be_compared(base: AttachmentProfile) -> None:
    with pytest.raises(HomeportError, match="at least two"):
        compare_relationships({"partner": base})
