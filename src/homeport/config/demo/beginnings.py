"""How the demo cases began, and when they meet: texts signed, forms filled in, formats decided, appointments, measures."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from homeport.access.wall import acting as in_their_name
from homeport.assessments.selectors import due_for
from homeport.assessments.services.begin import begin
from homeport.assessments.services.finish import finish
from homeport.assessments.services.save_answer import save_answer
from homeport.assessments.services.save_intake import mark_intake_read, save_intake_section
from homeport.cases.beginnings import asked_of
from homeport.cases.models import Case, FormatDecision, Participant
from homeport.cases.policies import INDIVIDUALLY_FIRST
from homeport.cases.services.sign_consent import sign_consent, text_for
from homeport.config.demo import words
from homeport.content.instruments import load_key
from homeport.content.intake import intake
from homeport.core.actor import Actor
from homeport.core.clock import now, standing_at
from homeport.core.versions import save_if_unchanged
from homeport.people.models import Guardianship, Person, Therapist
from homeport.people.services.keep_emergency_contact import Contact, keep_emergency_contact
from homeport.safety.services.decide_format import decide_format
from homeport.scheduling.models import Appointment, AppointmentPerson, Offering, Place
from homeport.scheduling.services.book_appointment import book_appointment, make_appointment
from homeport.scheduling.services.consent_to_time import consent_to_time
from homeport.scheduling.services.keep_hours import keep_pattern
from homeport.scheduling.services.keep_offering import keep_offering
from homeport.scheduling.services.keep_place import keep_place, keep_room
from homeport.scheduling.services.occupy import Claim, keep

ZONE = ZoneInfo("America/Toronto")
# A therapist's day, hour by hour; the first four cases of each meet on this weekday, the next four on the day after.
HOURS = (time(9), time(10, 30), time(13), time(14, 30))
# How many people's measures are answered: the others' wait for them.
ANSWERED = 8
Kind = Case.Kind
Meeting = Offering.Kind
MEETINGS = {
    Kind.INDIVIDUAL: Meeting.INDIVIDUAL, Kind.COUPLE: Meeting.COUPLE, Kind.FAMILY: Meeting.FAMILY,
    Kind.PARENT_CHILD: Meeting.PARENT_CHILD, Kind.GROUP: Meeting.GROUP,
}  # fmt: skip
PRICES = {Meeting.INDIVIDUAL: 14_000, Meeting.GROUP: 4_500, Meeting.FIRST_CALL: 0}


@dataclass
class Diaries:
    """Which hours are still free in each therapist's week, and how many measures were answered."""

    next_hour: dict[Person, int] = field(default_factory=dict)
    answered: int = 0


def acting(person: Person) -> Actor:
    """The person as they act."""
    return Actor("person", user_id=person.user_id, person_id=person.pk, via="demo")


def open_doors(manager: Person, therapists: list[Person]) -> None:
    """One house with four rooms, and what each therapist can be booked for, on weekdays from nine to five."""
    house = keep_place(
        actor=acting(manager),
        said={"name": "Harbour Street", "address": "12 Harbour Street", "zone": ZONE.key},
    )
    for name in ("The bay window", "The quiet room", "The garden room", "The long room"):
        keep_room(actor=acting(manager), place=house, said={"name": name, "capacity": 12})
    for number, person in enumerate(therapists):
        therapist = Therapist.objects.get(person=person)
        for kind in Meeting:
            _offer(
                person, therapist, kind, "video" if number % 2 or kind == Meeting.FIRST_CALL else "in_person"
            )
        for weekday in range(5):
            hours = {
                "weekday": weekday, "begins": 9 * 60, "ends": 17 * 60, "zone": ZONE.key,
                "from_day": now().date(), "place": None if number % 2 else house,
            }  # fmt: skip
            keep_pattern(actor=acting(person), therapist=therapist, said=hours)


def _offer(person: Person, therapist: Therapist, kind: Offering.Kind, way: str) -> None:
    said = {
        "kind": kind,
        "way": way,
        "minutes": 15 if kind == Meeting.FIRST_CALL else 50,
        "price": PRICES.get(kind, 17_500),
        "currency": "CAD",
        "places": 8 if kind == Meeting.GROUP else 4 if kind == Meeting.FAMILY else 2,
    }
    keep_offering(actor=acting(person), therapist=therapist, said=said)


def begin_well(
    chance: random.Random, diaries: Diaries, case: Case, lead: Person, opened: datetime, number: int
) -> None:
    """What came before the first session of one case, and its appointments before and after today."""
    parts = list(case.participants.select_related("person", "case").order_by("from_at", "pk"))
    late = number % 6 == 5  # some have not come to the end of it
    with standing_at(opened + timedelta(hours=2)):
        for part in parts:
            if part.person.user_id:
                _sign(part, part.person, all_of_it=not late)
                _fill_in(chance, part, lead, late=late)
        for standing in Guardianship.objects.filter(
            child__in=[part.person for part in parts], legal_authority=True
        ):
            part = next(each for each in parts if each.person_id == standing.child_id)
            _sign(part, standing.guardian, all_of_it=True)
    with standing_at(opened + timedelta(days=2)):
        for part in parts:
            answer_all(chance, diaries, part)
    if case.kind in INDIVIDUALLY_FIRST:
        with standing_at(opened + timedelta(days=6)):
            chosen = FormatDecision.Format.INDIVIDUAL_FIRST if late else FormatDecision.Format.JOINT
            decide_format(actor=acting(lead), case_id=case.pk, chosen=chosen, met_each_alone=True)
    if number % 9 != 8:  # the others are closed by now
        _meet(diaries, case, parts, lead, alone=late)


