"""Change one meeting of a series, it and all that follow, or all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from homeport.access.standing import standing_of
from homeport.access.wall import acting
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.core.versions import Changed, save_if_unchanged
from homeport.scheduling.letters import News
from homeport.scheduling.models import Appointment, Offering, Place, Series
from homeport.scheduling.policies import Side, check_kind, check_late_cancel, check_open, is_late, side_in
from homeport.scheduling.recurrence import Occurrence, Rule, minute_of, rule_from
from homeport.scheduling.services.book_series import SeriesTaken, laid_out, tell_of_series
from homeport.scheduling.services.cancel_appointment import call_off, cancel_appointment
from homeport.scheduling.services.occupy import Claim, Taken, release
from homeport.scheduling.services.reschedule_appointment import move, reschedule_appointment

Status = Appointment.Status


class Scope(StrEnum):
    """How much of a series a change is about."""

    ONE = "one"
    FOLLOWING = "following"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Move:
    """Where to: ``begins_at`` of the meeting in question, from which the others follow; another way or place as well."""

    begins_at: datetime
    offering: Offering | None = None
    place: Place | None = None


def change_series(
    *,
    actor: Actor,
    appointment: Appointment,
    scope: Scope,
    version: int,
    to: Move | None,
    accept_late: bool = False,
) -> list[Appointment]:
    """Move (``to``) or call off (None) this meeting, it and those after it, or all that are still to come.

    What has taken place stays as it was: then a second series goes on from there. A meeting that had been moved by itself
    moves with the others; what was called off stays so. All or nothing: raises ``SeriesTaken`` where some of the new times
    are not free, and ``Late``, ``Hidden``, ``Changed`` as for one meeting. Returns the meetings that changed.
    """
    if scope is Scope.ONE or appointment.series_id is None:
        return [_one(actor, appointment, version, to, accept_late)]
    return _several(
        actor=actor, appointment=appointment, scope=scope, version=version, to=to, accept_late=accept_late
    )


def _one(
    actor: Actor, appointment: Appointment, version: int, to: Move | None, accept_late: bool
) -> Appointment:
    if to is None:
        cancel_appointment(actor=actor, appointment=appointment, version=version, accept_late=accept_late)
        return appointment
    return reschedule_appointment(
        actor=actor,
        appointment=appointment,
        begins_at=to.begins_at,
        version=version,
        offering=to.offering,
        place=to.place,
    )


@acting
def _several(
    *, actor: Actor, appointment: Appointment, scope: Scope, version: int, to: Move | None, accept_late: bool
) -> list[Appointment]:
    side = side_in(standing_of(actor), appointment)
    check_open(appointment)
    series = Series.objects.select_for_update().get(appointments=appointment)
    ahead = series.appointments.exclude(status=Status.CANCELLED).filter(begins_at__gt=now())
    if scope is Scope.FOLLOWING:
        ahead = ahead.filter(series_day__gte=appointment.series_day)
    affected = list(ahead.order_by("series_day", "pk"))
    if not any(one.pk == appointment.pk and one.version == version for one in affected):
        raise Changed
    if to is None:
        if side == Side.CLIENT and appointment.kind == Offering.Kind.GROUP:
            raise HomeportError(_("You can leave the group, or say of each time that you do not come."))
        if side == Side.CLIENT and is_late(affected[0]) and not accept_late:
            check_late_cancel(affected[0])
        end_series(actor=actor, series=series, affected=affected, side=side)
        return affected
    if side == Side.CLIENT:
        raise HomeportError(_("Please ask your therapist for another regular time."))
    return _shift(actor, series, affected, appointment, to)


def end_series(
    *, actor: Actor, series: Series, affected: Sequence[Appointment], side: Appointment.Side
) -> None:
    """Call off these meetings, the last of a series in their order, in the transaction of whoever calls: one letter."""
    for one in affected:
        call_off(
            actor=actor,
            appointment=one,
            version=one.version,
            side=side,
            late=side == Side.CLIENT and is_late(one),
            leaves_series=False,
        )
    rule, day = rule_from(series.rule), _day(affected[0])
    _close(series, rule.until_before(day))
    tell_of_series(actor, affected, News.CANCELLED)


def _shift(
    actor: Actor, series: Series, affected: Sequence[Appointment], chosen: Appointment, to: Move
) -> list[Appointment]:
    rule = rule_from(series.rule)
    wall = to.begins_at.astimezone(ZoneInfo(rule.zone))
    days = (wall.date() - _day(chosen)).days
    old = rule.from_day(_day(affected[0]))
    new = old.shifted(days, minute_of(wall.time()))
    later = dict(zip((one.day for one in old.occurrences()), laid_out(new), strict=False))
    going_on = _going_on(actor, series, rule.until_before(_day(affected[0])), new, to)
    for one in affected:
        release(source_id=one.pk)
    places = [(one, later[_day(one)]) for one in affected]
    taken = [at for one, at in places if not _follow(actor, one, at, going_on, to)]
    if taken:
        raise SeriesTaken(taken, len(affected))
    tell_of_series(actor, affected, News.MOVED)
    return list(affected)


def _follow(actor: Actor, one: Appointment, at: Occurrence, series: Series, to: Move) -> bool:
    """Let one meeting go along with its series. Returns whether its new time was free."""
    others = tuple(one.co_therapists.order_by("pk").values_list("therapist_id", flat=True))
    offering = to.offering or one.offering
    if offering.therapist_id != one.therapist_id or offering.kind != one.kind:
        raise Taken
    if one.case_id is not None:
        check_kind(offering, case_id=one.case_id, subject_id=one.subject_id)
    claim = Claim(offering, at.at, to.place or one.place, None, one.people.count(), others)
    one.series, one.series_day = series, at.day
    try:
        with transaction.atomic():
            move(actor=actor, appointment=one, claim=claim, version=one.version, side=Side.PRACTICE)
    except Taken:
        return False
    return True


def _going_on(actor: Actor, series: Series, before: Rule | None, new: Rule, to: Move) -> Series:
    """The series that holds from here on: the same where nothing lies before, otherwise one that follows it."""
    offering, place = to.offering or series.offering, to.place or series.place
    if before is None or not any(before.days()):
        series.rule, series.offering, series.place = new.as_data(), offering, place
        series.changed_at = now()
        series.changes += 1
        save_if_unchanged(series, series.version)
        return series
    following = Series(
        case_id=series.case_id,
        subject_id=series.subject_id,
        author_id=actor.person_id or series.author_id,
        offering=offering,
        place=place,
        rule=new.as_data(),
        follows_id=series.pk,
    )
    following.save(force_insert=True)
    _close(series, before)
    return following


def _close(series: Series, rule: Rule | None) -> None:
    if rule is not None:
        series.rule = rule.as_data()
    series.ended_at = series.changed_at = now()
    series.changes += 1
    save_if_unchanged(series, series.version)


def _day(appointment: Appointment) -> date:
    assert appointment.series_day is not None
    return appointment.series_day
