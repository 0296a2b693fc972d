"""How times and meetings are shown: on the clock of whoever reads, with the other's clock said where it differs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import prefetch_related_objects
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from homeport.core.clock import now
from homeport.people.offers import Format
from homeport.scheduling.models import Appointment, AppointmentPerson, BookingRules, Offering, Place
from homeport.scheduling.selectors import FreeTime

Consent, Status = AppointmentPerson.Consent, Appointment.Status
ICONS = {
    Format.IN_PERSON: "map-pin", Format.VIDEO: "video-camera", Format.PHONE: "phone", Format.TEXT: "chat-bubble-left-right",
}  # fmt: skip


def city_of(zone: str) -> str:
    """A zone as people say it: "Toronto"."""
    return zone.rpartition("/")[2].replace("_", " ")


def my_zone() -> str:
    """The zone of whoever reads this page."""
    return timezone.get_current_timezone_name()


def other_clock(moment: datetime, zone: str, *, mine: tzinfo | None = None) -> str:
    """What the clock says in ``zone`` at that moment: "15:00 in Toronto"; empty where the reader's own says the same."""
    here, there = (
        moment.astimezone(mine or timezone.get_current_timezone()),
        moment.astimezone(ZoneInfo(zone)),
    )
    if here.utcoffset() == there.utcoffset():
        return ""
    clock = formats.date_format(there, "H:i" if there.date() == here.date() else "l H:i")
    return _("%(time)s in %(city)s") % {"time": clock, "city": city_of(zone)}


@dataclass(frozen=True, slots=True)
class Meeting:
    """One appointment as its people see it. ``others``: who else comes to a joint one."""

    id: UUID
    begins_at: datetime
    ends_at: datetime
    zone: str
    kind: str
    way: str
    icon: str
    therapist: str
    others: str
    place: Place | None
    room: str
    status: str
    version: int
    consent: str
    consent_until: datetime | None
    is_series: bool
    is_over: bool
    is_group: bool
    fee: str
    elsewhere: str

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.status == Status.CANCELLED

    @property
    def is_proposed(self) -> bool:
        """Whether it waits for everybody's yes."""
        return self.status == Status.PROPOSED

    @property
    def is_without_me(self) -> bool:
        """Whether the group meets and the reader said that they do not come."""
        return self.is_group and self.consent == Consent.NO

    @property
    def to_answer(self) -> bool:
        """Whether it waits for the reader's own answer."""
        return self.is_proposed and self.consent == Consent.ASKED and not self.is_over


def meetings(rows: Sequence[Appointment], me: UUID | None) -> list[Meeting]:
    """The rows as ``me`` sees them, in the order of their beginnings. Eight queries at most, however many they are."""
    prefetch_related_objects(
        rows, "therapist__person", "place", "room", "people__person", "co_therapists__therapist__person"
    )
    return sorted((meeting(row, me) for row in rows), key=lambda one: (one.begins_at, str(one.id)))


def meeting(row: Appointment, me: UUID | None) -> Meeting:
    """One row as ``me`` sees it."""
    people = list(row.people.all())
    mine = next((each.consent for each in people if each.person_id == me), "")
    others = [each.person.shown_name for each in people if each.person_id != me]
    # Members of a group know each other by the names they chose there, and not from here.
    named = "" if row.kind == Offering.Kind.GROUP else ", ".join(sorted(others))
    return Meeting(
        id=row.pk,
        begins_at=row.begins_at,
        ends_at=row.ends_at,
        zone=row.zone,
        kind=row.get_kind_display(),
        way=row.get_way_display(),
        icon=ICONS[Format(row.way)],
        therapist=led_by(row),
        others=named,
        place=row.place,
        room=row.room.name if row.room else "",
        status=row.status,
        version=row.version,
        consent=mine,
        consent_until=row.consent_until,
        is_series=row.series_id is not None,
        is_group=row.kind == Offering.Kind.GROUP,
        is_over=row.begins_at <= now(),
        fee=money(row.price, row.currency),
        elsewhere=other_clock(row.begins_at, row.zone),
    )


def led_by(row: Appointment) -> str:
    """Everybody who leads it, by name: whom it is with first."""
    beside = sorted(each.therapist.person.shown_name for each in row.co_therapists.all())
    return ", ".join((row.therapist.person.shown_name, *beside))


def money(amount: int, currency: str) -> str:
    """An amount in the smallest unit, as people write it; empty for nothing."""
    if not amount:
        return ""
    whole, rest = divmod(amount, 100)
    return f"{whole}.{rest:02} {currency}".strip() if rest else f"{whole} {currency}".strip()


@dataclass(frozen=True, slots=True)
class Choice:
    """One free time that can be pressed."""

    value: str
    begins_at: datetime
    place: str
    elsewhere: str


@dataclass
class Day:
    """One day of the reader's own calendar with what is free on it."""

    date: date
    times: list[Choice] = field(default_factory=list)


def by_day(times: Iterable[FreeTime], places: dict[UUID, Place], zone: str) -> list[Day]:
    """Free times by the days of the reader. ``zone``: of the therapist. A place is named where there are several."""
    found = list(times)
    several = len({one.place_id for one in found if one.place_id}) > 1
    days: dict[date, Day] = {}
    for one in found:
        here = timezone.localtime(one.begins_at)
        place = places.get(one.place_id) if one.place_id else None
        shown = Choice(
            written(one.begins_at, one.place_id),
            one.begins_at,
            place.name if place and several else "",
            other_clock(one.begins_at, place.zone if place else zone),
        )
        days.setdefault(here.date(), Day(here.date())).times.append(shown)
    return [days[day] for day in sorted(days)]


def written(begins_at: datetime, place_id: UUID | None) -> str:
    """A time as a button sends it."""
    return f"{begins_at:%Y%m%dT%H%M}Z{place_id or ''}"


def lateness(rules: BookingRules, price: int) -> dict[str, Any]:
    """What a page says of the late window before anybody presses anything."""
    return {"hours": rules.late // 60, "share": rules.late_share if price else 0}


def weeks(first: date, count: int) -> tuple[datetime, datetime]:
    """From the beginning of a day, where the reader is, through so many weeks."""
    here = timezone.get_current_timezone()
    begin = datetime(first.year, first.month, first.day, tzinfo=here)
    end = first + timedelta(weeks=count)
    return begin, datetime(end.year, end.month, end.day, tzinfo=here)
