"""What is Ana's alone changes no byte of what leaves the house to Ben: letters, reminders, entries for his calendar."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.factories import accounts
from tests.factories.cases import a_couple
from tests.factories.people import a_person, a_practice, a_therapist, acting
from tests.factories.scheduling import Kind, an_appointment, offers, on, together, works
from tests.permissions.noninterference.walking import as_in_a_walk
from tests.permissions.undoing import undone

from homeport.content.screens import screen as questions
from homeport.core import randomness
from homeport.outbox.models import OutgoingMessage
from homeport.outbox.services.run_job import run_next_job
from homeport.people.models import Person
from homeport.people.services.change_person import change_person
from homeport.safety.models import ViolenceScreen
from homeport.safety.services.answer_screen import answer_screen
from homeport.safety.services.ask_screens import ask_screens
from homeport.scheduling.services.cancel_appointment import cancel_appointment
from homeport.scheduling.services.choose_reminders import choose_reminders
from homeport.scheduling.services.consent_to_time import consent_to_time
from homeport.scheduling.services.reschedule_appointment import reschedule_appointment

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
Act = Callable[["Home"], None]


class Home:
    """A couple in care together."""

    def __init__(self) -> None:
        a_practice()
        self.thea = accounts.signs_in(a_therapist("Thea"))
        works(self.thea)
        self.ana, self.ben = (accounts.signs_in(a_person(name)) for name in ("Ana", "Ben"))
        self.case = a_couple(self.ana, self.ben, lead=self.thea)
        together(self.case)
        self.alone, self.joint = offers(self.thea), offers(self.thea, Kind.COUPLE)
        ask_screens(actor=acting(self.thea), case_id=self.case.pk)
        self.meeting: Any = None


def nothing(_home: Home) -> None:
    """What Ana does in one of the worlds."""


def meets_alone(home: Home) -> None:
    made = an_appointment(home.case, home.alone, on(4, 11), subject=home.ana, by=home.ana)
    moved = reschedule_appointment(
        actor=acting(home.ana), appointment=made, begins_at=on(5, 11), version=made.version
    )
    cancel_appointment(actor=acting(home.ana), appointment=moved, version=moved.version)


def chooses_reminders(home: Home) -> None:
    choose_reminders(actor=acting(home.ana), person=home.ana, minutes=[60], by_text=True, version=0)


def wants_no_mail(home: Home) -> None:
    person = Person.objects.get(pk=home.ana.pk)
    wishes = {"may_mail": False, "never_at_home": True, "zone": "Asia/Tokyo", "wants_neutral_sender": False}
    change_person(actor=acting(home.ana), person=person, version=person.version, changes=wishes)


def is_afraid(home: Home) -> None:
    waiting = ViolenceScreen.objects.get(author_id=home.ana.pk)
    answer_screen(
        actor=acting(home.ana), screen=waiting, asked=questions("safe-at-home"), answers={"afraid": "yes"}
    )


def leaves_to_ben(private: Act) -> list[Any]:
    """Everything that was to go to Ben after each step and that went in the end, where Ana does this as well."""
    with undone():
        with randomness.seeded("home"):
            home = Home()
        with randomness.seeded("hers"):
            private(home)
        seen = []
        for step in (booked, agreed, moved):
            with randomness.seeded(step.__name__):
                step(home)
            told = OutgoingMessage.objects.filter(to=home.ben).order_by("key", "created_at")
            seen.append([(each.pk, each.key, each.words) for each in told])
        with randomness.seeded("sent"):
            while run_next_job():
                pass
        rows = OutgoingMessage.objects.filter(to=home.ben).order_by("key", "created_at")
        shown = ("pk", "key", "kind", "state", "channel", "message_id", "run_at", "until_at", "created_at")
        return [*seen, list(rows.values_list(*shown))]


def booked(home: Home) -> None:
    home.meeting = an_appointment(home.case, home.joint, on(9, 10), by=home.thea)


def agreed(home: Home) -> None:
    for who in (home.ana, home.ben):
        consent_to_time(actor=acting(who), appointment=home.meeting, comes=True)


def moved(home: Home) -> None:
    home.meeting.refresh_from_db()
    reschedule_appointment(
        actor=acting(home.thea), appointment=home.meeting, begins_at=on(9, 14), version=home.meeting.version
    )


@pytest.mark.parametrize("private", [meets_alone, chooses_reminders, wants_no_mail, is_afraid])
def test_what_is_anas_alone_changes_no_byte_of_what_ben_is_sent(private: Act, mailoutbox: list[Any]) -> None:
    with as_in_a_walk():
        without = leaves_to_ben(nothing)
        mailoutbox.clear()
        assert leaves_to_ben(private) == without
        assert all(any(words for *_, words in step) for step in without[:3]), "he was sent something at all"


def test_a_letter_that_hung_on_her_would_be_noticed(mailoutbox: list[Any]) -> None:
    def tells(home: Home) -> None:
        chooses_reminders(home)
        choose_reminders(actor=acting(home.thea), person=home.ben, minutes=[60], by_text=False, version=0)

    with as_in_a_walk():
        assert leaves_to_ben(tells) != leaves_to_ben(nothing)
