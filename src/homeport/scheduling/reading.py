"""What free times are worked out from, read by statements of our own.

A page asks for the times of two hundred therapists, and of many who want one time all but one must be told quickly what
else is free. Django takes longer to put these queries together than the database to answer them; here each is a text. What
is taken comes in one row a resource: thousands of times in a few milliseconds. Everything is in minutes since 1970.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from homeport.scheduling.models import BookingRules

_AHEAD = "ends_at > %s AND begins_at < %s"
SESSIONS, ELSEWHERE, AWAY = "scheduling_occupancy", "scheduling_busytime", "scheduling_away"
_SOURCES = (
    (SESSIONS, "resource_id", "place_id", f"{_AHEAD} AND (lapses_at IS NULL OR lapses_at > %s)"),
    (ELSEWHERE, "therapist_id", "", _AHEAD),
    (AWAY, "therapist_id", "", _AHEAD),
)
# Whole minutes around what is taken: many rows as one text, which is read at once below.
_FOLDED = {
    "postgresql": (
        "string_agg(floor(date_part('epoch', begins_at) / 60)::bigint::text, ','),"
        " string_agg(ceil(date_part('epoch', ends_at) / 60)::bigint::text, ',')"
    ),
    "sqlite": "group_concat(begins_at), group_concat(ends_at)",
}
_MINUTE = {
    "postgresql": "(extract(epoch FROM {0}) / 60)::bigint",
    "sqlite": "CAST(strftime('%%s', {0}) AS INTEGER) / 60",
}


class Times(NamedTuple):
    """The busy times of one resource at one place (or wherever), in step. ``kind``: the table they are from."""

    kind: str
    resource_id: UUID
    place_id: UUID | None
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]


class Weekly(NamedTuple):
    """A pattern, as it stands in its table."""

    therapist_id: UUID
    weekday: int
    begins: int
    ends: int
    zone: str
    every: int
    from_day: date
    until_day: date | None
    place_id: UUID | None
    room_id: UUID | None
    ways: Sequence[str]
    kinds: Sequence[str]


class Hours(NamedTuple):
    """One stretch of open time, wherever it comes from."""

    therapist_id: UUID
    begins: int
    ends: int
    place_id: UUID | None
    room_id: UUID | None
    ways: Sequence[str]
    kinds: Sequence[str]


class Offered(NamedTuple):
    """An offering, as far as its times go."""

    id: UUID
    therapist_id: UUID
    way: str
    minutes: int
    before: int
    after: int
    step: int
    places: int


class Bounds(NamedTuple):
    """How early and how late clients book: minutes of notice, days ahead."""

    notice: int
    horizon: int


class ARoom(NamedTuple):
    """A room, as far as its size goes."""

    id: UUID
    place_id: UUID
    capacity: int


def offered(
    therapist_ids: Collection[UUID], kind: str, way: str | None, *, by_clients: bool
) -> list[Offered]:
    """What these offer of a kind. One query."""
    among, given = _among("therapist_id", therapist_ids)
    columns = "id, therapist_id, way, minutes, buffer_before, buffer_after, step, places"
    sql = f"SELECT {columns} FROM scheduling_offering WHERE {among} AND kind = %s AND is_open"  # noqa: S608
    if way:
        sql, given = f"{sql} AND way = %s", [*given, kind, way]
    else:
        given = [*given, kind]
    rows = _rows(f"{sql} AND by_clients" if by_clients else sql, given)
    return [Offered(_id(row[0]), _id(row[1]), *row[2:]) for row in rows]


def bounds(therapist_ids: Collection[UUID]) -> dict[UUID, Bounds]:
    """The rules for each: their own, or the practice's, or what holds where nobody wrote any. One query."""
    among, given = _among("therapist_id", therapist_ids)
    sql = f"SELECT therapist_id, notice, horizon FROM scheduling_bookingrules WHERE {among} OR therapist_id IS NULL"  # noqa: S608
    found = {row[0] and _id(row[0]): Bounds(row[1], row[2]) for row in _rows(sql, given)}
    usual = BookingRules()
    general = found.get(None) or Bounds(usual.notice, usual.horizon)
    return {one: found.get(one, general) for one in therapist_ids}


def holidays(from_at: datetime, until_at: datetime) -> list[tuple[UUID | None, int, int]]:
    """When the practice is closed, or one place of it: place, begin, end. One query."""
    sql = f"SELECT place_id, {_span()} FROM scheduling_away WHERE therapist_id IS NULL AND {_AHEAD}"  # noqa: S608
    rows = _rows(sql, [_moment(from_at), _moment(until_at)])
    return [(row[0] and _id(row[0]), row[1], row[2]) for row in rows]


def weekly(therapist_ids: Collection[UUID], first: date, last: date) -> Iterator[Weekly]:
    """The patterns that hold on some of these days. One query."""
    among, given = _among("therapist_id", therapist_ids)
    holds = f"{among} AND from_day <= %s AND (until_day IS NULL OR until_day >= %s)"
    sql = f"SELECT {', '.join(Weekly._fields)} FROM scheduling_pattern WHERE {holds}"  # noqa: S608
    days = [day.isoformat() if connection.vendor == "sqlite" else day for day in (last, first)]
    for who, *when, place, room, how, kinds in _rows(sql, [*given, *days]):
        beside = place and _id(place), room and _id(room), _list(how), _list(kinds)
        yield Weekly._make((_id(who), *when, *beside))


