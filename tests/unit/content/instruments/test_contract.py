"""What holds for every packaged key, and for every version that is still there."""

import math
import re
from dataclasses import replace

import pytest

from homeport.content.instruments import Key, Mark, Scale, all_keys, golden_vectors, load_key
from homeport.content.instruments.shelf import every_version, folder
from homeport.core.errors import ContentError
from homeport.psychometrics.keys import classify_key, item_bank, score_key

KEYS = every_version()
SHIPPED = [
    "attachment.ecr",
    "attachment.ecr-r",
    "attachment.ecr-rs",
    "attachment.ecr-12",
    "attachment.ecr-s",
    "attachment.homeport",
    "depression.phq-9",
    "depression.phq-a",
    "anxiety.gad-7",
    "trauma.pcl-5",
    "trauma.itq",
    "self.rses",
    "self.scs-sf",
    "regulation.ders-16",
    "resilience.brs",
    "relationship.csi-4",
    "relationship.csi-16",
    "mindfulness.ffmq-15",
    "mindfulness.maas",
    "reflection.rfq-8",
    "wellbeing.who-5",
    "distress.core-10",
    "alcohol.audit-c",
]
EACH = pytest.mark.parametrize("key", KEYS, ids=lambda key: key.reference)
# A figure quotes another's work, so its source is a name, a year or a sample; "" would be nothing to check.
SHORTEST_SOURCE = 3


def figures(scale: Scale) -> list[tuple[str, Mark]]:
    """Source and mark of every figure of a scale."""
    found = [
        (figure.source, figure.mark) for group in (scale.bands, scale.norms, scale.cases) for figure in group
    ]
    found += [(figure.source, figure.mark) for figure in scale.reliabilities]
    found += [(figure.source, figure.mark) for figure in scale.changes]
    return found


def test_everything_promised_is_packaged() -> None:
    assert sorted(key.id for key in all_keys()) == sorted(SHIPPED)


@EACH
def test_every_item_is_on_a_scale_or_says_why_not(key: Key) -> None:
    for item in key.items:
        assert bool(item.scales) != bool(item.unscored)
    for scale in key.scales:
        assert [key.item(item).scales.count(scale.id) for item in scale.items] == [1] * len(scale.items)


@EACH
def test_every_figure_has_its_source_and_mark(key: Key) -> None:
    for scale in key.scales:
        for source, mark in figures(scale):
            assert len(source) >= SHORTEST_SOURCE
            assert isinstance(mark, Mark)
        assert isinstance(scale.mark, Mark)
        assert isinstance(scale.missing.mark, Mark)
    for calibration in key.calibrations:
        assert calibration.sample
        assert calibration.source
        assert calibration.label.startswith("provisional")
        assert calibration.provisional
    assert key.source.citation
    assert key.licence.statement
    assert all(note.text and isinstance(note.mark, Mark) for note in key.notes)


@EACH
def test_reliable_change_is_what_its_formula_gives(key: Key) -> None:
    for scale in key.scales:
        for change in scale.changes:
            for formula in change.formulas:
                expected = 1.96 * math.sqrt(2) * formula.sd * math.sqrt(1 - formula.r)
                assert formula.value == pytest.approx(expected, abs=0.0005)


PROVISIONAL_CHANGE = {
    "attachment.ecr": False,  # computed from a sample at hand
    "attachment.ecr-r": True,  # computed from an SD that is to be rechecked
    "attachment.ecr-12": True,  # computed from an SD that is assumed
    "depression.phq-9": False,  # read
    "distress.core-10": True,  # to be rechecked
    "regulation.ders-16": True,  # computed from an SD that is assumed
    "wellbeing.who-5": False,  # read, and not a statistical threshold at all
}


@pytest.mark.parametrize("key_id", PROVISIONAL_CHANGE)
def test_a_threshold_is_as_provisional_as_what_it_was_computed_from(key_id: str) -> None:
    changes = [scale.change for scale in load_key(key_id).scales if scale.change]
    assert changes
    assert {change.provisional for change in changes} == {PROVISIONAL_CHANGE[key_id]}


@EACH
def test_an_assumed_figure_is_never_marked_as_established(key: Key) -> None:
    formulas = [formula for scale in key.scales for change in scale.changes for formula in change.formulas]
    assert all(formula.mark.provisional for formula in formulas if formula.assumed)


