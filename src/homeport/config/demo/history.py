"""Half a year of one case: sessions and their notes, what people wrote and shared, the screens they answered."""

import random
from datetime import datetime, timedelta

from homeport.cases.models import Case
from homeport.config.demo import words
from homeport.content.screens import screen
from homeport.core.actor import Actor
from homeport.core.clock import now, standing_at
from homeport.encounters.services.release_note import release_note
from homeport.encounters.services.sign_note import sign_note
from homeport.encounters.services.write_note import write_note
from homeport.exercises.services.share_entry import share_entry
from homeport.exercises.services.write_entry import write_entry
from homeport.people.models import Person
from homeport.safety.models import ViolenceScreen
from homeport.safety.services.answer_screen import answer_screen
from homeport.safety.services.ask_screens import ask_screens

FORTNIGHT = timedelta(days=14)
JOINT = {Case.Kind.COUPLE, Case.Kind.FAMILY}


def _acting(person: Person) -> Actor:
    return Actor("person", user_id=person.user_id, person_id=person.pk, via="demo")


def live_through(
    chance: random.Random, case: Case, lead: Person, people: list[Person], opened: datetime
) -> None:
    """Sessions every two weeks from the opening until now, with what happened between them."""
    if case.kind in JOINT:
        with standing_at(opened + timedelta(days=1)):
            ask_screens(actor=_acting(lead), case_id=case.pk)
        with standing_at(opened + timedelta(days=3)):
            _screens(case)
    moment = opened + timedelta(days=5)
    while moment < now():
        with standing_at(moment):
            _session(chance, case, lead, people)
        with standing_at(min(moment + timedelta(days=4), now())):
            _between(chance, case, people)
        moment += FORTNIGHT


def _session(chance: random.Random, case: Case, lead: Person, people: list[Person]) -> None:
    joint = case.kind in JOINT and chance.random() < 0.7
    about = None if joint or case.kind == Case.Kind.GROUP else chance.choice(people)
    said = chance.choice(words.NOTES if about else words.JOINT_NOTES)
    note = write_note(
        actor=_acting(lead), case_id=case.pk, subject_id=about.pk if about else None, words=said
    )
    if chance.random() < 0.9:
        sign_note(actor=_acting(lead), note=note, version=note.version)
        if chance.random() < 0.3:
            for person in [about] if about else people:
                if person.user_id:
                    release_note(actor=_acting(lead), note=note, recipient_id=person.pk)


def _between(chance: random.Random, case: Case, people: list[Person]) -> None:
    for person in people:
        if person.user_id and chance.random() < 0.4:
            entry = write_entry(actor=_acting(person), words=chance.choice(words.JOURNAL), case_id=case.pk)
            if chance.random() < 0.3:
                share_entry(actor=_acting(person), entry=entry)


def _screens(case: Case) -> None:
    asked = screen("safe-at-home")
    calmest = next(iter(asked.answers))
    for waiting in ViolenceScreen.objects.filter(case_id=case.pk, answered_at=None).order_by("pk"):
        person = Person.objects.get(pk=waiting.author_id)
        if person.user_id:
            answers = dict.fromkeys(asked.questions, calmest)
            answer_screen(actor=_acting(person), screen=waiting, asked=asked, answers=answers)
