"""From raw answers to the scores that are kept. No database."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from homeport.content.instruments import Key, Scale
from homeport.psychometrics.keys import score_key
from homeport.psychometrics.scoring import ScaleScore


@dataclass(frozen=True, slots=True)
class Scored:
    """One scale of one filling-in, as it is kept."""

    scale: str
    value: float | None
    standard_error: float | None
    answered: int
    of: int
    filled: bool
    why: str
    band: str


def scored(key: Key, answers: Mapping[str, int], response_format: str, asked: frozenset[str]) -> list[Scored]:
    """Every scale of which at least one question was asked. ``answers``: raw, by item id; what was skipped is left out.

    Raises ``HomeportError`` for an answer that the key does not know.
    """
    found = score_key(key, dict(answers), response_format)
    kept = []
    for name, result in found.items():
        scale = key.scale(name)
        # Of a short form only the questions that were asked can be missing.
        of = len(asked & set(scale.items))
        if of:
            kept.append(_scored(scale, result, response_format, of))
    return kept


def _scored(scale: Scale, result: ScaleScore, response_format: str, of: int) -> Scored:
    value = None if result.value is None else round(result.value, 6)
    return Scored(
        scale=scale.id,
        value=value,
        standard_error=None if value is None else standard_error(scale, response_format),
        answered=result.answered,
        of=of,
        filled=value is not None and result.answered < of,
        why=result.why,
        band=band_of(scale, value, response_format),
    )


def band_of(scale: Scale, value: float | None, response_format: str) -> str:
    """The id of the band that a score falls in; "" without a score or bands for this format."""
    fitting = [bands for bands in scale.bands if bands.format in ("", response_format)]
    return fitting[0].band(value).id if fitting and value is not None else ""


def standard_error(scale: Scale, response_format: str) -> float | None:
    """The standard error of measurement in the units of the score: ``sd * sqrt(1 - r)``; None where the key has no figures.

    Of several, those behind the reliable change that the key uses. Source: classical test theory (Lord & Novick 1968).
    """
    for change in scale.changes:
        if change.format in ("", response_format) and change.sd is not None and change.r is not None:
            return round(change.sd * sqrt(1.0 - change.r), 6)
    return None
