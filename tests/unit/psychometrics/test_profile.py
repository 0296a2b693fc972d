"""The attachment profile, and its sentence against its numbers."""

import re

import numpy as np
import pytest
from numpy.typing import NDArray

from homeport.core.errors import HomeportError
from homeport.psychometrics import AttachmentProfile, ItemBank, attachment_profile, eap, normal_styles
from homeport.psychometrics.plane import STYLES
from homeport.psychometrics.words import Style, style_sentence

Pair = tuple[ItemBank, ItemBank]


def raw_answers(
    banks: Pair, keyed: tuple[NDArray[np.int8], NDArray[np.int8]], person: int
) -> dict[str, float | None]:
    """What the person must have said for these keyed answers."""
    raw: dict[str, float | None] = {}
    for bank, answers in zip(banks, keyed, strict=True):
        for index, item in enumerate(bank.items):
            value = int(answers[person, index])
            raw[item] = bank.low + (4 - value if bank.reversed[index] else value)
    return raw


def profiles(
    banks: Pair, keyed: tuple[NDArray[np.int8], NDArray[np.int8]], count: int, correlation: float = 0.0
) -> list[AttachmentProfile]:
    return [
        attachment_profile(raw_answers(banks, keyed, person), *banks, correlation=correlation)
        for person in range(count)
    ]


def test_estimates_agree_with_scoring_each_scale_alone(
    ecr: Pair, simulated: tuple[NDArray[np.int8], NDArray[np.int8]]
) -> None:
    for person, profile in enumerate(profiles(ecr, simulated, 25)):
        for bank, answers, found in zip(ecr, simulated, (profile.anxiety, profile.avoidance), strict=True):
            alone = eap(bank, answers[person])
            assert found.theta == pytest.approx(alone.theta, abs=2e-3)
            assert found.se == pytest.approx(alone.se, abs=2e-3)
        assert profile.correlation == pytest.approx(0.0, abs=1e-9)
        assert profile.answered == (18, 18)


def test_chances_are_the_posterior_mass_of_the_areas(
    ecr: Pair, simulated: tuple[NDArray[np.int8], NDArray[np.int8]]
) -> None:
    for profile in profiles(ecr, simulated, 60):
        assert sum(profile.styles.values()) == pytest.approx(1.0)
        # With this many answers the posterior is close to normal.
        normal = normal_styles(profile.anxiety, profile.avoidance, profile.cut)
        assert [profile.styles[s] for s in STYLES] == pytest.approx([normal[s] for s in STYLES], abs=0.03)


def test_the_cut_decides_and_is_written_beside_the_result(
    ecr: Pair, simulated: tuple[NDArray[np.int8], NDArray[np.int8]]
) -> None:
    raw = raw_answers(ecr, simulated, 0)
    low = attachment_profile(raw, *ecr, cut=(-3.0, -3.0))
    high = attachment_profile(raw, *ecr, cut=(3.0, 3.0))
    assert (low.leading, low.cut) == ("fearful", (-3.0, -3.0))
    assert (high.leading, high.cut) == ("secure", (3.0, 3.0))


def test_a_correlated_prior_lets_one_scale_inform_the_other(ecr: Pair) -> None:
    raw: dict[str, float | None] = {"q08": 5, "q02": 5, "q06": 5, "q09": 3}
    alone = attachment_profile(raw, *ecr)
    joined = attachment_profile(raw, *ecr, correlation=0.6)
    assert joined.avoidance.theta > alone.avoidance.theta + 0.1
    assert joined.correlation > 0.05
    assert joined.ellipse.angle != alone.ellipse.angle


def test_few_answers_leave_a_wide_region(
    ecr: Pair, simulated: tuple[NDArray[np.int8], NDArray[np.int8]]
) -> None:
    raw = raw_answers(ecr, simulated, 1)
    few = attachment_profile({item: raw[item] for item in ("q08", "q09")}, *ecr)
    assert few.ellipse.semi_minor > 1.5 * attachment_profile(raw, *ecr).ellipse.semi_major
    assert few.answered == (1, 1)


def test_what_is_no_profile_is_refused(ecr: Pair) -> None:
    with pytest.raises(HomeportError, match="at least one answer on anxiety"):
        attachment_profile({"q09": 3}, *ecr)
    with pytest.raises(HomeportError, match="neither"):
        attachment_profile({"q08": 3, "q09": 3, "x": 1}, *ecr)
    with pytest.raises(HomeportError, match="from 1 to 5"):
        attachment_profile({"q08": 7, "q09": 3}, *ecr)
    with pytest.raises(HomeportError, match="between -1 and 1"):
        attachment_profile({"q08": 3, "q09": 3}, *ecr, correlation=1.0)


STATED = re.compile(r"(secure|anxious|avoidant|fearful)\b[^.,]*?, with a chance of ([^.,]+?)(?=[.,])")


def check_sentence(text: str, styles: dict[Style, float], pair: tuple[Style, Style] | None) -> None:
    """Every style word carries its own chance, the chances are the numbers, and doubt is said."""
    stated = STATED.findall(text)
    assert len(re.findall(r"\b(?:secure|anxious|avoidant|fearful)\b", text)) == len(stated)
    ordered = sorted(styles, key=lambda style: -styles[style])
    assert [word for word, _ in stated] == (ordered[:1] if pair is None else ordered[:2])
    assert ("between" in text) == (pair is not None) == (styles[ordered[0]] < 0.80)
    for word, said in stated:
        value = 100 * styles[word]
        if said == "less than 1 in 100":
            assert value < 1
        elif said == "more than 99 in 100":
            assert value > 99
        else:
            number = re.fullmatch(r"(\d+) in 100", said)
            assert number is not None
            assert abs(int(number[1]) - value) <= 1
            assert 1 <= int(number[1]) <= 99
            assert (int(number[1]) >= 80) == (styles[word] >= 0.80)
    assert text.count(".") == 1


def test_the_sentence_says_what_the_numbers_say_for_any_chances() -> None:
    generator = np.random.default_rng(21)
    for spread in (0.05, 0.3, 1.0, 5.0):
        for draw in generator.dirichlet([spread] * 4, 1500):
            styles = dict(zip(STYLES, map(float, draw), strict=True))
            first, second = sorted(styles, key=lambda style: -styles[style])[:2]
            pair = None if styles[first] >= 0.80 else (first, second)
            check_sentence(str(style_sentence(styles, pair)), styles, pair)


def test_the_sentence_never_rounds_up_to_certainty() -> None:
    styles: dict[Style, float] = {"secure": 0.7996, "anxious": 0.2004, "avoidant": 0.0, "fearful": 0.0}
    assert "79 in 100" in str(style_sentence(styles, ("secure", "anxious")))


def test_the_sentence_of_real_profiles(
    ecr: Pair, simulated: tuple[NDArray[np.int8], NDArray[np.int8]]
) -> None:
    found = profiles(ecr, simulated, 150, correlation=0.2)
    for profile in found:
        check_sentence(profile.sentence, dict(profile.styles), profile.between)
    assert 20 < sum(profile.between is not None for profile in found) < 120


def test_the_sentence_comes_apart_for_translation(
    ecr: Pair, simulated: tuple[NDArray[np.int8], NDArray[np.int8]]
) -> None:
    part = profiles(ecr, simulated, 1)[0].sentence_part
    assert set(re.findall(r"{(\w+)}", part.message)) == set(part.values)
