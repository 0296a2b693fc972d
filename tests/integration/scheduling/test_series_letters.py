"""A series is told in one letter, whatever happens to it; each of its meetings has a reminder of its own."""

from datetime import date

import pytest
from tests.factories import accounts
from tests.factories.cases import an_individual
from tests.factories.people import a_person, a_therapist, acting
from tests.factories.post import sent
from tests.factories.scheduling import TORONTO, offers, on, works

from homeport.outbox.models import OutgoingMessage
from homeport.people.models import Person
from homeport.scheduling.recurrence import Rule
from homeport.scheduling.services.book_series import book_series
from homeport.scheduling.services.change_series import Move, Scope, change_series

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_morning")]


def reminders() -> int:
    return OutgoingMessage.objects.filter(kind="meeting-reminder", state="waiting").count()


def test_booked_moved_and_called_off_in_one_letter_each() -> None:
    thea = a_therapist("Thea")
    works(thea)
    cleo = accounts.signs_in(a_person("Cleo"))
    Person.objects.update(zone=TORONTO)
    case = an_individual(cleo, lead=thea)
    offering = offers(thea)
    rule = Rule(first=date(2027, 3, 2), minute=600, zone=TORONTO, count=8)
    made = book_series(actor=acting(thea), offering=offering, rule=rule, case_id=case.pk, subject_id=cleo.pk)
    (letter,) = sent()
    assert letter.subject == "Set for 2 March"
    assert "Tuesday, 6 April at 10:00\nand 2 more\n" in str(letter.body)
    assert reminders() == 8
    first = made.appointments[0]
    change_series(
        actor=acting(thea), appointment=first, scope=Scope.ALL, version=first.version,
        to=Move(begins_at=on(50, 15)),
    )  # fmt: skip
    assert [each.subject for each in sent()[1:]] == ["New time: 2 March"]
    assert reminders() == 8
    first.refresh_from_db()
    change_series(actor=acting(thea), appointment=first, scope=Scope.ALL, version=first.version, to=None)
    assert [each.subject for each in sent()[2:]] == ["Not on 2 March"]
    assert "and 2 more" in str(sent()[-1].body)
    assert reminders() == 0
