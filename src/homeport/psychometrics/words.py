"""The words of a profile, as parts that a translation can replace.

A part is a source sentence with named places and the values for them; the web room translates the sentence
and fills the places. Nothing here looks at anything but the numbers of the profile.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Style = Literal["secure", "anxious", "avoidant", "fearful"]
CERTAIN = 0.80  # below this the largest area is not named alone: the profile is "between" two


def gettext_noop(message: str) -> str:
    """Marks a source sentence for translation (the name is the one that extraction tools look for)."""
    return message


# The areas, in words for the person. Each stands in the places {first} and {second}.
AREA: Mapping[Style, str] = {
    "secure": gettext_noop("secure"),
    "anxious": gettext_noop("anxious"),
    "avoidant": gettext_noop("avoidant"),
    "fearful": gettext_noop("fearful"),
}
LEANING = gettext_noop("Your answers point to the {first} area of the map, with a chance of {first_chance}.")
BETWEEN = gettext_noop(
    "Your answers lie between two areas of the map: {first}, with a chance of {first_chance}, "
    "and {second}, with a chance of {second_chance}."
)
CHANCE = gettext_noop("{number} in 100")
CHANCE_ALMOST_NONE = gettext_noop("less than 1 in 100")
CHANCE_ALMOST_SURE = gettext_noop("more than 99 in 100")

Band = Literal["low", "middle", "high"]
BAND: Mapping[Band, str] = {
    "low": gettext_noop("low"),
    "middle": gettext_noop("middle"),
    "high": gettext_noop("high"),
}
BANDS_ONE = gettext_noop("in the {first} part of the scale")
BANDS_TWO = gettext_noop("between the {first} and the {second} part of the scale")
BANDS_ALL = gettext_noop("too spread out to place")
MEANS = gettext_noop("Worry about being left is {anxiety}, and keeping a distance is {avoidance}.")


@dataclass(frozen=True)
class Part:
    """A source sentence and what fills its places: plain values, or parts of their own."""

    message: str
    values: Mapping[str, "str | int | Part"]

    def __str__(self) -> str:
        """In English."""
        return self.message.format(**{name: str(value) for name, value in self.values.items()})


def chance(probability: float) -> Part:
    """A probability in words: whole numbers in 100, never 0 and never 100.

    What falls short of 80 in 100 is never rounded up to it: there the reading changes.
    """
    if probability < 0.005:
        return Part(CHANCE_ALMOST_NONE, {})
    if probability >= 0.995:
        return Part(CHANCE_ALMOST_SURE, {})
    number = round(100 * probability)
    return Part(CHANCE, {"number": min(number, 79) if probability < CERTAIN else number})


def style_sentence(styles: Mapping[Style, float], between: tuple[Style, Style] | None) -> Part:
    """One sentence on where a profile lies. No area is named without its chance."""
    if between is None:
        first = max(styles, key=lambda style: styles[style])
        return Part(LEANING, {"first": Part(AREA[first], {}), "first_chance": chance(styles[first])})
    first, second = between
    return Part(
        BETWEEN,
        {
            "first": Part(AREA[first], {}),
            "first_chance": chance(styles[first]),
            "second": Part(AREA[second], {}),
            "second_chance": chance(styles[second]),
        },
    )


def bands_phrase(bands: tuple[Band, ...]) -> Part:
    """The part of the scale that a mean and its margin touch."""
    if len(bands) == 3:
        return Part(BANDS_ALL, {})
    if len(bands) == 2:
        first, second = bands
        return Part(BANDS_TWO, {"first": Part(BAND[first], {}), "second": Part(BAND[second], {})})
    return Part(BANDS_ONE, {"first": Part(BAND[bands[0]], {})})


def means_sentence(anxiety: tuple[Band, ...], avoidance: tuple[Band, ...]) -> Part:
    """One sentence on two means without percentages."""
    return Part(MEANS, {"anxiety": bands_phrase(anxiety), "avoidance": bands_phrase(avoidance)})
