"""How requests are shown: to whoever asked, and to whoever answers."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.timezone import make_naive
from django.utils.translation import gettext as _

from homeport.access.gate import Hidden
from homeport.access.wall import person_set
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.keys import KeyGone
from homeport.directory.carried import Lost, wishes_from_wire
from homeport.directory.hindsight import Before, History
from homeport.directory.models import Request
from homeport.directory.wishes import Wishes
from homeport.people.languages import language_name
from homeport.people.models import Person
from homeport.people.offers import Format, Together
from homeport.scheduling.presenters import city_of


@dataclass(frozen=True, slots=True)
class Own:
    """One request, for its author. ``state``: the word of its status; ``can_send``, ``can_take_back``: what buttons do."""

    id: UUID
    kind: str
    kind_words: str
    to: str
    state: str
    state_words: str
    words: str
    reply: str
    replied_at: datetime | None
    sent_at: datetime | None
    call_at: datetime | None  # on the wall, by the clock of ``zone``
    call_way: str
    zone: str
    can_send: bool
    can_take_back: bool
    opened: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """One request, for whoever answers it. ``words`` is None where they were erased."""

    row: Request
    kind_words: str
    called: str
    words: str | None
    to: str
    days: int
    call_at: datetime | None
    urgent: bool
    wishes: tuple[tuple[str, str], ...]


def open_own(author: Actor, request_id: UUID) -> Request:
    """The author's own request. Raises ``Hidden`` for any other. One query."""
    with person_set(author):
        found = Request.objects.filter(pk=request_id, author_id=author.person_id or UUID(int=0)).first()
    if found is None or found.status == Request.Status.LAPSED:
        raise Hidden
    return found


def names_of(rows: Iterable[Request]) -> dict[UUID, str]:
    """What therapists are called on these requests, by person. One query."""
    ids = {row.to_id for row in rows if row.to_id} | {row.first_to_id for row in rows if row.first_to_id}
    ids |= {row.author_id for row in rows}
    return {person.pk: person.name for person in Person.objects.filter(pk__in=ids)}


def shown_to_author(row: Request, names: Mapping[UUID, str] | None = None) -> Own:
    """The request as its author sees it. One query where no ``names`` were read."""
    named = names_of([row]) if names is None else names
    zone = _zone(row.zone)
    return Own(
        id=row.pk,
        kind=row.kind,
        kind_words=_KINDS[row.kind](),
        to=named.get(row.to_id, "") if row.to_id else _("Intake"),
        state=row.status,
        state_words=_STATES[row.status](),
        words=opened(row, "words") or "",
        reply=opened(row, "reply") or "",
        replied_at=row.replied_at,
        sent_at=row.sent_at,
        call_at=make_naive(row.call_at, zone) if row.call_at else None,
        call_way=str(Format(row.call_way).label) if row.call_way else "",
        zone=city_of(zone.key),
        can_send=row.status == Request.Status.UNSENT,
        can_take_back=row.may_become(Request.Status.WITHDRAWN),
        opened=row.opened_case_id is not None,
    )


def shown_to_staff(row: Request, names: Mapping[UUID, str]) -> Waiting:
    """The request as whoever answers it sees it."""
    return Waiting(
        row=row,
        kind_words=_KINDS[row.kind](),
        called=names.get(row.author_id, "") or opened(row, "called") or _("Somebody"),
        words=opened(row, "words"),
        to=named if row.to_id and (named := names.get(row.to_id, "")) else _("Intake"),
        days=(now() - (row.sent_at or row.created_at)).days,
        call_at=row.call_at,
        urgent=row.urgency == Request.Urgency.URGENT,
        wishes=tuple(_wishes(row)),
    )


def opened(row: Request, name: str) -> Any:
    """A sealed field; None where its key was destroyed."""
    try:
        return getattr(row, name)
    except KeyGone:
        return None


def wishes_of(row: Request) -> Wishes:
    """What they wish of a therapist, as far as they sent it along; else where and in which format alone."""
    held = opened(row, "wishes") or {}
    try:
        said = wishes_from_wire(held) if "concerns" in held or "where" in held else Wishes(where=row.where)
    except Lost:
        said = Wishes(where=row.where)
    return Wishes(**{**_as_fields(said), "where": row.where or said.where, "format": Together(row.format)})


def _as_fields(wishes: Wishes) -> dict[str, Any]:
    return {name: getattr(wishes, name) for name in Wishes.__dataclass_fields__}


def _wishes(row: Request) -> Iterable[tuple[str, str]]:
    """What was sent along, as (label, words)."""
    held = opened(row, "wishes") or {}
    yield _("Who would come"), str(Together(row.format).label)
    said = wishes_of(row)
    if said.concerns:
        yield _("What brings them"), _labels(said.concerns)
    if held.get("history"):
        yield _("What matters of their life"), _labels([History(each) for each in held["history"]])
    if held.get("before"):
        yield _("What went wrong before"), _labels([Before(each) for each in held["before"]])
    if said.way:
        yield _("How they would like to meet"), str(said.way.label)
    if said.language:
        yield _("Language"), language_name(said.language)


def _labels(codes: Collection[Any]) -> str:
    return ", ".join(str(code.label) for code in codes)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError):
        return ZoneInfo("UTC")


_KINDS: Mapping[str, Any] = {
    "question": lambda: _("A question"),
    "first_call": lambda: _("A first call"),
    "begin": lambda: _("A wish to begin"),
    "change": lambda: _("A wish for another therapist"),
}
_STATES: Mapping[str, Any] = {
    "unsent": lambda: _("Not sent yet"),
    "sent": lambda: _("Waits for an answer"),
    "answered": lambda: _("Answered"),
    "accepted": lambda: _("They said yes"),
    "declined": lambda: _("It is not possible"),
    "withdrawn": lambda: _("You took it back"),
    "lapsed": lambda: _("Never sent"),
}
