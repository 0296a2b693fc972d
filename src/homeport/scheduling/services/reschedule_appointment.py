"""Move a meeting to another time."""

from datetime import datetime
from uuid import UUID

from homeport.access.standing import standing_of
from homeport.access.wall import acting
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.models import Participant
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.versions import save_if_unchanged
from homeport.people.models import Guardianship
from homeport.people.models.guardianship import stands_for_child_at
from homeport.people.models.lasting import holds_at
from homeport.scheduling.letters import News
from homeport.scheduling.models import Appointment, AppointmentPerson, Offering, Place
from homeport.scheduling.policies import (
    Side,
    check_kind,
    check_late_move,
    check_open,
    check_own_to_move,
    side_in,
)
from homeport.scheduling.services.book_appointment import KIND, as_offered, ask_everybody, asked_or
from homeport.scheduling.services.count_change import count_change
from homeport.scheduling.services.occupy import Claim, Taken, What, occupy, release, with_next_times
from homeport.scheduling.services.take_place import give_up_places, take_places
from homeport.scheduling.services.tell_people import tell_people
from homeport.scheduling.services.wait_for_time import look_for_waiting

Consent = AppointmentPerson.Consent


def reschedule_appointment(
    *,
    actor: Actor,
    appointment: Appointment,
    begins_at: datetime,
    version: int,
    offering: Offering | None = None,
    place: Place | None = None,
) -> Appointment:
    """Move it, and with another ``offering`` of the same therapist and kind meet in another way.

    Everybody is asked anew whether the time of a joint one is right. The old time is given back only when the new one is
    theirs: otherwise everything stays. Raises ``Taken`` with the next free times, ``Late`` for whoever comes and moves it
    too late, ``Hidden``, ``Changed`` and ``HomeportError`` as booking does.
    """
    wanted = offering or appointment.offering
    stays = wanted.pk == appointment.offering_id
    there = place or (appointment.place if stays else None)
    others = tuple(appointment.co_therapists.order_by("pk").values_list("therapist_id", flat=True))
    claim = Claim(wanted, begins_at, there, None, appointment.people.count(), others)
    try:
        return _move(actor=actor, appointment=appointment, claim=claim, version=version)
    except Taken as taken:
        raise with_next_times(taken, claim) from None


@acting
def _move(*, actor: Actor, appointment: Appointment, claim: Claim, version: int) -> Appointment:
    side = side_in(standing_of(actor), appointment)
    check_open(appointment)
    if claim.offering.therapist_id != appointment.therapist_id or claim.offering.kind != appointment.kind:
        raise Taken
    if claim.offering.pk != appointment.offering_id and appointment.case_id is not None:
        check_kind(claim.offering, case_id=appointment.case_id, subject_id=appointment.subject_id)
    moved = Appointment.objects.get(pk=appointment.pk)
    if version != moved.version and _is_there(moved, claim):
        return moved  # the form was sent twice: it is where they want it
    if side == Side.CLIENT:
        check_own_to_move(appointment)
        check_late_move(appointment)
    release(source_id=moved.pk)
    if side == Side.CLIENT:
        offered = as_offered(claim)
        claim = Claim(
            claim.offering, claim.begins_at, offered.place, None, claim.people, claim.co_therapist_ids
        )
    move(actor=actor, appointment=moved, claim=claim, version=version, side=side)
    count_change(moved.series_id)
    tell_people(actor=actor, appointment=moved, news=asked_or(News.MOVED, moved))
    return moved


def _is_there(appointment: Appointment, claim: Claim) -> bool:
    return (appointment.begins_at, appointment.offering_id) == (claim.begins_at, claim.offering.pk) and (
        claim.place is None or claim.place.pk == appointment.place_id
    )


def move(
    *, actor: Actor, appointment: Appointment, claim: Claim, version: int, side: Appointment.Side
) -> Appointment:
    """Move it in the transaction of whoever calls, who has looked whether that may be."""
    release(source_id=appointment.pk)
    give_up_places(appointment)
    look_for_waiting(therapist_id=appointment.therapist_id, begins_at=appointment.begins_at)
    appointment.offering, appointment.way = claim.offering, claim.offering.way
    appointment.begins_at, appointment.ends_at = claim.begins_at, claim.ends_at
    appointment.place = claim.place
    if claim.place is not None:
        appointment.zone = claim.place.zone
    appointment.changed_at = now()
    appointment.changes += 1
    people = list(appointment.people.order_by("pk"))
    if appointment.is_joint and appointment.kind != KIND.GROUP:
        _ask_anew(appointment, people, actor if side == Side.CLIENT else None)
    ask_everybody(appointment, people)
    appointment.room = occupy(
        claim=claim,
        what=What.APPOINTMENT,
        source_id=appointment.pk,
        lapses_at=appointment.consent_until,
    )
    save_if_unchanged(appointment, version)
    if appointment.kind == KIND.GROUP:
        take_places(appointment, people)
    record(
        actor=actor, verb=Verb.CHANGE, material=appointment.material, row_id=appointment.pk,
        case_id=appointment.case_id, subject_id=appointment.subject_id,
    )  # fmt: skip
    return appointment


def _ask_anew(appointment: Appointment, people: list[AppointmentPerson], mover: Actor | None) -> None:
    unasked = _children_nobody_answers_for(appointment, people)
    for person in people:
        agrees = person.person_id in unasked or (mover is not None and person.person_id == mover.person_id)
        person.consent = Consent.YES if agrees else Consent.ASKED
        person.answered_at = now() if agrees else None
        person.save(update_fields=["consent", "answered_at"])


def _children_nobody_answers_for(appointment: Appointment, people: list[AppointmentPerson]) -> set[UUID]:
    """Children with whom no guardian comes: they are not asked, as when it was booked."""
    if appointment.case_id is None:
        return set()
    coming = [each.person_id for each in people]
    children = Participant.objects.filter(
        holds_at(now()), case_id=appointment.case_id, person__in=coming, role=Participant.Role.CHILD
    )
    guarded = Guardianship.objects.filter(stands_for_child_at(now()), child__in=coming, guardian__in=coming)
    return set(children.values_list("person_id", flat=True)) - set(guarded.values_list("child_id", flat=True))
