"""The short list: whom these wishes suit best, each with the reasons.

First the law and the room in a therapist's week, in the query. Then the query itself puts those in front whose wishes and
experience fit, by the points of ``matching``; of the first :data:`REACH` the free times and the rest are looked up, and the
exact score decides. On a small practice that is everybody.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import (
    Case,
    Count,
    F,
    FloatField,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
    Window,
    prefetch_related_objects,
)
from django.db.models.functions import Mod

from homeport.cases.models import CareTeamMember
from homeport.core.clock import now, today
from homeport.directory.codes import Holds
from homeport.directory.concerns import asked_for
from homeport.directory.conditions import all_of, any_of, conditions, knows
from homeport.directory.distance import Point, kilometres
from homeport.directory.evidence import Records
from homeport.directory.evidence_kept import records_of
from homeport.directory.free import first_in
from homeport.directory.free_weeks import LOOKED_AHEAD
from homeport.directory.matching import MADE_FOR, POINTS, WEIGHED, Candidate, Match, Part, best
from homeport.directory.models import LOTS, Profile
from homeport.directory.selectors import Loosening, for_list, licences, search, there_for
from homeport.directory.week import as_number, moved
from homeport.directory.wishes import Wishes
from homeport.people.models import Practice
from homeport.people.offers import FEE_FOR, Fee, Together
from homeport.scheduling.models import Offering
from homeport.scheduling.selectors import FreeTime, free_times, next_free

SHOWN, REACH = 6, 24
RECENT = timedelta(days=90)
KIND_OF = {Together.TEEN: Offering.Kind.INDIVIDUAL}


@dataclass(frozen=True, slots=True)
class Listed:
    """One therapist of the list."""

    profile: Profile
    match: Match


@dataclass(frozen=True, slots=True)
class Shortlist:
    """``total``: how many could be on it. ``loosen``: where nobody is, what giving up a wish would bring."""

    listed: tuple[Listed, ...]
    total: int
    uses_records: bool
    loosen: tuple[Loosening, ...] = ()


def shortlist(wishes: Wishes, *, key: str, seen: Collection[UUID] = ()) -> Shortlist:
    """Whom these wishes suit best. ``seen``: therapists whom they were with before.

    The number of queries is the same however many therapists and clients there are.
    """
    profiles, total = nearest(wishes, reach=REACH)
    told = uses_records()
    if not profiles:
        return Shortlist((), 0, told, search(wishes).loosen)
    by_id = {profile.therapist_id: profile for profile in profiles}
    found = best(
        wishes,
        candidates(wishes, profiles, look(wishes, profiles, told=told), seen=seen),
        at=now(),
        key=key,
        most=SHOWN,
    )
    listed = tuple(Listed(by_id[each.candidate.id], each) for each in found)
    prefetch_related_objects([each.profile for each in listed], licences())
    return Shortlist(listed, total, told)


def nearest(wishes: Wishes, *, reach: int) -> tuple[list[Profile], int]:
    """The first ``reach`` by wishes and experience, and how many there are. Four queries."""
    asked = conditions(wishes)
    there = there_for(wishes.where, wishes.format).filter(all_of(asked[name] for name in wishes.musts))
    # Ids first: a database sorts what is narrow, and reads a few rows of what is wide. What is sorted by is read too, since
    # Django would otherwise take the sum apart a second time.
    ids = list(_in_order(there, wishes, asked).values_list("pk", Window(Count("pk")), "rough")[:reach])
    return list(for_list([each[0] for each in ids])), ids[0][1] if ids else 0


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked up of some therapists, by their ids: first free times, the first of
    those that were wished for, shares of new people, records."""

    free: Mapping[UUID, datetime | None]
    then: Mapping[UUID, datetime]
    shares: Mapping[UUID, float]
    records: Mapping[UUID, Records]


def look(wishes: Wishes, profiles: Sequence[Profile], *, told: bool = False) -> Looked:
    """Look all of it up, the records only if ``told``; the same for everybody of one format, way, times
    on one clock, and concerns."""
    ids = [profile.therapist_id for profile in profiles]
    way = wishes.way if "way" in wishes.musts else None
    free = _free(wishes, ids, way)
    return Looked(
        {one: times[0].begins_at if times else None for one, times in free.items()},
        _free_then(wishes, free),
        _shares({profile.therapist_id: profile.therapist.person_id for profile in profiles}),
        records_of(ids, asked_for(wishes.concerns)) if told else {},
    )


def candidates(
    wishes: Wishes, profiles: Sequence[Profile], looked: Looked, *, seen: Collection[UUID] = ()
) -> list[Candidate]:
    """The profiles as matching knows them. No query."""
    return [
        Candidate(
            id=profile.therapist_id,
            free_at=looked.free.get(profile.therapist_id),
            free_in=looked.then.get(profile.therapist_id),
            has_seen=profile.therapist_id in seen,
            share=looked.shares.get(profile.therapist_id, 1.0),
            records=looked.records.get(profile.therapist_id, {}),
            **_said(wishes, profile),
        )
        for profile in profiles
    ]


