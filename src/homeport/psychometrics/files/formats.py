"""In which response format a file was answered: asked for, or concluded from the answers and said aloud.

The ECR was published with seven answers and circulates with five; Rosenberg's scale counts from 0 and from 1. What the
answers cannot tell is asked, never guessed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from homeport.content.instruments import AnswerScale, Key
from homeport.core.errors import HomeportError

# A narrower format holds when at most this share of the answers lies beyond it: slips of the keyboard, a code for
# missing. A wider one is real when at least the second share does. In between the answers cannot tell.
SLIPS = 0.02
REAL = 0.05
LEAST_ANSWERS = 30
_POINTS = re.compile(r"(\d+)(?:[ -]?points?)?")
_RANGE = re.compile(r"(\d+) ?(?:-|–|to) ?(\d+)")


@dataclass(frozen=True)
class Settled:
    """name: of the format, as in the key. said: how it was settled, as a sentence; "" where there was no choice."""

    name: str
    said: str


def asked_format(key: Key, wish: str) -> str:
    """The format a person asked for: by its name, its points ("5-point", "5") or its range ("1-5").

    Raises HomeportError when the key has no such format, or has two.
    """
    scales = {name: key.answer_scales[name] for name in key.formats}
    plain = wish.strip().casefold()
    fits = [name for name in scales if name.casefold() == plain]
    if not fits and (match := _RANGE.fullmatch(plain)):
        ends = (int(match[1]), int(match[2]))
        fits = [name for name, scale in scales.items() if (scale.minimum, scale.maximum) == ends]
    if not fits and (match := _POINTS.fullmatch(plain)):
        fits = [name for name, scale in scales.items() if len(scale.values) == int(match[1])]
    if len(fits) == 1:
        return fits[0]
    known = " and ".join(f"{name} ({_range(scale)})" for name, scale in scales.items())
    raise HomeportError(f"{key.title} has {'two formats' if fits else 'no format'} {wish!r}; it has {known}.")


def settle_format(key: Key, counts: Mapping[int, int]) -> Settled:
    """Conclude the format from how often each whole number stands in the file (answers of the form's own scale).

    Raises HomeportError when the answers fit none, or cannot tell between two: the person must say.
    """
    scales = {name: key.answer_scales[name] for name in key.formats}
    if len(scales) == 1:
        return Settled(key.formats[0], "")
    possible = {value for scale in scales.values() for value in scale.values}
    total = sum(count for value, count in counts.items() if value in possible)
    beyond = {
        name: sum(count for value, count in counts.items() if value in possible and value not in scale.values)
        / max(total, 1)
        for name, scale in scales.items()
    }
    fits = sorted(
        (name for name in scales if beyond[name] <= SLIPS), key=lambda name: len(scales[name].values)
    )
    rivals = [name for name in scales if name not in fits and beyond[name] < REAL]
    narrowest = [name for name in fits if len(scales[name].values) == len(scales[fits[0]].values)]
    if total < LEAST_ANSWERS or len(narrowest) != 1 or rivals:
        raise HomeportError(_ask(key, scales, total))
    name = narrowest[0]
    others = " or ".join(f"--format {other}" for other in scales if other != name)
    strays = f" ({beyond[name]:.2%} of them beyond)" if beyond[name] else ""
    said = (
        f"The answers run from {_range(scales[name])}{strays}, so they are read in the format {name!r}; "
        f"say {others} if the form had other answers."
    )
    return Settled(name, said)


def _ask(key: Key, scales: Mapping[str, AnswerScale], total: int) -> str:
    known = " or ".join(f"--format {name} ({_range(scale)})" for name, scale in scales.items())
    why = "are too few to tell" if total < LEAST_ANSWERS else "do not tell"
    return f"{key.title} is answered in more than one format and these answers {why} in which: say {known}."


def _range(scale: AnswerScale) -> str:
    return f"{scale.minimum} to {scale.maximum}"
