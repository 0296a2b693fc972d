"""Building a key: what it holds, and what it refuses."""

import copy
from typing import Any

import pytest

from homeport.content.instruments.build_key import build_key
from homeport.content.instruments.marks import Mark
from homeport.core.errors import ContentError

SAMPLE: dict[str, Any] = {
    "id": "sample.two",
    "version": 1,
    "title": "Two questions",
    "abbreviation": "TWO",
    "aliases": ["two"],
    "measures": "attachment",
    "standing": "published",
    "source": {"citation": "Nobody (2000).", "mark": "unsure"},
    "licence": {"ship_wording": "ask", "statement": "Ask.", "mark": "unsure"},
    "ages": {"minimum": 18, "mark": "recheck"},
    "period": "in general",
    "presentation": "fixed",
    "answer_scales": [{"name": "five", "values": [1, 2, 3, 4, 5]}, {"name": "yes-no", "values": [0, 1]}],
    "formats": ["five"],
    "items": [
        {"id": "q1", "reversed": False, "scales": ["calm"]},
        {"id": "q2", "reversed": True, "scales": ["calm"]},
        {"id": "q3", "answers": "yes-no", "tags": ["risk"], "unscored": "Read on its own."},
    ],
    "scales": [
        {
            "id": "calm",
            "title": "Calm",
            "method": "mean",
            "direction": "higher-is-better",
            "missing": {"at_least": 2, "mark": "suggestion"},
            "mark": "read",
        }
    ],
}


def bent(*steps: Any) -> dict[str, Any]:
    """The sample with one value changed: a path of keys and places, then the new value (``...`` removes it)."""
    content = copy.deepcopy(SAMPLE)
    *path, last, value = steps
    place: Any = content
    for step in path:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return content


def test_a_key_is_built_with_what_follows_from_it() -> None:
    key = build_key(SAMPLE, "sample.yaml")
    calm = key.scale("calm")
    assert key.reference == "sample.two@1"
    assert calm.items == ("q1", "q2")
    assert (calm.minimum, calm.maximum) == ({"five": 1.0}, {"five": 5.0})
    assert [item.number for item in key.items] == [1, 2, 3]
    assert key.item("q3").risk
    assert not key.item("q1").risk
    assert key.answers_for("q3").values == (0, 1)
    assert key.answers_for("q1").reverse(2) == 4
    assert key.source.mark is Mark.UNSURE
    assert key.source.mark.provisional
    assert not calm.mark.provisional


def test_a_sum_of_mixed_answers_has_the_range_of_its_items() -> None:
    content = bent("scales", 0, "method", "sum")
    content["items"][1]["answers"] = "yes-no"
    key = build_key(content, "sample.yaml")
    assert key.scale("calm").minimum == {"five": 1.0}
    assert key.scale("calm").maximum == {"five": 6.0}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (bent("items", 0, "text", "I am calm."), "items[1]: unknown field 'text'."),
        (bent("formula", "a + b"), "unknown field 'formula'."),
        (bent("scales", 0, "method", "a + b"), "'method' is 'a + b'; it must be one of mean, sum"),
        (bent("scales", 0, "mark", ...), "scales[1]: the field 'mark' is missing."),
        (bent("scales", 0, "missing", {"at_least": 2}), "the field 'mark' is missing."),
        (bent("scales", 0, "missing", {"at_least": 3, "mark": "read"}), "asks for 3 answers out of 2."),
        (bent("scales", 0, "mark", "sure"), "'mark' is 'sure'; it must be one of read, calc,"),
        (bent("items", 0, "reversed", ...), "items[1]: the field 'reversed' is missing."),
        (bent("items", 0, "scales", []), "item 'q1' must either be on a scale or say why it is not"),
        (bent("items", 0, "scales", ["calmer"]), "item 'q1' is on an unknown scale 'calmer'."),
        (bent("items", 1, "id", "q1"), "the item 'q1' is there twice."),
        (bent("items", 0, "id", "Q 1"), "'Q 1' is not an id"),
        (bent("id", "sample"), "'sample' is not an id"),
        (bent("items", 2, "answers", "ten"), "item 'q3' has an unknown answer scale 'ten'."),
        (bent("items", 0, "same_as", "other"), "'same_as' must be an instrument, a colon and an item."),
        (bent("items", 0, "fits", ["partner"]), "item 'q1' fits an unknown slot 'partner'."),
        (bent("formats", ["seven"]), "the response format 'seven' is not an answer scale."),
        (bent("answer_scales", 0, "values", [1, 3, 2]), "'values' must ascend without repetition."),
        (bent("answer_scales", 0, "values", [1, True]), "'values' must be at least two whole numbers."),
        (bent("version", "1"), "'version' must be a whole number, not '1'."),
        (bent("version", 0), "a version is 1 or greater."),
        (
            bent("more_orders", [{"name": "b", "items": ["q1", "q2"]}]),
            "the order 'b' does not hold every item",
        ),
    ],
)
def test_a_key_that_contradicts_itself_is_refused(content: dict[str, Any], message: str) -> None:
    with pytest.raises(ContentError) as caught:
        build_key(content, "sample.yaml")
    assert str(caught.value).startswith("sample.yaml: ")
    assert message in str(caught.value)


