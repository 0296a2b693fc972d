"""Say whether the time of a joint meeting is right."""

from uuid import UUID

from django.utils.translation import gettext as _

from homeport.access.gate import Hidden
from homeport.access.standing import Standing, standing_of
from homeport.access.wall import acting, person_set
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.core.versions import save_if_unchanged
from homeport.scheduling.eyes import eyes_of, leads_of
from homeport.scheduling.letters import News
from homeport.scheduling.models import Appointment, AppointmentPerson, Offering
from homeport.scheduling.policies import check_open
from homeport.scheduling.services.book_appointment import ask_everybody
from homeport.scheduling.services.book_series import tell_of_series
from homeport.scheduling.services.count_change import count_change
from homeport.scheduling.services.occupy import Taken, keep

Consent, Status = AppointmentPerson.Consent, Appointment.Status


@acting
def consent_to_time(
    *,
    actor: Actor,
    appointment: Appointment,
    comes: bool,
    person_id: UUID | None = None,
    whole_series: bool = False,
) -> Appointment:
    """Agree to the time, or say that one cannot come; with everybody's yes it is booked.

    ``person_id``: the child for whom a guardian answers. ``whole_series``: the same answer to every other time of its
    series that still waits for one; what is booked with it is told in one letter. A no leaves the meeting as it is, for
    the practice to find another time; whoever said it can change their mind while the time is kept. Raises ``Taken`` when
    that is over, ``Hidden`` for whoever was not asked.
    """
    standing = standing_of(actor)
    answering = _answering(standing, appointment, person_id)
    with person_set(_eyes(actor, standing, appointment)):
        return _consent(actor, appointment, answering, comes, whole_series)


def _eyes(actor: Actor, standing: Standing, appointment: Appointment) -> Actor:
    """Whoever takes part sees the time; who only stands for a child does not see it whole, and answers all the same."""
    case_id = appointment.case_id
    if case_id is None or case_id in standing.participates_in:
        return actor
    leads = leads_of([case_id])
    return eyes_of(leads[case_id], "guardian") if case_id in leads else actor


def _consent(
    actor: Actor, appointment: Appointment, answering: UUID, comes: bool, whole_series: bool
) -> Appointment:
    # Two who say yes at once come one after the other: the later one sees that everybody has.
    held = Appointment.objects.select_for_update().get(pk=appointment.pk)
    check_open(held)
    if held.kind == Offering.Kind.GROUP:
        raise HomeportError(
            _("A group meets at its own times. Say of each that you do not come, if you cannot.")
        )
    if held.status == Status.PROPOSED and (held.consent_until is None or held.consent_until <= now()):
        raise Taken
    rows = [held, *(_rest_of(held) if whole_series else ())]
    settled = [row for row in rows if _answer(actor, row, answering, comes)]
    if not held.people.filter(person_id=answering).exists():
        raise Hidden
    count_change(held.series_id if settled else None)
    tell_of_series(actor, sorted(settled, key=lambda row: row.begins_at), News.BOOKED)
    return held


def _rest_of(appointment: Appointment) -> list[Appointment]:
    """The other meetings of its series whose time still waits for answers."""
    if appointment.series_id is None:
        return []
    waits = Appointment.objects.select_for_update().filter(
        series_id=appointment.series_id, status=Status.PROPOSED, consent_until__gt=now(), begins_at__gt=now()
    )
    return list(waits.exclude(pk=appointment.pk).order_by("begins_at", "pk"))


def _answer(actor: Actor, held: Appointment, answering: UUID, comes: bool) -> bool:
    """Write one answer down. Returns whether the meeting is booked with it."""
    answered = held.people.filter(person_id=answering)
    if not answered.update(consent=Consent.YES if comes else Consent.NO, answered_at=now()):
        return False
    record(
        actor=actor, verb=Verb.CHANGE, material=held.material, row_id=held.pk, case_id=held.case_id,
        subject_id=answering,
    )  # fmt: skip
    return settle(held)


def settle(held: Appointment) -> bool:
    """Book what waited only for the last yes, in the transaction of whoever calls. Returns whether it did."""
    if held.status != Status.PROPOSED:
        return False
    ask_everybody(held, list(held.people.all()))
    if held.status != Status.BOOKED:
        return False
    if not keep(source_id=held.pk, lapses_at=None):
        raise Taken
    held.changed_at = now()
    save_if_unchanged(held, held.version)
    return True


def _answering(standing: Standing, appointment: Appointment, person_id: UUID | None) -> UUID:
    """For whom this person answers: themselves, or a child they guard."""
    whom = person_id or standing.person_id
    guards = (appointment.case_id, whom) in standing.guards_with_appointments
    if whom is None or not (whom == standing.person_id or guards):
        raise Hidden
    return whom
