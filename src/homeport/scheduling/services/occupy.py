"""Take time of therapists and rooms, and give it back. Everything that occupies anything goes through here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.people.models import Therapist
from homeport.people.offers import Format
from homeport.scheduling.changed import times_changed
from homeport.scheduling.models import Occupancy, Offering, Place, Room, Travel
from homeport.scheduling.reading import is_taken
from homeport.scheduling.selectors import FreeTime, next_free

What = Occupancy.What
LONGEST = timedelta(hours=12)


class Taken(HomeportError):
    """The time went to somebody else. ``next_times``: what is free after it, where that was looked up."""

    def __init__(self, next_times: Sequence[FreeTime] = ()) -> None:
        super().__init__(_("This time is not free any more. Please choose another one."))
        self.next_times = list(next_times)


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody needs: an offering's therapist (and co-therapists) from ``begins_at`` on, and a room where it has one.

    ``room``: this one; left out, any of the place that fits ``people`` and the therapists, if the place has rooms at all.
    """

    offering: Offering
    begins_at: datetime
    place: Place | None = None
    room: Room | None = None
    people: int = 1
    co_therapist_ids: tuple[UUID, ...] = ()

    @property
    def ends_at(self) -> datetime:
        """When the meeting ends."""
        return self.begins_at + timedelta(minutes=self.offering.minutes)

    @property
    def therapist_ids(self) -> list[UUID]:
        """Everybody whose time it takes."""
        return list(dict.fromkeys((self.offering.therapist_id, *self.co_therapist_ids)))

    @property
    def blocked(self) -> tuple[datetime, datetime]:
        """The time of a therapist that it takes, with the quiet before and after."""
        before, after = self.offering.buffer_before, self.offering.buffer_after
        return self.begins_at - timedelta(minutes=before), self.ends_at + timedelta(minutes=after)

    @property
    def is_in_room(self) -> bool:
        """Whether people meet in person at a place."""
        return self.place is not None and self.offering.way == Format.IN_PERSON


@transaction.atomic
def occupy(
    *, claim: Claim, what: Occupancy.What, source_id: UUID, lapses_at: datetime | None = None
) -> Room | None:
    """Take the time for ``source_id`` (an appointment, a hold, a request for a first call). Returns the room it is in.

    Of many who want one time one gets it, and the others ``Taken``: they queue up for the therapist's lock, and the
    database refuses an overlap whatever the code does. ``lapses_at``: from then on it counts for nothing.
    """
    _check(claim)
    rooms = _rooms(claim)
    lock([*claim.therapist_ids, *(room.pk for room in rooms)])
    begins_at, ends_at = claim.blocked
    _forget_lapsed([*claim.therapist_ids, *(room.pk for room in rooms)], begins_at, ends_at)
    if _held(claim.therapist_ids, begins_at, ends_at).exists() or not _reachable(claim):
        raise Taken
    room = _free_room(claim, rooms)
    common = {
        "what": what, "source_id": source_id, "lapses_at": lapses_at, "place": claim.place,
    }  # fmt: skip
    rows = [
        Occupancy(resource_id=one, begins_at=begins_at, ends_at=ends_at, **common)
        for one in claim.therapist_ids
    ]
    if room is not None:
        rows.append(
            Occupancy(resource_id=room.pk, begins_at=claim.begins_at, ends_at=claim.ends_at, **common)
        )
    try:
        with transaction.atomic():
            Occupancy.objects.bulk_create(rows)
    except IntegrityError:
        raise Taken from None
    times_changed(claim.therapist_ids)
    return room


def release(*, source_id: UUID) -> int:
    """Give back everything that ``source_id`` occupies. Returns how many rows went."""
    held = Occupancy.objects.filter(source_id=source_id)
    ahead = held.filter(begins_at__gt=now(), resource_id__in=Therapist.objects.values("pk"))
    times_changed(ahead.values_list("resource_id", flat=True))
    return held.delete()[0]


def keep(*, source_id: UUID, lapses_at: datetime | None) -> bool:
    """Let what ``source_id`` occupies lapse at another time, or never. Returns whether it still occupies anything."""
    held = Occupancy.objects.filter(Q(lapses_at=None) | Q(lapses_at__gt=now()), source_id=source_id)
    return bool(held.update(lapses_at=lapses_at))


