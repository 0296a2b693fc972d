"""A series in a calendar file: one entry that repeats, with what falls out and what was moved (RFC 5545, 3.8.4.4 and 3.8.5).

The file says exactly the meetings that are there: whatever the rule names and nobody meets for falls out of it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from homeport.scheduling.calendar.events import Event
from homeport.scheduling.recurrence import Rule
from homeport.scheduling.wall_clock import moment_of


def folded(uid: str, rule: Rule, meetings: Mapping[date, Event], sequence: int) -> list[Event]:
    """The meetings of a series, by the day of the rule that each stands for, as one entry and its exceptions.

    ``sequence``: how often anything of the series was changed. They stay as they are where one of them stands for no day of
    the rule.
    """
    days = sorted(meetings)
    named = _named(rule, days[-1]) if days else []
    if not days or not set(days) <= set(named):
        return [meetings[day] for day in days]
    first = meetings[days[0]]
    length = first.ends - first.starts
    usual = {day: moment_of(day, rule.minute, rule.zone) for day in named if day >= days[0]}
    bare = replace(rule, left_out=frozenset())
    going_on = replace(bare.from_day(days[0]), count=None, until=days[-1])
    master = replace(
        first,
        uid=uid,
        starts=usual[days[0]],
        ends=usual[days[0]] + length,
        zone=rule.zone,
        sequence=sequence,
        written_at=max(each.written_at for each in meetings.values()),
        rule=going_on.as_rrule(),
        left_out=tuple(at for day, at in usual.items() if day not in meetings),
    )
    moved = [
        replace(meetings[day], uid=uid, instead_of=usual[day], zone=rule.zone, sequence=master.sequence)
        for day in days
        if not _is_usual(meetings[day], master, usual[day] - meetings[day].starts, length)
    ]
    return [master, *moved]


def _is_usual(one: Event, master: Event, off: timedelta, length: timedelta) -> bool:
    is_alike = one.place == master.place and one.is_pending == master.is_pending
    return not off and one.ends - one.starts == length and is_alike


def _named(rule: Rule, last: date) -> list[date]:
    """Every day that the rule names, held or not, up to the last one that is met on."""
    found = []
    for day in replace(rule, left_out=frozenset()).days():
        if day > last:
            break
        found.append(day)
    return found