def _free(wishes: Wishes, ids: Sequence[UUID], way: str | None) -> dict[UUID, list[FreeTime]]:
    """The first free time of each; where times are wished for, all of the next four weeks."""
    kind, begin = kind_of(wishes.format), now()
    if not wishes.times:
        return next_free(ids, offering_kind=kind, way=way, count=1)
    found = free_times(ids, offering_kind=kind, way=way, from_at=begin, until_at=begin + LOOKED_AHEAD)
    lacking = [one for one, times in found.items() if not times]
    if not lacking:
        return found
    return found | next_free(lacking, offering_kind=kind, way=way, after=begin + LOOKED_AHEAD, count=1)


def _free_then(wishes: Wishes, free: Mapping[UUID, Sequence[FreeTime]]) -> dict[UUID, datetime]:
    zone, until = ZoneInfo(wishes.zone), now() + LOOKED_AHEAD
    found = {one: first_in(wishes.times, times, zone) for one, times in free.items()}
    return {one: first.begins_at for one, first in found.items() if first and first.begins_at < until}


def kind_of(format: Together | None) -> str:  # noqa: A002 - the field's own word
    """The kind of offering in which people of this format meet."""
    return KIND_OF.get(format, Offering.Kind(format.value)) if format else Offering.Kind.INDIVIDUAL


def uses_records() -> bool:
    """Whether the practice turned on that records of outcomes are looked at. One query."""
    return Practice.objects.filter(uses_outcomes=True).exists()


def _said(wishes: Wishes, profile: Profile) -> dict[str, Any]:
    """What a therapist says of themselves."""
    therapist, near = profile.therapist, wishes.near
    away = None
    if near and None not in (near.latitude, near.longitude, profile.latitude, profile.longitude):
        away = kilometres(Point(near.latitude, near.longitude), Point(profile.latitude, profile.longitude))  # type: ignore[arg-type]
    usual = moved(profile.usual, own=therapist.person.zone, other=wishes.zone, day=today())
    return {
        "concerns": frozenset(profile.concerns),
        "approaches": frozenset(therapist.approaches),
        "populations": frozenset(therapist.populations),
        "ways": frozenset(therapist.formats),
        "languages": frozenset(therapist.languages),
        "identities": frozenset(profile.identities),
        "gender": profile.gender,
        "faith": profile.faith,
        "town": profile.town,
        "kilometres": away,
        "fee": therapist.fees.get(FEE_FOR[wishes.format] if wishes.format else Fee.INDIVIDUAL),
        "sliding_scale": therapist.sliding_scale,
        "says_free": bool(usual & as_number(wishes.times)),
    }


def _in_order(there: "QuerySet[Profile]", wishes: Wishes, asked: dict[str, Q]) -> "QuerySet[Profile]":
    """By the points of wishes and experience, each met or not; of equals, by the lot of the day."""
    whole = sum(wishes.weight(name) for name in wishes.given if name in WEIGHED) or 1
    points = [
        _points(asked[name], POINTS[Part.WISHES] * wishes.weight(name) / whole)
        for name in wishes.given
        if name in WEIGHED
    ]
    wanted = asked_for(wishes.concerns)
    for concern in wanted:
        one = POINTS[Part.EXPERIENCE] / (3 * len(wanted))
        points.append(_points(knows(concern), 2 * one))
        if made_for := MADE_FOR.get(concern):
            taught = any_of(Holds("therapist__approaches", approach) for approach in sorted(made_for))
            points.append(_points(taught, one))
    day = today().toordinal() % (LOTS - 1) + 1
    drawn = Mod(F("lot") * Value(day), Value(LOTS), output_field=IntegerField())
    ordered = there.annotate(rough=sum(points, Value(0.0, output_field=FloatField())))
    return ordered.order_by("-rough", drawn, "pk")


def _points(condition: Q, points: float) -> Case:
    return Case(When(condition, then=Value(points)), default=Value(0.0), output_field=FloatField())


def _shares(persons: Mapping[UUID, UUID]) -> dict[UUID, float]:
    """New people of the last three months by therapist, as parts of the mean of these therapists. One query."""
    team = CareTeamMember.objects.filter(
        person_id__in=list(persons.values()), from_at__gte=now() - RECENT, role=CareTeamMember.Role.LEAD
    )
    new = Counter(dict(team.order_by().values_list("person_id").annotate(number=Count("pk"))))
    mean = max(1.0, sum(new.values()) / max(1, len(persons)))
    return {therapist_id: new[person_id] / mean for therapist_id, person_id in persons.items()}
