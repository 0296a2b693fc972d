"""The profile without parameters: means, margins and bands, never percentages."""

import numpy as np
import pytest

from homeport.core.errors import HomeportError
from homeport.psychometrics.means import band_edges, mean_profile, mean_reading
from homeport.psychometrics.scoring import ScaleItem

ANXIETY = tuple(ScaleItem(f"a{n}", 1, 5, reversed=n % 2 == 0) for n in range(12))
AVOIDANCE = tuple(ScaleItem(f"v{n}", 1, 5, reversed=n % 2 == 0) for n in range(12))


def answer(items: tuple[ScaleItem, ...], keyed: list[int]) -> dict[str, float | None]:
    return {i.id: 6 - k if i.reversed else k for i, k in zip(items, keyed, strict=True)}


def test_mean_and_margin_of_one_person() -> None:
    keyed = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 3, 3]
    found = mean_reading(ANXIETY, answer(ANXIETY, keyed))
    assert found.mean == pytest.approx(np.mean(keyed))
    assert found.se == pytest.approx(np.std(keyed, ddof=1) / np.sqrt(12))
    assert (found.bands, found.between, found.answered) == (("middle",), False, 12)


def test_the_same_answer_throughout_is_no_perfect_measurement() -> None:
    found = mean_reading(ANXIETY, answer(ANXIETY, [3] * 12))
    assert found.se == pytest.approx(1 / 12)


@pytest.mark.parametrize(
    ("keyed", "bands"),
    [
        ([1] * 12, ("low",)),
        ([5] * 12, ("high",)),
        ([2] * 6 + [3] * 6, ("middle",)),
        ([2] * 8 + [3] * 4, ("low", "middle")),
        ([4] * 8 + [3] * 4, ("middle", "high")),
    ],
)
def test_a_margin_that_straddles_an_edge_is_between(keyed: list[int], bands: tuple[str, ...]) -> None:
    assert band_edges(1, 5) == pytest.approx((7 / 3, 11 / 3))
    found = mean_reading(ANXIETY, answer(ANXIETY, keyed))
    assert found.bands == bands
    assert found.between == (len(bands) > 1)


def test_answers_all_over_the_place_are_not_placed() -> None:
    items = ANXIETY[:4]
    found = mean_reading(items, answer(items, [1, 5, 1, 5]))
    assert found.bands == ("low", "middle", "high") or found.se < 4 / 6
    wild = tuple(ScaleItem(f"w{n}", 1, 5) for n in range(2))
    assert mean_reading(wild, answer(wild, [1, 5])).bands == ("low", "middle", "high")


def test_the_sentence_follows_the_bands_over_many_people() -> None:
    generator = np.random.default_rng(9)
    for _ in range(400):
        keyed = generator.integers(1, 6, (2, 12)) if generator.random() < 0.5 else np.full((2, 12), 1)
        keyed = np.clip(keyed + generator.integers(-1, 3), 1, 5)
        answers = answer(ANXIETY, keyed[0].tolist()) | answer(AVOIDANCE, keyed[1].tolist())
        found = mean_profile(ANXIETY, AVOIDANCE, answers)
        anxiety, avoidance = found.sentence.split(", and ")
        for text, reading in ((anxiety, found.anxiety), (avoidance, found.avoidance)):
            if len(reading.bands) < 3:
                assert [band for band in ("low", "middle", "high") if f"{band} " in text] == list(
                    reading.bands
                )
            assert ("between" in text) == (len(reading.bands) == 2)
        assert not any(sign in found.sentence for sign in ("%", "in 100", "secure", "anxious", "fearful"))


def test_too_few_answers_give_no_result() -> None:
    answers = answer(ANXIETY, [3] * 12)
    for item in list(answers)[:3]:
        answers[item] = None
    with pytest.raises(HomeportError, match="Only 9 of 12"):
        mean_reading(ANXIETY, answers)
    answers["a0"] = 3
    assert mean_reading(ANXIETY, answers).answered == 10


def test_mixed_answer_scales_are_refused() -> None:
    with pytest.raises(HomeportError, match="share one scale"):
        mean_reading((ScaleItem("a", 1, 5), ScaleItem("b", 1, 7)), {"a": 1, "b": 1})