def hours_more(therapist_ids: Collection[UUID], from_at: datetime, until_at: datetime) -> Iterator[Hours]:
    """Hours more. One query."""
    among, given = _among("therapist_id", therapist_ids)
    columns = f"therapist_id, {_span()}, place_id, room_id, ways, kinds"
    sql = f"SELECT {columns} FROM scheduling_extra WHERE {among} AND {_AHEAD}"  # noqa: S608
    for who, begins, ends, place, room, ways, kinds in _rows(
        sql, [*given, _moment(from_at), _moment(until_at)]
    ):
        yield Hours(
            _id(who), begins, ends, place and _id(place), room and _id(room), _list(ways), _list(kinds)
        )


def rooms(place_ids: Collection[UUID]) -> list[ARoom]:
    """The rooms of these places. One query, none without a place."""
    if not place_ids:
        return []
    among, given = _among("place_id", place_ids)
    sql = f"SELECT id, place_id, capacity FROM scheduling_room WHERE {among} AND is_open ORDER BY capacity, name"  # noqa: S608
    return [ARoom(_id(row[0]), _id(row[1]), row[2]) for row in _rows(sql, given)]


def ways(place_ids: Collection[UUID]) -> list[tuple[UUID, UUID, int]]:
    """How long it takes from one of these places to another. One query, none without a place."""
    if not place_ids:
        return []
    one, given = _among("from_place_id", place_ids)
    other, more = _among("to_place_id", place_ids)
    sql = f"SELECT from_place_id, to_place_id, minutes FROM scheduling_travel WHERE {one} AND {other}"  # noqa: S608
    return [(_id(row[0]), _id(row[1]), row[2]) for row in _rows(sql, [*given, *more])]


def busy_times(
    therapist_ids: Collection[UUID],
    room_ids: Collection[UUID],
    *,
    from_at: datetime,
    until_at: datetime,
    lapsed_at: datetime,
) -> list[Times]:
    """What is taken of these between two moments, in one query.

    Sessions and holds that have not lapsed at ``lapsed_at``, what therapists' own calendars say, and when they are away.
    """
    parts, values = [], []
    for table, column, place, where in _SOURCES:
        ids = [*therapist_ids, *room_ids] if table == SESSIONS else [*therapist_ids]
        among, given = _among(column, ids)
        by = f"{column}, {place}" if place else column
        parts.append(
            f"SELECT '{table}', {column}, {place or 'NULL'}, {_FOLDED[connection.vendor]}"  # noqa: S608
            f" FROM {table} WHERE {among} AND {where} GROUP BY {by}"
        )
        values += [*given, *(_moment(at) for at in (from_at, until_at, lapsed_at)[: where.count("%s")])]
    rows = _rows(" UNION ALL ".join(parts), values)
    if not rows:
        return []
    parted = np.cumsum([row[3].count(",") + 1 for row in rows])[:-1]
    begins = np.split(_minutes([row[3] for row in rows]), parted)
    ends = np.split(_minutes([row[4] for row in rows], late=True), parted)
    return [
        Times(kind, _id(resource), place and _id(place), *each)
        for (kind, resource, place, *_texts), *each in zip(rows, begins, ends, strict=True)
    ]


def is_taken(
    resource_ids: Collection[UUID], begins_at: datetime, ends_at: datetime, lapsed_at: datetime
) -> bool:
    """Whether anything of these is taken between two moments. One query."""
    among, given = _among("resource_id", resource_ids)
    where = f"{among} AND {_SOURCES[0][3]}"
    values = [*given, *(_moment(at) for at in (begins_at, ends_at, lapsed_at))]
    return bool(_rows(f"SELECT 1 FROM {SESSIONS} WHERE {where} LIMIT 1", values))  # noqa: S608


def _rows(sql: str, values: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[Any] = cursor.fetchall()
        return rows


def _among(column: str, ids: Collection[UUID]) -> tuple[str, list[Any]]:
    if connection.vendor == "postgresql":
        return f"{column} = ANY(%s)", [list(ids)]
    return f"{column} IN ({', '.join(['%s'] * len(ids)) or 'NULL'})", [one.hex for one in ids]


def _span() -> str:
    minute = _MINUTE[connection.vendor]
    return f"{minute.format('begins_at')}, {minute.format('ends_at')}"


def _id(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else _id_of(value)


# The same few come again and again: therapists and places, and which ways and kinds.
@lru_cache(maxsize=20_000)
def _id_of(text: str) -> UUID:
    return UUID(text)


@lru_cache(maxsize=1_000)
def _list(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _moment(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)


def _minutes(texts: Sequence[str], *, late: bool = False) -> NDArray[np.int64]:
    """The minutes that texts of many name. SQLite keeps moments as texts: the minute that each begins, or ends, in."""
    told = ",".join(texts)
    if connection.vendor == "postgresql":
        return np.fromstring(told, np.int64, sep=",")
    moments = np.array(told.split(","), "datetime64[us]").astype(np.int64)
    minute = 60_000_000
    return -(-moments // minute) if late else moments // minute
