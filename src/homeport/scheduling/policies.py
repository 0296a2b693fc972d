"""What may be done with an appointment, and by which side. Who sees it at all, `access` says."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from homeport.access.gate import Hidden
from homeport.access.on_cases import relations_to_case
from homeport.access.standing import Standing
from homeport.access.table import Relation
from homeport.cases.models import CareTeamMember, Case, Participant
from homeport.cases.policies import may_meet_jointly, why_not_jointly
from homeport.cases.services.open_case import TREATS
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.people.models import Role, RoleHolding
from homeport.people.models.lasting import holds_at
from homeport.scheduling.availability import rules_of
from homeport.scheduling.models import Appointment, Offering

Side = Appointment.Side
# Who arranges appointments for others without knowing why they come.
ARRANGES = frozenset({Role.DESK, Role.MANAGER})
JOINT = frozenset(Offering.Kind) - {Offering.Kind.INDIVIDUAL, Offering.Kind.FIRST_CALL}


class Late(HomeportError):
    """It is too late to cancel without a fee, or to move it. ``share``: of the price that it costs, in hundredths."""

    def __init__(self, message: str, share: int) -> None:
        super().__init__(message)
        self.share = share


def side_of(standing: Standing, *, case_id: UUID | None, subject_id: UUID | None) -> Appointment.Side:
    """On which side this person arranges appointments of the case about ``subject_id`` (none: joint ones).

    Raises ``Hidden`` for whoever arranges none there. Nobody who takes part in a case is on the practice's side of it.
    """
    takes_part = case_id in standing.participates_in
    if (
        standing.person_id is not None
        and (standing.person_id == subject_id or (takes_part and subject_id is None))
    ) or (case_id, subject_id) in standing.guards_with_appointments:
        return Side.CLIENT
    cares = case_id is not None and Relation.CARE_TEAM in relations_to_case(standing, case_id)
    if not takes_part and (cares or standing.roles & ARRANGES):
        return Side.PRACTICE
    raise Hidden


def arranges_for(standing: Standing, *, case_id: UUID | None, person_id: UUID) -> bool:
    """Whether they are this person, or stand for them in this case and may see when they come."""
    return (
        standing.person_id == person_id or (case_id, person_id) in standing.guards_with_appointments
    ) and standing.person_id is not None


def side_in(standing: Standing, appointment: Appointment) -> Appointment.Side:
    """The same for one appointment."""
    return side_of(standing, case_id=appointment.case_id, subject_id=appointment.subject_id)


def check_kind(offering: Offering, *, case_id: UUID, subject_id: UUID | None) -> None:
    """Raise ``HomeportError`` where this kind of meeting is not for one, or not for several, or joint work is not open."""
    if not offering.is_open:
        raise HomeportError(_("This kind of meeting is not offered any more."))
    if (offering.kind in JOINT) != (subject_id is None):
        raise HomeportError(
            _("This kind of meeting is for one person.")
            if subject_id is None
            else _("This kind of meeting is for several people.")
        )
    if subject_id is None and not may_meet_jointly(case_id):
        raise HomeportError(why_not_jointly())


def check_therapists(case_id: UUID, person_ids: Collection[UUID]) -> None:
    """Raise ``Hidden`` unless all of these work on the case, and still treat people here."""
    treats = RoleHolding.objects.filter(holds_at(now()), role__in=TREATS, person_id=OuterRef("person_id"))
    team = CareTeamMember.objects.filter(
        holds_at(now()), Exists(treats), case_id=case_id, person_id__in=person_ids
    )
    if team.values("person_id").distinct().count() != len(set(person_ids)):
        raise Hidden


def who_comes(case_id: UUID, subject_id: UUID | None) -> list[Participant]:
    """The participants that an appointment is with: of a group whoever is in it by now. Raises ``Hidden`` for somebody who
    does not take part."""
    parts = Participant.objects.filter(holds_at(now()), case_id=case_id).order_by("from_at", "pk")
    found = list(parts if subject_id is None else parts.filter(person_id=subject_id))
    if not found and (subject_id or not Case.objects.filter(pk=case_id, kind=Case.Kind.GROUP).exists()):
        raise Hidden
    return found


def is_late(appointment: Appointment) -> bool:
    """Whether cancelling it now, by whoever was to come, counts as late."""
    rules = rules_of([appointment.therapist_id])[appointment.therapist_id]
    return appointment.begins_at - now() < timedelta(minutes=rules.late)


def check_open(appointment: Appointment) -> None:
    """Raise ``HomeportError`` for what is over or was cancelled."""
    if appointment.status == Appointment.Status.CANCELLED:
        raise HomeportError(_("This appointment was cancelled."))
    if appointment.begins_at <= now():
        raise HomeportError(_("This appointment has begun. It can no longer be changed here."))


def check_own_to_move(appointment: Appointment) -> None:
    """Raise ``HomeportError`` where whoever comes is one of a group: it meets when it meets."""
    if appointment.kind == Offering.Kind.GROUP:
        raise HomeportError(
            _("A group meets at its own times. You can say that you do not come to this one.")
        )


def check_late_move(appointment: Appointment) -> None:
    """Raise ``Late`` where whoever was to come moves it too late."""
    if is_late(appointment):
        hours = rules_of([appointment.therapist_id])[appointment.therapist_id].late // 60
        raise Late(
            _("Less than %(hours)d hours before, please call us to find another time.") % {"hours": hours}, 0
        )


def check_late_cancel(appointment: Appointment) -> None:
    """Raise ``Late``, with what it costs, where whoever was to come cancels late and has not said that they know."""
    if not is_late(appointment):
        return
    rules = rules_of([appointment.therapist_id])[appointment.therapist_id]
    if rules.late_share and appointment.price:
        message = _(
            "It is less than %(hours)d hours before. Cancelling now costs %(share)d%% of the fee. "
            "Say that this is right, then it is cancelled."
        )
    else:
        message = _(
            "It is less than %(hours)d hours before. Say that you want to cancel, then it is cancelled."
        )
    raise Late(message % {"hours": rules.late // 60, "share": rules.late_share}, rules.late_share)
