"""What pages read about times: when somebody is free, and what is arranged. Who may read appointments, `access` says."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from homeport.core.clock import now
from homeport.scheduling.availability import Asked, Found, openings
from homeport.scheduling.wall_clock import moment

SOON, LATER = timedelta(weeks=2), timedelta(days=731)


class FreeTime(NamedTuple):
    """A time at which a meeting can be had. Moments are in UTC."""

    therapist_id: UUID
    begins_at: datetime
    ends_at: datetime
    offering_id: UUID
    way: str
    place_id: UUID | None


def free_times(
    therapist_ids: Collection[UUID],
    *,
    offering_kind: str,
    way: str | None = None,
    from_at: datetime,
    until_at: datetime,
    limit: int | None = None,
    by_practice: bool = False,
) -> dict[UUID, list[FreeTime]]:
    """When each of these therapists (ids of ``people.Therapist``) can be met, in order; an entry for every one of them.

    ``offering_kind``: of ``Offering.Kind``. ``way``: of ``people.offers.Format``; left out, a time that can be had in two
    ways is there twice. From ``from_at`` until before ``until_at``; ``limit``: at most so many of each. Notice and horizon
    of the booking rules hold, unless ``by_practice``. Alike for everybody who asks: nothing depends on who they are.
    At most nine queries, however many therapists.
    """
    asked = Asked(offering_kind, way, from_at, until_at, by_practice)
    return _told(list(therapist_ids), openings(list(therapist_ids), asked, limit))


def next_free(
    therapist_ids: Collection[UUID],
    *,
    offering_kind: str,
    way: str | None = None,
    after: datetime | None = None,
    count: int = 3,
) -> dict[UUID, list[FreeTime]]:
    """The next ``count`` times of each, ``after`` a moment (now): the two weeks first, then as far as may be booked."""
    begin = after or now()
    soon = free_times(
        therapist_ids,
        offering_kind=offering_kind,
        way=way,
        from_at=begin,
        until_at=begin + SOON,
        limit=count,
    )
    lacking = [therapist_id for therapist_id, found in soon.items() if len(found) < count]
    if not lacking:
        return soon
    further = free_times(
        lacking,
        offering_kind=offering_kind,
        way=way,
        from_at=begin + SOON,
        until_at=begin + LATER,
        limit=count,
    )
    return soon | {one: (soon[one] + further[one])[:count] for one in lacking}


def _told(therapist_ids: Sequence[UUID], found: Found) -> dict[UUID, list[FreeTime]]:
    told: dict[UUID, list[FreeTime]] = {one: [] for one in therapist_ids}
    offerings = [(one.id, one.way, timedelta(minutes=one.minutes)) for one in found.offerings]
    for who, begins, offering, place in zip(
        found.open.therapist.tolist(),
        found.open.begins.tolist(),
        found.open.offering.tolist(),
        found.open.place.tolist(),
        strict=True,
    ):
        offering_id, way, lasts = offerings[offering]
        therapist_id, at = found.therapists[who], moment(begins)
        told[therapist_id].append(
            FreeTime(
                therapist_id, at, at + lasts, offering_id, way, found.places[place] if place >= 0 else None
            )
        )
    return told
