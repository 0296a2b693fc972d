"""A first call that is set stands in calendars, and both sides are reminded of it, until it is called off."""

import base64
from datetime import timedelta
from typing import Any

import pytest
import vobject
from icalendar import Calendar
from tests.factories.accounts import signs_in
from tests.factories.meeting import a_listed, profile_of
from tests.factories.people import a_practice, a_therapist, acting
from tests.integration.directory.test_requests import ASKED, a_call_said_yes_to, by_link, put, secret_in
from tests.permissions.browsing import Browser

from homeport.core.clock import now, standing_at
from homeport.directory.models import Request
from homeport.directory.services.answer_request import accept_request, decline_request
from homeport.outbox.models import OutgoingMessage
from homeport.people.models import Person
from homeport.scheduling.models import ReminderTimes
from homeport.scheduling.reminders import DAY, HOUR
from homeport.scheduling.services.choose_reminders import choose_reminders, replan
from homeport.scheduling.services.keep_calendar_feed import make_calendar_feed

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
TELLING = ("therap", "clinic", "counsel", "client", "session", "treatment", "grief", "sam", "grace", "gale")


@pytest.fixture
def grace() -> Person:
    a_practice()
    person = signs_in(a_listed("Grace Gale", concerns=["grief"]))
    Person.objects.filter(pk=person.pk).update(zone="America/Toronto")
    return Person.objects.get(pk=person.pk)


def feed(person: Person) -> bytes:
    """What stands in somebody's calendar now."""
    secret = make_calendar_feed(actor=acting(person), person_id=person.pk)
    answer = Browser().get(f"/calendar/{secret}.ics")
    assert answer.status == 200
    return answer.body


def events(body: bytes) -> list[tuple[str, str]]:
    """(UID, status), as another reader finds them."""
    read = vobject.readOne(body.decode())
    return [(each.uid.value, each.status.value) for each in getattr(read, "vevent_list", [])]


def reminders(asked: Request) -> list[OutgoingMessage]:
    """Those of this call that wait."""
    live = OutgoingMessage.objects.filter(state="waiting", key__startswith=f"request:{asked.pk}:reminder:")
    return list(live.order_by("key"))


def calendar_of(message: OutgoingMessage) -> Any:
    """The file that comes with a letter."""
    return Calendar.from_ical(base64.b64decode(message.words["calendar"]))


def a_far_call(grace: Person) -> Request:
    """One that lies more than a day ahead, so that there is something to remind of."""
    asked = a_call_said_yes_to(grace)
    assert asked.call_at is not None
    if asked.call_at < now() + timedelta(days=3):
        Request.objects.filter(pk=asked.pk).update(call_at=asked.call_at + timedelta(days=7))
        asked.refresh_from_db()
        replan(person_id=None)
    return asked


def test_it_stands_in_the_calendar_of_whoever_gives_it_under_one_name(grace: Person) -> None:
    put(profile_of(grace).slug, "first-call")
    asked = Request.objects.get()
    assert events(feed(grace)) == [], "nobody sees what its author has not sent"
    by_link(secret_in(OutgoingMessage.objects.get()), do="send")
    assert events(feed(grace)) == [(str(asked.pk), "TENTATIVE")]
    asked.refresh_from_db()
    accept_request(actor=acting(grace), asked=asked, version=asked.version)
    body = feed(grace)
    assert events(body) == [(str(asked.pk), "CONFIRMED")]
    assert body == feed(grace), "the same to the byte until something changes"
    assert not [word for word in TELLING if word.encode() in body.lower()]
    read = vobject.readOne(body.decode()).vevent
    assert read.dtstart.value == asked.call_at
    assert read.dtend.value - read.dtstart.value == timedelta(minutes=asked.call_minutes)
    assert events(feed(a_therapist("Odd Oak"))) == []
    asked.refresh_from_db()
    decline_request(actor=acting(grace), asked=asked, version=asked.version)
    assert events(feed(grace)) == []


