"""What this room's pages read."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Min, Q

from homeport.access.rows import visible
from homeport.access.standing import Standing
from homeport.access.wall import person_set
from homeport.audit.models import AuditEvent
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now, today
from homeport.core.materials import Material
from homeport.people.models import Role
from homeport.people.selectors import the_practice
from homeport.safety.hours import Hours
from homeport.safety.levels import Known, Level
from homeport.safety.models import Alert, AlertNotice, ReadingHours

LIVE = (Alert.State.OPEN, Alert.State.ACKNOWLEDGED)


@dataclass(frozen=True, slots=True)
class HoursKept:
    """When somebody reads, and how soon an alert must have been acknowledged."""

    hours: Hours
    urgent: timedelta
    same_day: timedelta

    def within(self, level: Level) -> timedelta:
        """The time there is for an alert of this level."""
        return self.urgent if level is Level.URGENT else self.same_day


def hours_kept() -> HoursKept:
    """The practice's own, in its zone. Two queries."""
    kept = reading_hours()
    practice = the_practice()
    zone = ZoneInfo(practice.zone if practice else "UTC")
    weekly = {int(day): tuple(_stretch(*each) for each in spans) for day, spans in kept.weekly.items()}
    closed = frozenset(date.fromisoformat(day) for day in kept.closed)
    minutes = timedelta(minutes=kept.urgent_minutes), timedelta(minutes=kept.same_day_minutes)
    return HoursKept(Hours(zone, weekly, closed), *minutes)


def reading_hours() -> ReadingHours:
    """What the practice chose; what holds without a choice, unsaved, where it chose nothing. One query."""
    return ReadingHours.objects.first() or ReadingHours()


def _stretch(begin: str, end: str) -> tuple[time, time]:
    return time.fromisoformat(begin), time.fromisoformat(end)


@dataclass(frozen=True, slots=True)
class ReadingNow:
    """Whether anybody reads what is sent now. ``within``: how soon, while somebody does; ``next_at``: when the next does.

    ``are_known``: the practice said when it reads. Where it did not, nobody may rely on being read right away.
    """

    now: bool
    are_known: bool
    until: datetime | None
    next_at: datetime | None
    within: timedelta
    zone: ZoneInfo


def anyone_reading_now(moment: datetime | None = None) -> ReadingNow:
    """What a person may be told before and after they answer. Never better than what the practice wrote.

    Two queries.
    """
    kept, at = hours_kept(), moment or now()
    until = kept.hours.open_until(at)
    return ReadingNow(
        now=until is not None,
        are_known=kept.hours.are_known,
        until=until,
        next_at=kept.hours.next_open(at),
        within=kept.urgent,
        zone=kept.hours.zone,
    )


def known_answer(
    *, case_id: UUID, author_id: UUID, subject_id: UUID, instrument: str, item: str
) -> Known | None:
    """What a human wrote down as known and planned for, while it holds: the latest word alone. One query."""
    closed = Alert.objects.filter(
        case_id=case_id, author_id=author_id, subject_id=subject_id, instrument=instrument, item=item,
        state=Alert.State.CLOSED,
    )  # fmt: skip
    # Closing what was known anyway says nothing new; closing anything else without a day ends the plan.
    said = closed.filter(Q(level__gte=Level.SAME_DAY) | Q(planned_until__isnull=False))
    last = said.order_by("-closed_at", "pk").first()
    if last is None or last.planned_until is None or last.planned_until < today():
        return None
    return Known(int(last.last_said["value"] or 0), frozenset(last.reasons))


@dataclass(frozen=True, slots=True)
class OpenAlerts:
    """What waits for somebody, in numbers alone: nothing clinical is opened by reading it.

    ``urgent`` and ``others`` are open, ``overdue`` of them are past their time; ``in_hand`` are acknowledged, not closed.
    ``told``: notices to them about cases they do not work on, which they may open in an emergency.
    """

    urgent: int
    others: int
    overdue: int
    in_hand: int
    told: int
    first_due_at: datetime | None

    def __bool__(self) -> bool:
        return bool(self.urgent or self.others or self.in_hand or self.told)


def open_alerts_for(standing: Standing) -> OpenAlerts | None:
    """What to show on somebody's home page; None for whoever works on no case. Two queries, none for a client.

    For the home page: show it first, before everything else, with ``urgent`` or ``overdue`` as a danger notice, and link
    to the page ``alerts``. It opens nothing sealed and names nobody, so that no reading is written to the audit for it.
    """
    me = standing.person_id
    if me is None or not (standing.professional_cases or standing.is_clinician):
        return None
    moment = now()
    is_open, urgent = Q(state=Alert.State.OPEN), Q(level=Level.URGENT)
    asks = Q(level__gte=Level.SAME_DAY)
    with person_set(Actor("person", person_id=me)):
        found = visible(standing, Alert).filter(state__in=LIVE).aggregate(
            urgent=Count("pk", filter=is_open & urgent),
            others=Count("pk", filter=is_open & ~urgent),
            overdue=Count("pk", filter=is_open & asks & Q(due_at__lt=moment)),
            in_hand=Count("pk", filter=Q(state=Alert.State.ACKNOWLEDGED)),
            first_due_at=Min("due_at", filter=is_open & asks),
        )  # fmt: skip
    return OpenAlerts(told=len(told_of(standing)), **found)


def told_of(standing: Standing) -> list[AlertNotice]:
    """Notices to an intake clinician about cases that they do not work on: nobody else answered in time. One query.

    Whoever was told as one who works on the case, and does not any more, learns nothing further of it.
    """
    if standing.person_id is None or Role.INTAKE not in standing.roles:
        return []
    mine = AlertNotice.objects.filter(person_id=standing.person_id, answered_at=None)
    return list(mine.exclude(case_id__in=standing.professional_cases).order_by("told_at", "pk")[:50])


def told_about(alert_id: UUID) -> list[AlertNotice]:
    """Who was told of an alert, in the order in which they were. One query."""
    return list(
        AlertNotice.objects.filter(alert_id=alert_id).select_related("person").order_by("told_at", "pk")
    )


def seen_by(alert_id: UUID) -> list[AuditEvent]:
    """Who opened an alert and when, each person's first time, in order. One query. The audit is where it is kept."""
    read = AuditEvent.objects.filter(row_id=alert_id, material=Material.ALERT, verb=Verb.READ).order_by(
        "at", "pk"
    )
    first: dict[UUID | None, AuditEvent] = {}
    for event in read[:500]:
        first.setdefault(event.person_id, event)
    return list(first.values())
