"""Book a time."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from homeport.access.standing import standing_of
from homeport.access.wall import acting
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.models import Participant
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.people.models import Therapist
from homeport.scheduling.availability import rules_of
from homeport.scheduling.letters import News
from homeport.scheduling.models import (
    Appointment,
    AppointmentPerson,
    CoTherapist,
    Hold,
    Offering,
    Place,
    Room,
    Series,
    Waiting,
)
from homeport.scheduling.policies import Side, check_kind, check_therapists, side_of, who_comes
from homeport.scheduling.selectors import FreeTime, free_times
from homeport.scheduling.services.occupy import (
    Claim,
    Taken,
    What,
    occupy,
    refuse_early,
    release,
    with_next_times,
)
from homeport.scheduling.services.take_place import take_places
from homeport.scheduling.services.tell_people import tell_people

Consent, Status = AppointmentPerson.Consent, Appointment.Status


def book_appointment(  # noqa: PLR0913 - all that there is to say of a booking, by name
    *,
    actor: Actor,
    offering: Offering,
    begins_at: datetime,
    case_id: UUID,
    subject_id: UUID | None,
    place: Place | None = None,
    room: Room | None = None,
    co_therapist_ids: Sequence[UUID] = (),
    hold: Hold | None = None,
    reason: str = "",
) -> Appointment:
    """Book one meeting of a case: about one person (``subject_id``), or joint (None), which everybody is asked for.

    Whoever comes books what is offered to them; the practice books any time that is not taken. ``hold``: the time was kept
    for whoever books. Raises ``Taken`` with the next free times when somebody was faster, ``Hidden`` for whoever arranges
    nothing there, ``HomeportError`` for a time that cannot be. Booked by them already, it is returned as it is.
    """
    claim = Claim(offering, begins_at, place, room, co_therapist_ids=tuple(co_therapist_ids))
    # Nobody learns anything here who arranges nothing there.
    side = side_of(standing_of(actor), case_id=case_id, subject_id=subject_id)
    try:
        if hold is None:
            refuse_early(claim)
            claim = as_offered(claim) if side == Side.CLIENT else claim
        return _book(
            actor=actor, claim=claim, case_id=case_id, subject_id=subject_id, hold=hold, reason=reason
        )
    except Taken as taken:
        there = _there_already(actor=actor, claim=claim, case_id=case_id, subject_id=subject_id)
        if there is not None:
            return there
        raise with_next_times(taken, claim) from None


@acting
def _there_already(
    *, actor: Actor, claim: Claim, case_id: UUID, subject_id: UUID | None
) -> Appointment | None:
    """The same meeting, booked by the same person before: their form was sent twice."""
    if actor.person_id is None:
        return None
    same = Appointment.objects.filter(
        case_id=case_id,
        subject_id=subject_id,
        offering=claim.offering,
        begins_at=claim.begins_at,
        author_id=actor.person_id,
    )
    return same.exclude(status=Status.CANCELLED).first()


@acting
def _book(
    *, actor: Actor, claim: Claim, case_id: UUID, subject_id: UUID | None, hold: Hold | None, reason: str = ""
) -> Appointment:
    """The same in one transaction, for a time that was offered (:func:`as_offered`), or with a hold on it."""
    if hold is None:
        # On SQLite those who come late have waited for the one who writes: they go at once.
        refuse_early(claim)
    side = side_of(standing_of(actor), case_id=case_id, subject_id=subject_id)
    if hold is not None:
        # What was kept for them was offered to them; or, in this case, to the child for whom they may book.
        waits = Waiting.objects.filter(hold_id=hold.pk, case_id=case_id)
        kept_for = waits.values_list("person_id", flat=True).first()
        use_hold(hold, claim, whose={actor.person_id, subject_id if kept_for == subject_id else None})
        claim = replace(claim, place=hold.place)
    appointment = make_appointment(
        actor=actor, claim=claim, case_id=case_id, subject_id=subject_id, side=side, reason=reason,
        row_id=hold.pk if hold else None,
    )  # fmt: skip
    tell_people(actor=actor, appointment=appointment, news=asked_or(News.BOOKED, appointment))
    return appointment


def make_appointment(  # noqa: PLR0913 - all that there is to say of one, by name
    *,
    actor: Actor,
    claim: Claim,
    case_id: UUID,
    subject_id: UUID | None,
    side: Appointment.Side,
    reason: str = "",
    series: Series | None = None,
    series_day: date | None = None,
    row_id: UUID | None = None,
) -> Appointment:
    """One appointment with its occupancy and whoever comes, in the transaction of whoever calls.

    ``row_id``: of the hold that it takes the place of, so that a form sent again finds what came of it.
    """
    offering = claim.offering
    check_kind(offering, case_id=case_id, subject_id=subject_id)
    therapists = dict(Therapist.objects.filter(pk__in=claim.therapist_ids).values_list("pk", "person_id"))
    check_therapists(case_id, therapists.values())
    parts = who_comes(case_id, subject_id)
    claim = replace(claim, people=max(len(parts), offering.places if offering.kind == KIND.GROUP else 1))
    about: dict[str, Any] = {"case_id": case_id, "subject_id": subject_id}
    appointment = Appointment(
        **about,
        **_terms(claim),
        author_id=actor.person_id or therapists[offering.therapist_id],
        reason=reason or None,
        series=series,
        series_day=series_day,
        **({"pk": row_id} if row_id else {}),
    )
    people = [_person(appointment, part, actor, side) for part in parts]
    ask_everybody(appointment, people)
    until = appointment.consent_until
    appointment.room = occupy(claim=claim, what=What.APPOINTMENT, source_id=appointment.pk, lapses_at=until)
    appointment.save(force_insert=True)
    AppointmentPerson.objects.bulk_create(people)
    CoTherapist.objects.bulk_create(
        CoTherapist(appointment=appointment, therapist_id=one) for one in claim.therapist_ids[1:]
    )
    if offering.kind == KIND.GROUP:
        take_places(appointment, people)
    record(actor=actor, verb=Verb.CREATE, material=appointment.material, row_id=appointment.pk, **about)
    return appointment


def _terms(claim: Claim) -> dict[str, Any]:
    """What is offered, as it is now, and when and where."""
    offering = claim.offering
    copied = {name: getattr(offering, name) for name in ("therapist_id", "kind", "way", "price", "currency")}
    zone = claim.place.zone if claim.place else offering.therapist.person.zone
    return copied | {
        "offering": offering,
        "begins_at": claim.begins_at,
        "ends_at": claim.ends_at,
        "zone": zone,
        "place": claim.place,
    }


KIND = Offering.Kind


def asked_or(news: News, appointment: Appointment) -> News:
    """What to tell: that something happened, or first that everybody is asked."""
    return News.ASKED if appointment.status == Status.PROPOSED else news


def ask_everybody(appointment: Appointment, people: Sequence[AppointmentPerson]) -> None:
    """Say what the appointment waits for: nothing, or everybody's yes to its time, which must come while it is kept."""
    asked = [person for person in people if person.consent != Consent.YES]
    if not appointment.is_joint or appointment.kind == KIND.GROUP or not asked:
        appointment.status, appointment.consent_until = Status.BOOKED, None
        return
    rules = rules_of([appointment.therapist_id])[appointment.therapist_id]
    appointment.status = Status.PROPOSED
    appointment.consent_until = min(now() + timedelta(hours=rules.consent), appointment.begins_at)