SOURCED = {"source": "somewhere", "mark": "read"}
CALIBRATION = {
    "scale": "calm", "formats": ["five"], "model": "graded", "n": 100, "sample": "s", "source": "t", "label": "l",
    "mark": "calc", "provisional": True, "items": [{"item": "q1", "a": 1.5, "b": [-1, 0, 1, 2]}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "figure", "message"),
    [
        ("cases", {"at-least": 6, **SOURCED}, "the cut-off 6 is outside 1 to 5."),
        ("cases", {"at-least": 3, "below": 2, **SOURCED}, "a cut-off names exactly one of"),
        ("cases", {"at-least": 3, "source": "x"}, "the field 'mark' is missing."),
        ("norms", {"sample": "s", "mean": 9, **SOURCED}, "the norm 9 is outside 1 to 5."),
        (
            "norms",
            {"sample": "s", "mean": 3, "percentiles": {50: 3, 25: 2}, **SOURCED},
            "percentiles must ascend.",
        ),
        (
            "norms",
            {"sample": "s", "mean": 3, "format": "seven", **SOURCED},
            "unknown response format 'seven'.",
        ),
        ("changes", {"kind": "reliable", "threshold": 0, **SOURCED}, "a change threshold is greater than 0."),
        ("reliabilities", {"kind": "alpha", "value": 91, "sample": "s", **SOURCED}, "between 0 and 1."),
        ("bands", {"bands": [{"id": "a", "from": 3}, {"id": "b", "from": 2}], **SOURCED}, "lowest first."),
        (
            "bands",
            {"bands": [{"id": "a", "from": 1}, {"id": "b", "from": 6}], **SOURCED},
            "starts outside 1 to 5.",
        ),
    ],
)
def test_a_figure_that_cannot_be_is_refused(field: str, figure: dict[str, Any], message: str) -> None:
    with pytest.raises(ContentError) as caught:
        build_key(bent("scales", 0, field, [figure]), "sample.yaml")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"scale": "calmer"}, "parameters for an unknown scale 'calmer'."),
        ({"formats": ["seven"]}, "parameters for an unknown response format 'seven'."),
        (
            {"items": [{"item": "q3", "a": 1, "b": [0]}]},
            "the parameters of 'q3' are not for an item of 'calm'.",
        ),
        ({"items": [{"item": "q1", "a": 1, "b": [0, 1]}]}, "do not fit its number of answers."),
        ({"items": [{"item": "q1", "a": 1, "b": [0, 1, 1, 2]}]}, "thresholds ascend."),
        ({"items": [{"item": "q1", "a": -1, "b": [0, 1, 2, 3]}]}, "a slope is greater than 0"),
    ],
)
def test_parameters_that_do_not_fit_are_refused(change: dict[str, Any], message: str) -> None:
    build_key(bent("calibrations", [CALIBRATION]), "sample.yaml")
    with pytest.raises(ContentError) as caught:
        build_key(bent("calibrations", [{**CALIBRATION, **change}]), "sample.yaml")
    assert message in str(caught.value)


def test_a_band_starts_where_it_says() -> None:
    bands = {
        "bands": [{"id": "low", "from": 1}, {"id": "normal", "from": 3}, {"id": "high", "above": 4.3}],
        **SOURCED,
    }
    (built,) = build_key(bent("scales", 0, "bands", [bands]), "sample.yaml").scale("calm").bands
    assert [built.band(score).id for score in (1, 2.99, 3, 4.3, 4.31, 5)] == [
        "low", "low", "normal", "normal", "high", "high"
    ]  # fmt: skip


def test_the_side_of_a_cut_counts() -> None:
    cases = [{word: 3, **SOURCED} for word in ("at-least", "above", "at-most", "below")]
    built = build_key(bent("scales", 0, "cases", cases), "sample.yaml").scale("calm").cases
    assert [[case.met(score) for score in (2.9, 3, 3.1)] for case in built] == [
        [False, True, True], [False, False, True], [True, True, False], [True, False, False]
    ]  # fmt: skip


def test_the_hash_is_of_the_content_and_of_nothing_else() -> None:
    key = build_key(SAMPLE, "sample.yaml")
    turned = dict(reversed(list(copy.deepcopy(SAMPLE).items())))
    assert build_key(turned, "elsewhere.yaml").hash == key.hash
    assert build_key(bent("items", 0, "reversed", True), "sample.yaml").hash != key.hash
    assert build_key(bent("source", "mark", "read"), "sample.yaml").hash != key.hash
    items = [SAMPLE["items"][place] for place in (1, 0, 2)]
    assert build_key(bent("items", items), "sample.yaml").hash != key.hash