@EACH
def test_a_threshold_below_its_own_formula_says_so(key: Key) -> None:
    """A threshold smaller than the formula's (a convention, a rounding) is shown with a note, never silently."""
    for scale in key.scales:
        for change in scale.changes:
            if (
                change.formulas
                and change.threshold < min(formula.value for formula in change.formulas) - 0.005
            ):
                assert change.note, f"{key.id} {scale.id}"


@EACH
def test_a_missing_risk_answer_never_becomes_a_score(key: Key) -> None:
    for scale in key.scales:
        for item in scale.items:
            if key.item(item).risk:
                answers = {other: key.answers_for(other).maximum for other in key.item_ids if other != item}
                assert score_key(key, answers)[scale.id].value is None


@EACH
def test_the_golden_vectors_pass(key: Key) -> None:
    vectors = golden_vectors(key)
    assert {vector.format or key.formats[0] for vector in vectors} == set(key.formats)
    assert len({(vector.name, vector.format) for vector in vectors}) == len(vectors)
    for vector in vectors:
        assert vector.origin
        assert set(vector.scores) == {scale.id for scale in key.scales}
        found = score_key(key, vector.answers, vector.format)
        for scale, expected in vector.scores.items():
            assert found[scale].value == (
                expected if expected is None else pytest.approx(expected, abs=1e-6)
            ), f"{key.reference}: {vector.name}: {scale}"
        outcomes = classify_key(key, vector.answers)
        for name, outcome in vector.outcomes.items():
            assert outcomes[name] == outcome, f"{key.reference}: {vector.name}: {name}"


@EACH
def test_the_golden_vectors_would_notice_a_wrong_key(key: Key) -> None:
    """Flip any one item, or leave it out: some vector must see it, or the vectors prove nothing."""
    vectors = golden_vectors(key)
    asked = {item for vector in vectors for item, value in vector.answers.items() if value is not None}
    for item in (item for item in key.items if item.scales and item.id in asked):
        seen = False
        for vector in vectors:
            answers = key.answers_for(item.id, vector.format)
            value = vector.answers.get(item.id)
            if value is not None and answers.reverse(value) != value:
                turned = {**vector.answers, item.id: answers.reverse(value)}
                now = score_key(key, turned, vector.format)
                seen |= any(now[scale].value != pytest.approx(vector.scores[scale]) for scale in item.scales)
        assert seen, f"{key.reference}: {item.id}"


@EACH
def test_every_vector_covers_every_outcome(key: Key) -> None:
    for algorithm in key.algorithms:
        seen = {vector.outcomes.get(algorithm.name) for vector in golden_vectors(key)}
        assert set(algorithm.outcomes) | {None} == seen


@EACH
def test_calibrated_scales_make_a_bank_and_the_others_none(key: Key) -> None:
    for scale in key.scales:
        for response_format in key.formats:
            bank = item_bank(key, scale.id, response_format)
            assert (bank is None) == (key.calibration(scale.id, response_format) is None)


@EACH
def test_an_item_borrowed_from_another_key_is_that_item(key: Key) -> None:
    for item in key.items:
        if item.same_as:
            other, name = item.same_as.split(":")
            original = load_key(other).item(name)
            assert original.reversed == item.reversed
            assert original.scales == item.scales


@EACH
def test_the_file_holds_no_sentence_that_asks(key: Key) -> None:
    """No wording in keys: an item has no place for it, and no text of the file speaks as a respondent does."""
    text = (folder("keys") / f"{key.id}.v{key.version}.yaml").read_text(encoding="utf-8")
    assert not re.search(r"(?<!-)\b(I|my|me|myself)\b(?!\.)", text)
    assert "?" not in text


def test_a_key_without_vectors_is_told_apart_from_one_with_none() -> None:
    with pytest.raises(ContentError, match=r"no golden vectors for attachment\.ecr@99"):
        golden_vectors(replace(load_key("ecr"), version=99))


@pytest.mark.parametrize("name", ["attachment.ecr", "self.rses"])
def test_a_key_without_parameters_for_a_format_has_no_bank(name: str) -> None:
    key = load_key(name)
    if name == "attachment.ecr":
        assert key.calibration("anxiety") is None  # seven points
        assert key.calibration("anxiety", "five") is not None
    else:
        assert key.calibration("self-esteem", "zero") is key.calibration("self-esteem", "one")


def test_an_unknown_version_is_refused() -> None:
    with pytest.raises(ContentError, match=r"no version 99 of attachment\.ecr; there is 1"):
        load_key("ecr", 99)