def test_the_letter_that_it_is_set_carries_a_file_and_the_one_that_calls_it_off_another(
    grace: Person,
) -> None:
    asked = a_call_said_yes_to(grace)
    letter = OutgoingMessage.objects.get(key=f"request:{asked.pk}:call:{asked.version}")
    assert letter.address == ASKED["contact"]
    told = calendar_of(letter)
    assert (told["METHOD"], str(told.walk("VEVENT")[0]["UID"])) == ("REQUEST", str(asked.pk))
    assert secret_in(letter)
    assert not [word for word in TELLING if word in without_link(letter)]
    decline_request(actor=acting(grace), asked=asked, version=asked.version, reply="I am ill.")
    asked.refresh_from_db()
    off = OutgoingMessage.objects.get(key=f"request:{asked.pk}:call:{asked.version}")
    gone = calendar_of(off)
    assert (gone["METHOD"], str(gone.walk("VEVENT")[0]["UID"])) == ("CANCEL", str(asked.pk))
    assert gone.walk("VEVENT")[0]["SEQUENCE"] > told.walk("VEVENT")[0]["SEQUENCE"]
    assert "ill" not in without_link(off).split()


def test_both_sides_are_reminded_on_their_own_clock_and_nobody_who_did_not_confirm(grace: Person) -> None:
    put(profile_of(grace).slug, "first-call", words="")
    waits = Request.objects.get()
    assert reminders(waits) == []
    Request.objects.all().delete()
    OutgoingMessage.objects.all().delete()
    asked = a_far_call(grace)
    assert asked.call_at is not None
    Request.objects.filter(pk=asked.pk).update(zone="Europe/Berlin")
    replan(person_id=None)
    author, therapist = reminders(asked)
    assert (author.address, author.to) == (ASKED["contact"], None)
    assert (therapist.address, therapist.to) == (None, grace)
    assert author.until_at == therapist.until_at == asked.call_at
    assert "time in Berlin" in without_link(author, lower=False)
    assert "time in" not in without_link(therapist, lower=False)
    for each in (author, therapist):
        assert not [word for word in TELLING if word in without_link(each)]


def test_the_therapist_is_reminded_as_they_chose(grace: Person) -> None:
    asked = a_far_call(grace)
    choose_reminders(actor=acting(grace), person=grace, minutes=[2 * DAY, HOUR], by_text=False, version=0)
    replan(person_id=grace.pk)
    assert [each.key.rpartition(":reminder:")[2] for each in reminders(asked)] == [
        f"author:{DAY}",
        f"to:{2 * DAY}",
        f"to:{HOUR}",
    ]
    ReminderTimes.objects.create(person=None, minutes=[])
    replan(person_id=None)
    assert {each.to for each in reminders(asked)} == {grace}


@pytest.mark.parametrize("by", ["therapist", "author"])
def test_called_off_by_either_nobody_is_reminded(grace: Person, by: str) -> None:
    asked = a_far_call(grace)
    assert len(reminders(asked)) == 2
    secret = secret_in(OutgoingMessage.objects.get(key=f"request:{asked.pk}:request_confirm"))
    if by == "therapist":
        decline_request(actor=acting(grace), asked=asked, version=asked.version)
    else:
        by_link(secret, do="withdraw")
    assert reminders(asked) == []
    replan(person_id=None)
    assert reminders(asked) == []
    told = OutgoingMessage.objects.filter(state="waiting", to=None).latest("created_at")
    assert calendar_of(told)["METHOD"] == "CANCEL"
    with standing_at(now() + timedelta(minutes=1)):
        assert events(feed(grace)) == []


def without_link(message: OutgoingMessage, *, lower: bool = True) -> str:
    """All that a letter says but its addresses, which are chance."""
    lines = [line for line in message.words["body"].splitlines() if "://" not in line]
    said = " ".join([message.words["subject"], *lines])
    return said.lower() if lower else said
