"""Choosing when to be reminded: it counts for what waits, too."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from tests.factories import accounts, people
from tests.integration.scheduling.test_reminders import BEGINS, TODAY, a_meeting, somebody, waiting

from homeport.core.versions import Changed
from homeport.outbox.models import OutgoingMessage
from homeport.outbox.services.run_job import run_next_job
from homeport.people.errors import Unfit
from homeport.people.models import Person
from homeport.people.services.change_person import change_person
from homeport.scheduling.models import ReminderTimes
from homeport.scheduling.services.choose_reminders import choose_reminders
from homeport.scheduling.services.plan_reminders import plan_reminders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(TODAY, tick=False) as clock:
        people.a_practice()
        yield clock


def work() -> None:
    while run_next_job():
        pass


def moments() -> list[datetime]:
    return [moment for _, moment in waiting()]


def test_on_the_page_and_for_what_waits_already() -> None:
    ana = somebody("Ana")
    plan_reminders(appointment=a_meeting(ana))
    browser = accounts.a_browser(ana)
    page = browser.get(reverse("reminder-times")).content.decode()
    assert 'value="1440" checked' in page, "what the practice does by itself"
    sent = {"minutes": ["60", "2880"], "by_text": "on", "version": "0"}
    assert browser.post(reverse("reminder-times"), sent).status_code == 303
    work()
    assert moments() == [BEGINS - timedelta(days=2), BEGINS - timedelta(hours=1)]
    assert set(OutgoingMessage.objects.filter(state="waiting").values_list("wanted", flat=True)) == {"text"}
    again = browser.post(reverse("reminder-times"), {"minutes": ["60"], "version": "0"})
    assert again.status_code == 422, "somebody was faster"
    assert "Somebody changed this" in again.content.decode()


def test_none_at_all() -> None:
    ana = somebody("Ana")
    plan_reminders(appointment=a_meeting(ana))
    choose_reminders(actor=people.acting(ana), person=ana, minutes=[], by_text=False, version=0)
    work()
    assert moments() == []


def test_what_the_practice_does_counts_for_who_chose_nothing() -> None:
    ana, ben = somebody("Ana"), somebody("Ben")
    plan_reminders(appointment=a_meeting(ana, ben))
    choose_reminders(actor=people.acting(ana), person=ana, minutes=[180], by_text=False, version=0)
    choose_reminders(actor=people.SYSTEM, person=None, minutes=[60], by_text=False, version=0)
    work()
    assert waiting() == [("Ana", BEGINS - timedelta(hours=3)), ("Ben", BEGINS - timedelta(hours=1))]


def test_another_zone_is_written_into_what_waits() -> None:
    ana = somebody("Ana")
    plan_reminders(appointment=a_meeting(ana))
    fresh = Person.objects.get(pk=ana.pk)
    change_person(
        actor=people.acting(ana), person=fresh, version=fresh.version, changes={"zone": "Europe/Vienna"}
    )
    work()
    (message,) = OutgoingMessage.objects.filter(state="waiting")
    assert "20:00 (time in Vienna)" in message.words["body"]


def test_what_cannot_be() -> None:
    ana = somebody("Ana")
    act = {"actor": people.acting(ana), "person": ana, "by_text": False}
    with pytest.raises(Unfit):
        choose_reminders(**act, minutes=[7], version=0)
    with pytest.raises(Changed):
        choose_reminders(**act, minutes=[60], version=3)
    assert not ReminderTimes.objects.exists()
    choose_reminders(**act, minutes=[60], version=0)
    with pytest.raises(Changed):
        choose_reminders(**act, minutes=[60], version=0)
