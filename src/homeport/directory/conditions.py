"""Each wish as a condition of the query, by its name."""

from collections.abc import Callable, Iterable
from functools import lru_cache, reduce
from operator import and_, or_
from typing import Any

from django.db.models import Exists, ExpressionWrapper, F, FloatField, OuterRef, Q
from django.db.models.lookups import LessThanOrEqual

from homeport.content.articles.words import stem
from homeport.core.clock import now
from homeport.directory.codes import Holds, SomeFree
from homeport.directory.concerns import Concern, asked_for
from homeport.directory.distance import Point, band, chord_squared
from homeport.directory.free import FIRST, KINDS
from homeport.directory.free_weeks import wanted
from homeport.directory.full_text import Says, looked_for, stems
from homeport.directory.models import FreeWeek
from homeport.directory.wishes import Near, Wishes
from homeport.people.offers import FEE_FOR, Approach, Fee, Format

NOBODY = Q(pk__in=())


def conditions(wishes: Wishes) -> dict[str, Q]:
    """What each wish that was said asks of a profile. No query."""
    return {name: _MAKERS[name](wishes) for name in wishes.given}


def any_of(conditions: Iterable[Any]) -> Q:
    """One of them at least; nobody, where there are none."""
    return reduce(or_, (Q(each) for each in conditions), NOBODY)


def all_of(conditions: Iterable[Any]) -> Q:
    """Every one of them."""
    return reduce(and_, (Q(each) for each in conditions), Q())


def knows(concern: Concern) -> Q:
    """Says that they work with this, or with what is asked for in its place."""
    return any_of(Holds("concerns", each) for each in asked_for([concern]))


def within(point: Point, km: float) -> Q:
    """Whose place lies within ``km`` of ``point``: first a band of latitudes, then the haversine (see ``distance``)."""
    chord: Any = ExpressionWrapper(
        sum((F(axis) - value) * (F(axis) - value) for axis, value in zip("xyz", point.vector, strict=True)),
        output_field=FloatField(),
    )
    return Q(latitude__range=band(point, km)) & Q(LessThanOrEqual(chord, chord_squared(km)))


def _near(near: Near, way: Format | None) -> Q:
    """A place counts for those who come to it; on video nobody is far away."""
    if way not in (None, Format.IN_PERSON):
        return Q()
    if near.latitude is None or near.longitude is None:
        there = Q(town=near.town)
    else:
        there = within(Point(near.latitude, near.longitude), near.km)
    return there & Q(Holds("therapist__formats", Format.IN_PERSON))


def _fee(wishes: Wishes) -> Q:
    """Asks for no more than that; or for less of those who cannot pay, and not more than that at the least."""
    kind = FEE_FOR[wishes.format] if wishes.format else Fee.INDIVIDUAL
    less = Q(lowest_fee=None) | Q(lowest_fee__lte=wishes.most_fee)
    return Q(**{f"therapist__fees__{kind.value}__lte": wishes.most_fee}) | (
        Q(therapist__sliding_scale=True) & less
    )


def _times(wishes: Wishes) -> Q:
    """Was free at such a time when free times were last looked up: on the clock of whoever asks, within four weeks.

    In the format that is looked for, of a first call where none is; in the way that is needed.
    """
    kind = KINDS[wishes.format] if wishes.format else FIRST
    there = FreeWeek.objects.filter(therapist_id=OuterRef("therapist_id"), kind=kind)
    if wishes.way and wishes.format and "way" in wishes.musts:
        there = there.filter(way=wishes.way)
    quarters = wanted(wishes.times, zone=wishes.zone, at=now())
    return Q(Exists(there.filter(SomeFree(quarters)))) if quarters else NOBODY


def _words(wishes: Wishes) -> Q:
    """Each word stands in their name, in what they wrote, or in the name of a way of working or of a concern."""
    return all_of(_word(word) for word in looked_for(wishes.words))


def _word(word: str) -> Q:
    ways = (Holds("therapist__approaches", code) for code, said in _labels(Approach) if _begins(said, word))
    knows = (Holds("concerns", code) for code, said in _labels(Concern) if _begins(said, word))
    return any_of([Says(word), *ways, *knows])


def _begins(said: tuple[str, ...], word: str) -> bool:
    return any(each.startswith(stem(word)) for each in said)


@lru_cache(maxsize=8)
def _labels(codes: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((code.value, tuple(stems(str(code.label)))) for code in codes)


_MAKERS: dict[str, Callable[[Wishes], Q]] = {
    "concerns": lambda wishes: any_of(knows(each) for each in wishes.concerns),
    "way": lambda wishes: Q(Holds("therapist__formats", str(wishes.way))),
    "language": lambda wishes: Q(Holds("therapist__languages", wishes.language)),
    "near": lambda wishes: _near(wishes.near, wishes.way) if wishes.near else Q(),
    "most_fee": _fee,
    "times": _times,
    "gender": lambda wishes: Q(gender=wishes.gender),
    "identities": lambda wishes: any_of(Holds("identities", each) for each in wishes.identities),
    "faith": lambda wishes: Q(faith=wishes.faith),
    "populations": lambda wishes: all_of(
        Holds("therapist__populations", each) for each in wishes.populations
    ),
    "words": _words,
}
