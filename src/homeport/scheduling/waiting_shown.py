"""Who waits for a time, as pages say it: in the order in which they asked, with what would do for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from homeport.access.standing import Standing
from homeport.scheduling.forms.fields import WEEKDAYS
from homeport.scheduling.models import Waiting
from homeport.scheduling.policies import arranges_for
from homeport.scheduling.presenters import city_of, my_zone
from homeport.scheduling.wall_clock import DAY


@dataclass(frozen=True, slots=True)
class InLine:
    """One who waits. ``name``: empty for somebody whom the reader does not treat."""

    number: int
    row: Waiting
    name: str
    wish: str


def in_line(rows: Iterable[Waiting], cases: Iterable[UUID]) -> list[InLine]:
    """These, in their order. ``cases``: those whose people the reader may name."""
    known = set(cases)
    return [
        InLine(number, row, row.person.shown_name if row.case_id in known else "", wish_of(row))
        for number, row in enumerate(rows, 1)
    ]


@dataclass(frozen=True, slots=True)
class Waits:
    """A wish for a time that the reader may take back. ``child``: whose it is, where they stand for one; else empty.
    ``query``: what the address ends in that keeps the child."""

    row: Waiting
    wish: str
    child: str
    query: str


def waits_of(standing: Standing) -> list[Waits]:
    """The times that the reader waits for, and those that children wait for whom they stand for. One query."""
    pairs = standing.guards_with_appointments
    whose = Q(person_id=standing.person_id) | Q(person_id__in={child for _case, child in pairs})
    rows = Waiting.objects.filter(whose, ended_at=None, group=None)
    found = rows.select_related("therapist__person", "person", "hold").order_by("since", "pk")
    return [
        Waits(row, wish_of(row), *_child(row, standing))
        for row in found
        if arranges_for(standing, case_id=row.case_id, person_id=row.person_id)
    ]


def _child(row: Waiting, standing: Standing) -> tuple[str, str]:
    own = row.person_id == standing.person_id
    return ("", "") if own else (row.person.shown_name, f"?child={row.person_id}")


def wish_of(row: Waiting) -> str:
    """Which times would do: "Monday, Wednesday, from 16:00"; any time, where nothing was said."""
    days = ", ".join(str(name) for number, name in WEEKDAYS if int(number) in row.weekdays)
    hours = _hours(row.not_before, row.not_after)
    said = ", ".join(filter(None, (days, hours)))
    if not said:
        return _("Any time")
    if hours and row.zone != my_zone():
        return _("%(when)s (time in %(city)s)") % {"when": said, "city": city_of(row.zone)}
    return said


def _hours(begins: int, ends: int) -> str:
    clock = {"from": _clock(begins), "until": _clock(ends)}
    if begins and ends < DAY:
        return _("%(from)s to %(until)s") % clock
    if begins:
        return _("from %(from)s") % clock
    return _("until %(until)s") % clock if ends < DAY else ""


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
