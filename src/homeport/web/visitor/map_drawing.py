"""Where things stand on the drawn map: numbers for the SVG, and words for those who do not see it.

The drawing is 372 x 366 units. The plane is a square of 320 units around (202, 166): worry grows to the right, distance
grows upwards. Every shape carries its print colours as attributes and a class that the pages colour over.
"""

from dataclasses import dataclass
from math import log1p, sqrt

from django.utils.translation import gettext as _

from homeport.web.visitor.reading import Axis, Reading

CENTRE_X, CENTRE_Y, HALF = 202.0, 166.0, 160.0
INNER = 0.50  # the inner ring holds half of the chance, the outer one the region's own level


@dataclass(frozen=True, slots=True)
class Mark:
    """One relationship on the map. ``number`` is drawn in its dot, 0 where it stands alone."""

    number: int
    tone: int  # which of the six colours, from 1
    title: str
    x: float
    y: float
    across: float
    up: float
    inner_across: float
    inner_up: float
    turn: float  # degrees clockwise, as SVG turns


@dataclass(frozen=True, slots=True)
class Corner:
    """The name of one area and where it stands."""

    name: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Map:
    """A drawing. ``key`` keeps the ids of several drawings on one page apart."""

    key: str
    title: str
    description: str
    corners: tuple[Corner, ...]
    marks: tuple[Mark, ...]


def draw(readings: list[Reading], titles: list[str], *, key: str, named: bool, numbers: list[int]) -> Map:
    """One map with a mark for each reading.

    ``named``: the corners carry style names (calibrated, adult). ``numbers``: what is drawn in each dot, 0 for nothing.
    """
    marks = tuple(
        _mark(reading, title, number)
        for reading, title, number in zip(readings, titles, numbers, strict=True)
    )
    described = [
        _("%(whom)s: %(place)s.") % {"whom": title, "place": place_in_words(reading)}
        for title, reading in zip(titles, readings, strict=True)
    ]
    return Map(key, _("Map of worry and distance"), " ".join(described), corners(named=named), marks)


def corners(*, named: bool) -> tuple[Corner, ...]:
    """The four areas, bottom left first. Style names appear only where chances stand beside them."""
    names = (
        (_("Secure"), _("Anxious"), _("Avoidant"), _("Fearful"))
        if named
        else (_("Close and calm"), _("Close and worried"), _("Apart and calm"), _("Apart and worried"))
    )
    left, right, low, high = 54.0, 350.0, 314.0, 28.0
    return (
        Corner(names[0], left, low, "start"),
        Corner(names[1], right, low, "end"),
        Corner(names[2], left, high, "start"),
        Corner(names[3], right, high, "end"),
    )


def place_in_words(reading: Reading) -> str:
    """Such as "worry a little above the middle, distance far below it"."""
    return _("worry %(worry)s, distance %(distance)s") % {
        "worry": _height(reading.anxiety),
        "distance": _height(reading.avoidance),
    }


def _height(axis: Axis) -> str:
    size = abs(axis.position)
    if size < 0.06:
        return _("at the middle")
    above = axis.position > 0
    if size < 0.25:
        return _("a little above the middle") if above else _("a little below the middle")
    if size < 0.55:
        return _("above the middle") if above else _("below the middle")
    return _("far above the middle") if above else _("far below the middle")


def _mark(reading: Reading, title: str, number: int) -> Mark:
    region = reading.region
    # Rings of one normal cloud: half axes grow with sqrt(-2 ln(1 - level)).
    shrink = sqrt(log1p(-INNER) / log1p(-region.level))
    across, up = region.across * HALF, region.up * HALF
    return Mark(
        number=number,
        tone=(number - 1) % 6 + 1 if number else 1,
        title=title,
        x=round(CENTRE_X + HALF * reading.anxiety.position, 1),
        y=round(CENTRE_Y - HALF * reading.avoidance.position, 1),
        across=round(across, 1),
        up=round(up, 1),
        inner_across=round(across * shrink, 1),
        inner_up=round(up * shrink, 1),
        turn=round(-region.angle, 1),
    )
