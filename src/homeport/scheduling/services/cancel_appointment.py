"""Call a meeting off."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from homeport.access.gate import Hidden
from homeport.access.standing import standing_of
from homeport.access.wall import acting
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.core.versions import Changed, save_if_unchanged
from homeport.scheduling.letters import News
from homeport.scheduling.models import Appointment, Offering, Series
from homeport.scheduling.policies import Side, check_late_cancel, check_open, is_late, side_in
from homeport.scheduling.recurrence import rule_from
from homeport.scheduling.services.leave_meeting import stay_away
from homeport.scheduling.services.occupy import release
from homeport.scheduling.services.take_place import give_up_places
from homeport.scheduling.services.tell_people import tell_people
from homeport.scheduling.services.wait_for_time import look_for_waiting

Status, GROUP = Appointment.Status, Offering.Kind.GROUP


@acting
def cancel_appointment(
    *,
    actor: Actor,
    appointment: Appointment,
    version: int,
    accept_late: bool = False,
    reason: str = "",
    asked_by: Appointment.Side | None = None,
) -> None:
    """Cancel it, for everybody who was to come; its time is free at once. A member of a group only does not come.

    Either side may. Whoever was to come and is late must have said that they know (``accept_late``), or ``Late`` says what
    it costs. ``asked_by``: the practice does it for whoever was to come and asked for it, as if they had; of a group nobody
    asks for all. Raises ``Hidden`` for anybody else, ``Changed`` when somebody was faster.
    """
    side = side_in(standing_of(actor), appointment)
    check_open(appointment)
    if asked_by is not None:
        side = _for_others(appointment, side, asked_by)
    late = side == Side.CLIENT and is_late(appointment)
    if late and not accept_late:
        check_late_cancel(appointment)
    if side == Side.CLIENT and appointment.kind == GROUP:
        if appointment.version != version:
            raise Changed
        stay_away(actor=actor, appointment=appointment, late=late)
        return
    call_off(actor=actor, appointment=appointment, version=version, side=side, late=late, reason=reason)


def _for_others(appointment: Appointment, side: Side, asked_by: Side) -> Side:
    """On whose side it is cancelled, when the practice says who asked for it."""
    if side != Side.PRACTICE:
        raise Hidden
    if asked_by == Side.CLIENT and appointment.kind == GROUP:
        raise HomeportError(
            _(
                "A group meets also when somebody cannot come. They say so themselves, among their appointments."
            )
        )
    return asked_by


def call_off(
    *,
    actor: Actor,
    appointment: Appointment,
    version: int,
    side: Appointment.Side,
    late: bool,
    reason: str = "",
    leaves_series: bool = True,
) -> None:
    """Cancel it in the transaction of whoever calls, who has looked whether that may be.

    ``leaves_series``: the rule of its series, which others of it go by, leaves its day out. False where several of it end
    together: whoever calls tells of all of them in one letter.
    """
    appointment.status = Status.CANCELLED
    appointment.cancelled_at = appointment.changed_at = now()
    appointment.cancelled_side, appointment.was_late = side, late
    appointment.consent_until = None
    appointment.changes += 1
    if reason:
        appointment.reason = reason
    save_if_unchanged(appointment, version)
    if leaves_series and appointment.series_id and appointment.series_day:
        leave_out(appointment.series_id, appointment.series_day)
    release(source_id=appointment.pk)
    give_up_places(appointment)
    look_for_waiting(therapist_id=appointment.therapist_id, begins_at=appointment.begins_at)
    if leaves_series:
        tell_people(actor=actor, appointment=appointment, news=News.CANCELLED)
    record(
        actor=actor, verb=Verb.WITHDRAW, material=appointment.material, row_id=appointment.pk,
        case_id=appointment.case_id, subject_id=appointment.subject_id,
    )  # fmt: skip


def leave_out(series_id: UUID, day: date) -> None:
    """One day of a series is not held."""
    series = Series.objects.select_for_update().get(pk=series_id)
    series.rule = rule_from(series.rule).without(day).as_data()
    series.changes += 1
    series.changed_at = now()
    save_if_unchanged(series, series.version)
