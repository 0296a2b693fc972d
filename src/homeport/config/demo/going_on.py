"""What is going on in the demo practice today: who asks, who waits, what needs somebody's eyes, a group with places."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta

from homeport.assessments.models import Assignment, IntakeForm
from homeport.assessments.services.save_intake import save_intake_section
from homeport.assessments.services.share_measure import Piece, may_be_shown, share_measure
from homeport.cases.models import Case, Participant
from homeport.config.demo import words
from homeport.config.demo.beginnings import ZONE, Diaries, acting, answer_all
from homeport.content.intake import intake
from homeport.core.actor import Actor
from homeport.core.clock import now, standing_at
from homeport.core.ids import new_id
from homeport.directory.carried import wishes_to_wire
from homeport.directory.models import Request
from homeport.directory.services.answer_request import set_urgency
from homeport.directory.services.ask_to_begin import ask_to_begin
from homeport.directory.services.put_request import Call, Said, put_request
from homeport.directory.services.send_request import send_request
from homeport.people.models import Person
from homeport.people.offers import Together
from homeport.safety.models import Alert
from homeport.safety.services.acknowledge_alert import acknowledge_alert
from homeport.safety.services.keep_reading_hours import keep_reading_hours
from homeport.scheduling.models import Group, Offering
from homeport.scheduling.selectors import next_free
from homeport.scheduling.services.join_group import join_group
from homeport.scheduling.services.keep_group import open_group
from homeport.scheduling.services.wait_for_time import wait_for_time

Kind = Offering.Kind
MORNING, AFTERNOON = (time(9), time(12)), (time(13), time(17))


def keep_watch(manager: Person) -> None:
    """Weekdays from nine to twelve and from one to five somebody reads what comes in."""
    keep_reading_hours(
        actor=acting(manager), version=1, weekly={day: [MORNING, AFTERNOON] for day in range(5)}, closed=[],
        urgent_minutes=30, same_day_minutes=240,
    )  # fmt: skip


def go_on(
    chance: random.Random, therapist: Person, intake_clinician: Person, newcomer: Callable[[str], Person]
) -> None:
    """Today at this therapist's door, and at intake's. ``newcomer``: enters somebody who has an account and no case."""
    _ask(therapist)
    _wait_for_somebody(intake_clinician, newcomer)
    clients = _clients_of(therapist)
    _worry(chance, therapist, clients)
    for person in clients[1:3]:
        offering = Offering.objects.get(therapist__person=therapist, kind=Kind.INDIVIDUAL)
        wait_for_time(actor=acting(person), offering=offering, weekdays=(1, 3), not_before=15 * 60)
    _gather(therapist, clients[:2])
    _share(chance)


def _ask(therapist: Person) -> None:
    """A question, and a first call: by people without an account, who have confirmed them."""
    asks = Said(words.QUESTION, called="Marit", contact="marit@demo.example", where="CA-ON", zone=ZONE.key)
    calls = Said(called="Joss", contact="joss@demo.example", where="CA-ON", zone=ZONE.key)
    offering = Offering.objects.get(therapist__person=therapist, kind=Kind.FIRST_CALL)
    free = next_free([offering.therapist_id], offering_kind=Kind.FIRST_CALL)[offering.therapist_id]
    for hours, said, call in ((26, asks, None), (3, calls, Call(offering, free[-1].begins_at))):
        with standing_at(now() - timedelta(hours=hours)):
            key = new_id()
            nobody = Actor("anonymous", person_id=key, via="demo")
            put_request(actor=nobody, to_id=therapist.pk, key=key, said=said, call=call)
            send_request(actor=nobody, request_id=key)


def _wait_for_somebody(intake_clinician: Person, newcomer: Callable[[str], Person]) -> None:
    """The waiting list: three people who leave it to intake whom they begin with, one of them in a hurry."""
    for number, (name, brings, wishes) in enumerate(words.WAITING):
        with standing_at(now() - timedelta(days=12 - 4 * number)):
            wire = wishes_to_wire(replace(wishes, zone=ZONE.key))
            asked = ask_to_begin(
                actor=acting(newcomer(name)), to_id=None,
                said=Said(
                    words=brings, called=name.split()[0], zone=ZONE.key, where=wishes.where,
                    format=wishes.format or Together.INDIVIDUAL, wishes=wire,
                ),
            )  # fmt: skip
    set_urgency(
        actor=acting(intake_clinician), asked=asked, version=asked.version, urgency=Request.Urgency.SOON
    )


def _clients_of(therapist: Person) -> list[Person]:
    cases = Case.objects.filter(
        kind=Case.Kind.INDIVIDUAL, care_team__person=therapist, care_team__role="lead"
    ).exclude(status=Case.Status.CLOSED)
    return [case.participants.get().person for case in cases.order_by("opened_at", "pk")]


def _worry(chance: random.Random, therapist: Person, clients: list[Person]) -> None:
    """Two of them wrote something that somebody must read: one is in hand, the other is open."""
    for person, hours in zip(clients, (20, 1), strict=False):
        form = IntakeForm.objects.get(author_id=person.pk)
        assert form.case_id is not None
        said = {**form.answers("brings"), "words": chance.choice(words.WORRYING)}
        with standing_at(now() - timedelta(hours=hours)):
            save_intake_section(
                actor=acting(person), case_id=form.case_id, asked=intake(), section_id="brings", answers=said,
                version=form.version_of("brings"),
            )  # fmt: skip
    first = Alert.objects.filter(author_id=clients[0].pk).latest("created_at")
    with standing_at(now() - timedelta(hours=19)):
        acknowledge_alert(actor=acting(therapist), alert_id=first.pk)


def _gather(therapist: Person, members: list[Person]) -> None:
    """A group that is open to everybody, with two of its six places taken."""
    offering = Offering.objects.get(therapist__person=therapist, kind=Kind.GROUP)
    group: Group = open_group(
        actor=acting(therapist), offering=offering, name=words.GROUP, about=words.GROUP_ABOUT, places=6,
        is_open=True, names=False,
    )  # fmt: skip
    for person in members:
        join_group(actor=acting(therapist), group=group, person_id=person.pk)


def _share(chance: random.Random) -> None:
    """One partner answers what waits for them, and opens what came of it to the other."""
    couples = Participant.objects.filter(case__kind=Case.Kind.COUPLE).select_related("case", "person")
    part = couples.order_by("case__opened_at", "case_id", "pk")[0]
    answer_all(chance, Diaries(), part)
    done = Assignment.objects.filter(
        case_id=part.case_id, author_id=part.person_id, kind="own", state=Assignment.State.DONE
    )
    for other in may_be_shown(part.case_id, part.person_id):
        share_measure(
            actor=acting(part.person),
            assignment_id=done[0].pk,
            recipient_id=other.person_id,
            piece=Piece.SCORES,
        )
