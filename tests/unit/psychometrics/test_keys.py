"""Every shipped key can be turned into rules of this library."""

import pytest

from homeport.content.instruments import GoldenVector, Key, all_keys, golden_vectors, load_key
from homeport.core.errors import HomeportError
from homeport.psychometrics.keys import classify_key, item_bank, scale_rule, score_key

KEYS = all_keys()
VECTORS = [(key, vector) for key in KEYS for vector in golden_vectors(key)]


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.id)
def test_every_scale_scores_from_its_lowest_to_its_highest(key: Key) -> None:
    for response_format in key.formats:
        for scale in key.scales:
            rule = scale_rule(key, scale.id, response_format)
            if rule.method not in {"mean", "sum"}:
                continue
            for end, bound in ((False, scale.minimum), (True, scale.maximum)):
                answers = {i.id: i.high if end != i.reversed else i.low for i in rule.items}
                found = score_key(key, answers, response_format)[scale.id].value
                assert found == pytest.approx(bound[response_format])


@pytest.mark.parametrize(("key", "vector"), VECTORS, ids=lambda part: getattr(part, "name", None))
def test_golden_vectors(key: Key, vector: GoldenVector) -> None:
    found = score_key(key, vector.answers, vector.format)
    for scale, expected in vector.scores.items():
        assert found[scale].value == (None if expected is None else pytest.approx(expected)), scale
    assert {name: classify_key(key, vector.answers)[name] for name in vector.outcomes} == vector.outcomes


def test_parameters_hold_for_the_format_they_were_fitted_in() -> None:
    key = load_key("ecr")
    five = item_bank(key, "avoidance", "five")
    assert five is not None
    assert (len(five), five.low, sum(five.reversed)) == (18, 1, 9)
    assert item_bank(key, "avoidance", "seven") is None


def test_what_a_key_does_not_know_is_refused() -> None:
    key = load_key("phq-9")
    with pytest.raises(HomeportError, match="has no nothing"):
        scale_rule(key, "nothing")
    with pytest.raises(HomeportError, match="has no question q99"):
        score_key(key, {"q99": 1})