def refuse_early(claim: Claim) -> None:
    """Raise ``Taken`` where the time is gone, without waiting for anybody's lock: of many who come late most end here."""
    begins_at, ends_at = claim.blocked
    if is_taken(claim.therapist_ids, begins_at, ends_at, now()):
        raise Taken


def lock(resource_ids: Sequence[UUID]) -> None:
    """Until the transaction ends nobody else changes what occupies these. In one order, so that nobody waits in a ring.

    SQLite lets one writer in at a time anyway (immediate transactions).
    """
    if connection.vendor != "postgresql":
        return
    keys = sorted({(one.int >> 64) - (1 << 63) for one in resource_ids})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key", [keys])


def with_next_times(taken: Taken, claim: Claim) -> Taken:
    """The same refusal, with the next free times of the same kind: those close to the time that was wanted."""
    therapist_id, kind = claim.offering.therapist_id, claim.offering.kind
    found = next_free([therapist_id], offering_kind=kind, way=claim.offering.way, after=claim.begins_at)
    return Taken(found[therapist_id] or taken.next_times)


def _check(claim: Claim) -> None:
    if claim.begins_at <= now():
        raise HomeportError(_("This time is in the past. Please choose a later one."))
    if claim.begins_at.second or claim.begins_at.microsecond:
        raise HomeportError(_("A time begins on a whole minute."))
    if claim.offering.way == Format.IN_PERSON and claim.place is None:
        raise HomeportError(_("Say where to meet."))


def _held(resource_ids: Sequence[UUID], begins_at: datetime, ends_at: datetime) -> QuerySet[Occupancy]:
    return Occupancy.objects.filter(
        resource_id__in=resource_ids, ends_at__gt=begins_at, begins_at__lt=ends_at
    )


def _forget_lapsed(resource_ids: Sequence[UUID], begins_at: datetime, ends_at: datetime) -> None:
    """The other rows of one hold lapse with it: all of a source go together."""
    lapsed = _held(resource_ids, begins_at, ends_at).filter(lapses_at__lte=now())
    sources = list(lapsed.values_list("source_id", flat=True))
    if sources:
        Occupancy.objects.filter(source_id__in=sources, lapses_at__lte=now()).delete()


def _rooms(claim: Claim) -> list[Room]:
    """The rooms that would do, the smallest first. Raises ``HomeportError`` where the place has rooms, none large enough."""
    if not claim.is_in_room:
        return []
    rooms = list(Room.objects.filter(place=claim.place, is_open=True).order_by("capacity", "name"))
    needed = claim.people + len(claim.therapist_ids)
    fitting = [room for room in rooms if room.capacity >= needed and claim.room in {None, room}]
    if rooms and not fitting:
        raise HomeportError(_("No room there is large enough for everybody who comes."))
    return fitting


def _free_room(claim: Claim, rooms: Sequence[Room]) -> Room | None:
    if not rooms:
        return None
    taken = set(
        _held([room.pk for room in rooms], claim.begins_at, claim.ends_at).values_list(
            "resource_id", flat=True
        )
    )
    for room in rooms:
        if room.pk not in taken:
            return room
    raise Taken


def _reachable(claim: Claim) -> bool:
    """Whether each therapist comes from where they are before, and to where they go after."""
    if claim.place is None or not Travel.objects.exists():
        return True
    for therapist_id in claim.therapist_ids:
        placed = Occupancy.objects.filter(resource_id=therapist_id).exclude(place=None)
        live = placed.filter(Q(lapses_at=None) | Q(lapses_at__gt=now()))
        before = live.filter(ends_at__gt=claim.begins_at - LONGEST, ends_at__lte=claim.begins_at).order_by(
            "-ends_at"
        )
        after = live.filter(begins_at__gte=claim.ends_at, begins_at__lt=claim.ends_at + LONGEST).order_by(
            "begins_at"
        )
        for row, gap in (
            *((row, claim.begins_at - row.ends_at) for row in before[:1]),
            *((row, row.begins_at - claim.ends_at) for row in after[:1]),
        ):
            if row.place_id and gap < _way(row.place_id, claim.place.pk):
                return False
    return True


def _way(one: UUID, other: UUID) -> timedelta:
    both = Q(from_place_id=one, to_place_id=other) | Q(from_place_id=other, to_place_id=one)
    found = {way.from_place_id: way.minutes for way in Travel.objects.filter(both)} if one != other else {}
    return timedelta(minutes=found.get(one) or found.get(other) or 0)
