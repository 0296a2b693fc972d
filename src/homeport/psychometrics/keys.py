"""From a scoring key (``homeport.content.instruments``) to the plain rules and banks of this library.

Only names and numbers are read from the key; nothing else in the library knows that keys exist.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from homeport.core.errors import HomeportError
from homeport.psychometrics.bank import ItemBank
from homeport.psychometrics.recodes import ALGORITHMS
from homeport.psychometrics.scoring import MissingRule, ScaleItem, ScaleRule, ScaleScore, score

if TYPE_CHECKING:
    from homeport.content.instruments import Key


def scale_rule(key: "Key", scale: str, response_format: str = "") -> ScaleRule:
    """The rule of one scale. response_format: a name from ``key.formats``; "" is the default one.

    A risk item is required: it is never filled in. Raises HomeportError for an unknown scale or format.
    """
    try:
        wanted = key.scale(scale)
        items = [(key.item(item), key.answers_for(item, response_format)) for item in wanted.items]
    except KeyError as error:
        raise HomeportError(f"The key {key.reference} has no {error.args[0]}.") from None
    return ScaleRule(
        name=wanted.id,
        items=tuple(
            ScaleItem(item.id, answers.minimum, answers.maximum, item.reversed) for item, answers in items
        ),
        method=wanted.method,
        multiplier=wanted.multiplier,
        missing=MissingRule(
            at_least=wanted.missing.at_least,
            required=frozenset(item.id for item, _ in items if item.risk),
        ),
    )


def score_key(
    key: "Key", answers: Mapping[str, float | None], response_format: str = ""
) -> dict[str, ScaleScore]:
    """Every scale of a key for one person, by scale id. Raises HomeportError for an unknown item or answer."""
    unknown = sorted(set(answers) - set(key.item_ids))
    if unknown:
        raise HomeportError(f"The key {key.reference} has no question {unknown[0]}.")
    return {scale.id: score(scale_rule(key, scale.id, response_format), answers) for scale in key.scales}


def classify_key(key: "Key", answers: Mapping[str, int | None]) -> dict[str, str | None]:
    """Every classification of a key by its name; None where an answer is missing (nothing is filled in).

    The algorithm gets the scored items in the order of their numbers. Raises HomeportError for an answer out of range.
    """
    scored = [answers.get(item.id) for item in key.items if item.scales]
    return {algorithm.name: ALGORITHMS[algorithm.name](scored) for algorithm in key.algorithms}


def item_bank(key: "Key", scale: str, response_format: str = "") -> ItemBank | None:
    """The calibrated bank of a scale, or None where the key has no parameters for this response format.

    Then a mean and a band are all there is: thresholds of a five-point answer say nothing about seven points.
    """
    rule = scale_rule(key, scale, response_format)
    found = key.calibration(scale, response_format)
    if found is None:
        return None
    own = {item.id: item for item in rule.items}
    missing = [parameters.item for parameters in found.items if parameters.item not in own]
    if missing:
        raise HomeportError(f"The key {key.reference} has parameters for {missing[0]}, which {scale} lacks.")
    lows = {own[parameters.item].low for parameters in found.items}
    if len(lows) != 1:
        raise HomeportError(f"The scale {scale} mixes answers that begin at different numbers.")
    return ItemBank.of(
        scale,
        {parameters.item: (parameters.a, parameters.b) for parameters in found.items},
        reversed_items=[parameters.item for parameters in found.items if own[parameters.item].reversed],
        low=lows.pop(),
    )