def _sign(part: Participant, signer: Person, *, all_of_it: bool) -> None:
    for each in asked_of(part, signer):
        if each.needed and (all_of_it or each.kind != "fees"):
            text = text_for(part, each.kind, signer).text
            sign_consent(
                actor=acting(signer), participant=part, signer=signer, kind=each.kind, text_hash=text.hash
            )


def _fill_in(chance: random.Random, part: Participant, lead: Person, *, late: bool) -> None:
    person, asked = part.person, intake()
    said: dict[str, dict[str, Any]] = {
        "brings": {"concerns": chance.sample(words.CONCERNS, 2), "words": chance.choice(words.BRINGS), "since": "months"},
        "goals": {"goals": [chance.choice(words.GOALS)]},
        "history": {"earlier": chance.sample(["parting", "moved", "alone", "loss"], 2), "now": ["money"]},
        "about": {"household": chance.choice(words.HOUSEHOLDS), "days": chance.choice(words.DAYS), "gender": None},
        "call": {}, "place": {},
    }  # fmt: skip
    for section in list(said)[: 2 if late else 6]:
        form = save_intake_section(
            actor=acting(person), case_id=part.case_id, asked=asked, section_id=section, answers=said[section],
            version=None,
        )  # fmt: skip
    if not late:
        contact = Contact(chance.choice(words.FIRST), "+1 416 555 0143", "A friend")
        keep_emergency_contact(actor=acting(person), person=person, contact=contact, version=None)
        mark_intake_read(actor=acting(lead), form=form)


def answer_all(chance: random.Random, diaries: Diaries, part: Participant) -> None:
    """The measures that came with the intake, answered in the middle of the scale or near it."""
    if not part.person.user_id or diaries.answered >= ANSWERED:
        return
    for waiting in due_for(part.person_id, case_id=part.case_id):
        by = acting(part.person)
        begun = begin(actor=by, assignment_id=waiting.pk)
        key = load_key(begun.instrument, begun.key_version)
        for item in begun.items:
            values = sorted(key.answers_for(item, begun.format).values)
            save_answer(
                actor=by, assignment_id=waiting.pk, item=item, value=chance.choice(values[1:-1] or values)
            )
        finish(actor=by, assignment_id=waiting.pk)
        diaries.answered += 1


def _meet(diaries: Diaries, case: Case, parts: list[Participant], lead: Person, *, alone: bool) -> None:
    """Every week at the same hour: the last one, this week's, and the next."""
    slot = diaries.next_hour.get(lead, 0)
    diaries.next_hour[lead] = slot + 1
    if slot >= 2 * len(HOURS):
        return
    joint = case.kind != Kind.INDIVIDUAL and not alone
    kind = MEETINGS[Kind(case.kind)] if joint else Meeting.INDIVIDUAL
    offering = Offering.objects.select_related("therapist__person").get(therapist__person=lead, kind=kind)
    subject = None if joint else next((part for part in parts if part.person.user_id), parts[0])
    place = Place.objects.get() if offering.way == "in_person" else None
    day = now().astimezone(ZONE).date() + timedelta(days=slot // len(HOURS))
    for weeks in (-1, 0, 1):
        begins = datetime.combine(day + timedelta(weeks=weeks), HOURS[slot % len(HOURS)], ZONE).astimezone(
            UTC
        )
        claim = Claim(offering, begins, place)
        about = subject.person_id if subject else None
        if begins < now():
            with standing_at(begins - timedelta(days=3)):
                _held(actor=acting(lead), claim=claim, case_id=case.pk, subject_id=about)
        else:
            made = book_appointment(
                actor=acting(lead),
                offering=offering,
                begins_at=begins,
                case_id=case.pk,
                subject_id=about,
                place=place,
            )
            _agree(made, parts)


@in_their_name
def _held(*, actor: Actor, claim: Claim, case_id: UUID, subject_id: UUID | None) -> None:
    """One that is over. Nobody is written to about it today, so that it is made without the letters."""
    made = make_appointment(
        actor=actor, claim=claim, case_id=case_id, subject_id=subject_id, side=Appointment.Side.PRACTICE
    )
    if made.status == Appointment.Status.PROPOSED:
        made.people.update(consent=AppointmentPerson.Consent.YES, answered_at=now())
        made.status, made.consent_until = Appointment.Status.BOOKED, None
        save_if_unchanged(made, made.version)
        keep(source_id=made.pk, lapses_at=None)


def _agree(made: Appointment, parts: list[Participant]) -> None:
    """Everybody says yes to the time of a joint meeting."""
    if made.status != Appointment.Status.PROPOSED:
        return
    for part in parts:
        if part.role != Participant.Role.CHILD and part.person.user_id:
            made = consent_to_time(actor=acting(part.person), appointment=made, comes=True)
