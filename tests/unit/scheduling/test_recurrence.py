"""What recurs: against dateutil and zoneinfo, across every kind of change of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from tests.factories.rules import MOST, by_dateutil, rules

from homeport.people.errors import Unfit
from homeport.scheduling.recurrence import LAST, Rule, Unit, nth_in_month, rule_from

TUESDAY = date(2027, 3, 2)
TORONTO = "America/Toronto"


def weekly(**more: Any) -> Rule:
    return Rule(**{"first": TUESDAY, "minute": 10 * 60, "zone": TORONTO, **more})


def test_random_rules_are_those_of_dateutil() -> None:
    for rule in rules(seed=4, number=600):
        assert [one.at for one in rule.occurrences(MOST)] == by_dateutil(rule), rule


def test_the_wall_clock_stays_when_the_clocks_change() -> None:
    found = weekly(count=3).occurrences()
    assert [one.at.astimezone(ZoneInfo(TORONTO)).time() for one in found] == [time(10)] * 3
    # The clocks go forward on 14 March 2027: an hour earlier in UTC.
    assert [one.at.hour for one in found] == [15, 15, 14]


def test_a_time_in_a_gap_is_taken_later_and_of_a_fold_the_first() -> None:
    in_gap = Rule(first=date(2027, 3, 14), minute=150, zone=TORONTO, count=2).occurrences()
    assert [one.at for one in in_gap] == [
        datetime(2027, 3, 14, 7, 30, tzinfo=UTC),  # 03:30, the clock having gone from two to three
        datetime(2027, 3, 21, 6, 30, tzinfo=UTC),
    ]
    in_fold = Rule(first=date(2027, 11, 7), minute=90, zone=TORONTO, count=1).occurrences()
    assert in_fold[0].at == datetime(2027, 11, 7, 5, 30, tzinfo=UTC)


def test_the_first_tuesday_and_the_last_friday() -> None:
    first = weekly(unit=Unit.MONTHS, nth=1, count=4)
    assert [day.isoformat() for day in first.days()] == [
        "2027-03-02",
        "2027-04-06",
        "2027-05-04",
        "2027-06-01",
    ]
    last = Rule(first=date(2027, 1, 29), minute=0, zone="UTC", unit=Unit.MONTHS, nth=LAST, every=2, count=3)
    assert [day.isoformat() for day in last.days()] == ["2027-01-29", "2027-03-26", "2027-05-28"]
    assert (nth_in_month(date(2027, 3, 30)), nth_in_month(date(2027, 2, 23), LAST)) == (LAST, LAST)


def test_a_day_left_out_still_counts() -> None:
    rule = weekly(count=4).without(TUESDAY + timedelta(weeks=1))
    assert [day.isoformat() for day in rule.days()] == ["2027-03-02", "2027-03-16", "2027-03-23"]


@pytest.mark.parametrize("end", [{"count": 10}, {"until": TUESDAY + timedelta(weeks=18)}, {}])
@pytest.mark.parametrize("unit", [{"unit": Unit.MONTHS, "nth": 1}, {"every": 2}])
def test_before_and_after_a_day_are_the_whole(end: dict[str, Any], unit: dict[str, Any]) -> None:
    rule = weekly(**unit, **end)
    days = [one.day for one in rule.occurrences(8)]
    rule = rule.without(days[1])
    for day in days[2:5]:
        before, after = rule.until_before(day), rule.from_day(day)
        assert before is not None
        held = [*before.days(), *(one.day for one in after.occurrences(40))]
        assert held[:20] == [one.day for one in rule.occurrences(60)][:20]
        assert after.count is None or after.count < 10
    assert rule.until_before(TUESDAY) is None


def test_a_series_can_be_moved_to_another_day_and_time() -> None:
    rule = weekly(count=5).without(TUESDAY + timedelta(weeks=1)).shifted(2, 9 * 60)
    found = rule.occurrences()
    assert [one.day.weekday() for one in found] == [3] * 4
    assert found[0].at == datetime(2027, 3, 4, 14, tzinfo=UTC)
    monthly = weekly(unit=Unit.MONTHS, nth=1, count=3).shifted(7, 600)
    assert [day.isoformat() for day in monthly.days()] == ["2027-03-09", "2027-04-13", "2027-05-11"]
    # Seven first Tuesdays, the second left out, become seven second Wednesdays, the second left out.
    ended = weekly(unit=Unit.MONTHS, nth=1, until=date(2027, 9, 7)).without(date(2027, 4, 6)).shifted(8, 600)
    assert [day.isoformat() for day in ended.days()] == [
        "2027-03-10", "2027-05-12", "2027-06-09", "2027-07-14", "2027-08-11", "2027-09-08"
    ]  # fmt: skip


def test_it_is_kept_and_read_again() -> None:
    for rule in rules(seed=5, number=50):
        assert rule_from(rule.as_data()) == rule


def test_it_is_written_as_calendars_write_it() -> None:
    rule = weekly(every=2, until=date(2027, 5, 11))
    assert rule.as_rrule() == "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270511T140000Z"
    for one in rules(seed=6, number=100):
        plain = Rule(
            **{name: getattr(one, name) for name in ("first", "minute", "zone", "unit", "every", "nth")}
        )
        begins = datetime.combine(one.first, time(*divmod(one.minute, 60)))
        read = rrulestr(plain.as_rrule(), dtstart=begins)
        assert [day.date() for day in read[:20]] == [found.day for found in plain.occurrences(20)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"zone": "Mars/Olympus"}, {"zone": "../etc/passwd"}, {"minute": 1440}, {"minute": -1}, {"every": 0},
        {"every": 53}, {"count": 0}, {"count": 521}, {"until": date(2027, 3, 1)},
        {"count": 2, "until": date(2028, 1, 1)}, {"unit": Unit.MONTHS}, {"unit": Unit.MONTHS, "nth": 2},
        {"nth": 1}, {"first": date(1, 1, 1)}, {"first": date(9999, 12, 31)},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_said(wrong: dict[str, Any]) -> None:
    with pytest.raises(Unfit):
        weekly(**wrong)


def test_a_day_that_is_none_of_the_series() -> None:
    with pytest.raises(Unfit):
        weekly(count=3).from_day(TUESDAY + timedelta(days=1))
    with pytest.raises(Unfit):
        weekly(count=3).from_day(TUESDAY + timedelta(weeks=3))
    with pytest.raises(Unfit):
        weekly(until=TUESDAY).from_day(TUESDAY + timedelta(weeks=1))