def as_offered(claim: Claim) -> Claim:
    """The claim as it is offered to clients, with its place. Raises ``Taken`` for a time that is not offered."""
    offering = claim.offering
    found = free_times(
        [offering.therapist_id],
        offering_kind=offering.kind,
        way=offering.way,
        from_at=claim.begins_at,
        until_at=claim.begins_at + timedelta(minutes=1),
    )[offering.therapist_id]
    fitting = [one for one in found if _fits(one, claim)]
    if claim.begins_at <= now():
        raise HomeportError(_("This time is in the past. Please choose a later one."))
    if not fitting:
        raise Taken
    place_id = fitting[0].place_id
    place = Place.objects.get(pk=place_id) if place_id else None
    return replace(claim, place=place, room=None, co_therapist_ids=())


def use_hold(hold: Hold, claim: Claim, *, whose: Collection[UUID | None]) -> None:
    """Give back what was kept for one of these. Raises ``Taken`` when it has lapsed or is none of theirs."""
    right = (
        hold.person_id in whose
        and hold.offering_id == claim.offering.pk
        and hold.begins_at == claim.begins_at
    )
    if right:
        Waiting.objects.filter(hold_id=hold.pk).update(hold=None, ended_at=now())
    if not right or hold.lapses_at <= now() or not Hold.objects.filter(pk=hold.pk).delete()[0]:
        raise Taken
    release(source_id=hold.pk)


def _fits(one: FreeTime, claim: Claim) -> bool:
    same_place = claim.place is None or one.place_id == claim.place.pk
    return one.begins_at == claim.begins_at and one.offering_id == claim.offering.pk and same_place


def _person(
    appointment: Appointment, part: Participant, actor: Actor, side: Appointment.Side
) -> AppointmentPerson:
    """Whoever books for themselves has agreed; a child is not asked."""
    agrees = part.role == Participant.Role.CHILD or (
        side == Side.CLIENT and actor.person_id == part.person_id
    )
    return AppointmentPerson(
        appointment=appointment,
        person_id=part.person_id,
        consent=Consent.YES if agrees else Consent.ASKED,
        answered_at=now() if agrees else None,
    )
