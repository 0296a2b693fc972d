"""When a group meets, for whoever may think of joining it: its rhythm, the next times, where. Nothing of who is in it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from homeport.access.wall import person_set
from homeport.core.clock import now
from homeport.scheduling.eyes import eyes_of, leads_of
from homeport.scheduling.forms.fields import WEEKDAYS
from homeport.scheduling.models import Appointment, Group, Place
from homeport.scheduling.presenters import city_of, my_zone, other_clock
from homeport.scheduling.recurrence import Unit, rule_from
from homeport.scheduling.wall_clock import DAY, zone_named

SAID = 3


@dataclass(frozen=True, slots=True)
class Coming:
    """One time that lies ahead. ``elsewhere``: what the group's own clock says, where the reader's says something else."""

    begins_at: datetime
    ends_at: datetime
    elsewhere: str


@dataclass(frozen=True, slots=True)
class Programme:
    """When and where a group meets. ``rhythms``: one for each series of it, by the group's own clock."""

    rhythms: tuple[str, ...] = ()
    coming: tuple[Coming, ...] = ()
    place: Place | None = None


def programmes(groups: Sequence[Group], *, zone: str = "") -> dict[UUID, Programme]:
    """The programme of each, by the id of the group. ``zone``: whose clock; left out, that of whoever reads the page.

    A group's times are seen by whoever comes and whoever treats it. They are read with the eyes of who leads it, and only
    when and where goes on from here. One query, and one more for each who leads some of them; none without a group.
    """
    if not groups:
        return {}
    rows = _ahead({one.case_id for one in groups})
    return {one.pk: _programme(rows[one.case_id], zone or my_zone()) for one in groups}


def _ahead(cases: set[UUID]) -> dict[UUID, list[Appointment]]:
    """What is booked of these, in its order."""
    led = leads_of(cases)
    found: dict[UUID, list[Appointment]] = defaultdict(list)
    for person_id in sorted(set(led.values())):
        theirs = [case_id for case_id, each in led.items() if each == person_id]
        booked = Appointment.objects.filter(
            case_id__in=theirs,
            subject_id=None,
            status=Appointment.Status.BOOKED,
            begins_at__gt=now(),
        ).select_related("place", "series__offering")
        with person_set(eyes_of(person_id, "group")):
            for row in booked.order_by("begins_at", "pk"):
                assert row.case_id is not None
                found[row.case_id].append(row)
    return found


def _programme(rows: Sequence[Appointment], zone: str) -> Programme:
    """``rows``: what is booked of one group."""
    if not rows:
        return Programme()
    here = zone_named(zone)
    first_of = {row.series_id: row for row in reversed(rows) if row.series_id}
    first = sorted(first_of.values(), key=lambda row: (row.begins_at, row.pk))
    coming = (
        Coming(row.begins_at, row.ends_at, other_clock(row.begins_at, row.zone, mine=here))
        for row in rows[:SAID]
    )
    return Programme(tuple(dict.fromkeys(_rhythm(row, zone) for row in first)), tuple(coming), rows[0].place)


def _rhythm(row: Appointment, zone: str) -> str:
    """How the series of this meeting recurs: "Every Tuesday, 18:00 to 19:30", and by whose clock where that differs."""
    assert row.series is not None
    rule = rule_from(row.series.rule)
    ends = rule.minute + row.series.offering.minutes
    said = _recurs(rule.unit, rule.every, rule.nth) % {
        "day": WEEKDAYS[rule.first.weekday()][1],
        "from": _clock(rule.minute),
        "to": _clock(ends % DAY),
        "number": rule.every,
    }
    if not other_clock(row.begins_at, rule.zone, mine=zone_named(zone)):
        return said
    return _("%(when)s (time in %(city)s)") % {"when": said, "city": city_of(rule.zone)}


def _recurs(unit: Unit, every: int, nth: int) -> str:
    if unit is Unit.WEEKS:
        if every == 1:
            return _("Every %(day)s, %(from)s to %(to)s")
        if every == 2:
            return _("Every second %(day)s, %(from)s to %(to)s")
        return _("Every %(number)d weeks on %(day)s, %(from)s to %(to)s")
    if every == 1:
        return {
            1: _("The first %(day)s of the month, %(from)s to %(to)s"),
            2: _("The second %(day)s of the month, %(from)s to %(to)s"),
            3: _("The third %(day)s of the month, %(from)s to %(to)s"),
            4: _("The fourth %(day)s of the month, %(from)s to %(to)s"),
        }.get(nth, _("The last %(day)s of the month, %(from)s to %(to)s"))
    return {
        1: _("Every %(number)d months, on the first %(day)s, %(from)s to %(to)s"),
        2: _("Every %(number)d months, on the second %(day)s, %(from)s to %(to)s"),
        3: _("Every %(number)d months, on the third %(day)s, %(from)s to %(to)s"),
        4: _("Every %(number)d months, on the fourth %(day)s, %(from)s to %(to)s"),
    }.get(nth, _("Every %(number)d months, on the last %(day)s, %(from)s to %(to)s"))


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
