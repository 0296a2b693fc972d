"""Reminders and news of meetings: each who comes gets their own, and nothing in them says what it is about."""

import re
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from icalendar import Calendar
from tests.factories import accounts, cases, people
from tests.factories.post import sent
from tests.factories.queries import at_most

from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.ids import new_id
from homeport.outbox.models import OutgoingMessage
from homeport.outbox.selectors import not_reached
from homeport.outbox.services.run_job import run_next_job
from homeport.people.models import Person, Therapist
from homeport.scheduling.letters import News
from homeport.scheduling.links import Act, address_of
from homeport.scheduling.models import Appointment, AppointmentPerson, Offering, ReminderTimes
from homeport.scheduling.services.choose_reminders import replan
from homeport.scheduling.services.plan_reminders import plan_reminders
from homeport.scheduling.services.tell_people import tell_people

pytestmark = pytest.mark.django_db
TORONTO = ZoneInfo("America/Toronto")
TODAY = "2026-11-20 15:00Z"
BEGINS = datetime(2026, 11, 24, 14, 0, tzinfo=TORONTO)
Consent, Status, State = AppointmentPerson.Consent, Appointment.Status, OutgoingMessage.State
TELLING = (
    "therap", "clinic", "attach", "counsel", "patient", "client", "mental", "health", "session", "couple",
    "treatment", "psych", "doctor", "anxi", "harbour",
)  # fmt: skip
# The ids in an address are chance, and could spell anything.
LINKS = re.compile(r"[0-9a-f-]{36}|(?<=/time/)\S+")


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(TODAY, tick=False) as clock:
        people.a_practice(name="Harbour Street Couple Therapy")
        yield clock


def somebody(name: str, **wishes: Any) -> Person:
    person = accounts.signs_in(people.a_person(name))
    Person.objects.filter(pk=person.pk).update(**{"zone": "America/Toronto", **wishes})
    return Person.objects.select_related("user").get(pk=person.pk)


def a_meeting(*who: Person, therapist: Person | None = None, status: str = "booked") -> Appointment:
    """One of the first, or of both of a couple."""
    lead = therapist or accounts.signs_in(people.a_therapist())
    case = cases.a_couple(*who, lead=lead) if len(who) == 2 else cases.an_individual(who[0], lead=lead)
    holder = Therapist.objects.get(person=lead)
    kind = "couple" if len(who) == 2 else "individual"
    offering = Offering.objects.create(therapist=holder, kind=kind, way="in_person")
    made = Appointment.objects.create(
        therapist=holder, offering=offering, kind=kind, way="in_person", begins_at=BEGINS,
        ends_at=BEGINS + timedelta(minutes=50), zone="America/Toronto", status=status, case_id=case.pk,
        subject_id=None if len(who) == 2 else who[0].pk, author_id=lead.pk,
    )  # fmt: skip
    for person in who:
        AppointmentPerson.objects.create(appointment=made, person=person, consent=Consent.YES)
    return made


def waiting() -> list[tuple[str, datetime]]:
    """(who, when) of every reminder that is still to go out."""
    live = OutgoingMessage.objects.filter(state=State.WAITING, kind="meeting-reminder").select_related("to")
    return sorted((each.to.name if each.to else "", each.run_at) for each in live)


def acting(appointment: Appointment) -> Actor:
    return people.acting(appointment.therapist.person)


def test_a_day_before_by_itself() -> None:
    plan_reminders(appointment=a_meeting(somebody("Ana")))
    assert waiting() == [("Ana", BEGINS - timedelta(days=1))]


def test_at_the_times_that_somebody_chose_or_else_the_practice() -> None:
    ana, ben = somebody("Ana"), somebody("Ben")
    ReminderTimes.objects.create(person=None, minutes=[60])
    ReminderTimes.objects.create(person=ana, minutes=[2880, 180])
    plan_reminders(appointment=a_meeting(ana, ben))
    assert waiting() == [
        ("Ana", BEGINS - timedelta(days=2)),
        ("Ana", BEGINS - timedelta(hours=3)),
        ("Ben", BEGINS - timedelta(hours=1)),
    ]
    ReminderTimes.objects.filter(person=ana).update(minutes=[])
    plan_reminders(appointment=Appointment.objects.get(), only=ana)
    assert [who for who, _ in waiting()] == ["Ben"]


def test_what_it_says_is_neutral_and_in_the_readers_own_time() -> None:
    meeting = a_meeting(somebody("Ana"), somebody("Ben", zone="Asia/Tokyo"))
    plan_reminders(appointment=meeting)
    with time_machine.travel(BEGINS, tick=False):
        OutgoingMessage.objects.update(until_at=None)
        letters = sent()
    by_name = {str(each.body).split(",")[0].removeprefix("Hello "): each for each in letters}
    assert "Tuesday, 24 November at 14:00\n" in str(by_name["Ana"].body)
    assert "Wednesday, 25 November at 04:00 (time in Tokyo)" in str(by_name["Ben"].body)
    for name, letter in by_name.items():
        told = LINKS.sub("", f"{letter.subject} {letter.body} {letter.from_email}").lower()
        for word in TELLING:
            assert word not in told, word
        assert len(letter.recipients()) == 1
        assert ({"Ana", "Ben"} - {name}).pop() not in letter.message().as_string(), (
            "nobody learns who else comes"
        )


def test_moving_rewrites_and_cancelling_withdraws() -> None:
    meeting = a_meeting(somebody("Ana"))
    plan_reminders(appointment=meeting)
    plan_reminders(appointment=meeting)
    assert len(waiting()) == 1, "twice is once"
    later = BEGINS + timedelta(days=7)
    meeting.begins_at, meeting.ends_at = later, later + timedelta(minutes=50)
    plan_reminders(appointment=meeting)
    assert waiting() == [("Ana", later - timedelta(days=1))]
    meeting.begins_at = BEGINS
    plan_reminders(appointment=meeting)
    assert waiting() == [("Ana", BEGINS - timedelta(days=1))], "and back again"
    meeting.status = Status.CANCELLED
    plan_reminders(appointment=meeting)
    assert waiting() == []


def test_in_the_transaction_that_caused_them() -> None:
    meeting = a_meeting(somebody("Ana"))
    with transaction.atomic():
        tell_people(actor=acting(meeting), appointment=meeting, news=News.BOOKED)
        transaction.set_rollback(True)
    assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize("status", [Status.PROPOSED, Status.CANCELLED])
def test_nobody_is_reminded_of_what_may_not_take_place(status: str) -> None:
    meeting = a_meeting(somebody("Ana"))
    meeting.status = status
    plan_reminders(appointment=meeting)
    assert waiting() == []


def test_who_cannot_come_or_wants_no_word_is_left_alone() -> None:
    meeting = a_meeting(somebody("Ana"), somebody("Ben", may_mail=False))
    AppointmentPerson.objects.filter(person__name="Ana").update(consent=Consent.NO)
    plan_reminders(appointment=meeting)
    assert waiting() == []


def test_it_goes_out_at_its_time_and_not_when_the_meeting_has_begun(today: Any) -> None:
    plan_reminders(appointment=a_meeting(somebody("Ana")))
    while run_next_job():
        pass
    assert not mail.outbox
    today.move_to(BEGINS - timedelta(days=1))
    assert run_next_job()
    assert len(mail.outbox) == 1
    plan_reminders(appointment=a_meeting(somebody("Cid")))
    assert waiting() == [], "what is due at once was said when it was booked"


def test_everybody_gets_the_news_with_an_entry_for_their_calendar() -> None:
    meeting = a_meeting(somebody("Ana"), somebody("Ben"))
    tell_people(actor=acting(meeting), appointment=meeting, news=News.BOOKED)
    letters = sent()
    assert len(letters) == 2, "who did it is not told"
    for letter in letters:
        whole = message_from_bytes(letter.message().as_bytes(), policy=policy.default)
        (part,) = [each for each in whole.walk() if each.get_content_type() == "text/calendar"]
        assert part.get_param("method") == "REQUEST"
        file = Calendar.from_ical(part.get_content())
        (event,) = file.walk("VEVENT")
        assert event["UID"] == str(meeting.pk)
        assert event["SUMMARY"] == "Meeting"
        assert event.decoded("DTSTART") == BEGINS
        assert str(event["ATTENDEE"]) == f"mailto:{letter.to[0]}"
        for word in (*TELLING, "ana", "ben"):
            assert word not in str(event.to_ical().replace(letter.to[0].encode(), b"")).lower(), word


def test_a_change_has_the_same_name_and_a_higher_number_and_the_end_is_said() -> None:
    meeting = a_meeting(somebody("Ana"))
    told = []
    for changes, news in ((0, News.BOOKED), (1, News.MOVED), (2, News.CANCELLED)):
        meeting.changes = changes
        meeting.status = Status.CANCELLED if news is News.CANCELLED else Status.BOOKED
        tell_people(actor=acting(meeting), appointment=meeting, news=news)
        letter = sent()[-1]
        whole = message_from_bytes(letter.message().as_bytes(), policy=policy.default)
        (part,) = [each for each in whole.walk() if each.get_content_type() == "text/calendar"]
        (event,) = Calendar.from_ical(part.get_content()).walk("VEVENT")
        told.append((letter.subject, part.get_param("method"), str(event["UID"]), int(event["SEQUENCE"])))
    assert told == [
        ("Set for 24 November", "REQUEST", str(meeting.pk), 0),
        ("New time: 24 November", "REQUEST", str(meeting.pk), 1),
        ("Not on 24 November", "CANCEL", str(meeting.pk), 2),
    ]
    assert waiting() == []


def test_the_therapist_is_told_of_what_others_did() -> None:
    ana = somebody("Ana")
    meeting = a_meeting(ana)
    tell_people(actor=people.acting(ana), appointment=meeting, news=News.CANCELLED)
    therapist = meeting.therapist.person.user
    assert therapist is not None
    assert ana.user is not None
    assert sorted(letter.to[0] for letter in sent()) == sorted([ana.user.email, therapist.email])


def test_who_still_must_say_yes_is_asked() -> None:
    meeting = a_meeting(somebody("Ana"), somebody("Ben"), status=Status.PROPOSED)
    AppointmentPerson.objects.filter(person__name="Ben").update(consent=Consent.ASKED)
    tell_people(actor=people.acting(somebody("Cid")), appointment=meeting, news=News.ASKED)
    (letter,) = sent()
    assert letter.subject == "Does 24 November suit you?"
    assert not letter.attachments
    assert "Hello Ben" in str(letter.body)


def test_news_that_was_not_sent_yet_gives_way_to_newer() -> None:
    meeting = a_meeting(somebody("Ana"))
    tell_people(actor=acting(meeting), appointment=meeting, news=News.BOOKED)
    meeting.changes += 1
    tell_people(actor=acting(meeting), appointment=meeting, news=News.MOVED)
    assert [letter.subject for letter in sent()] == ["New time: 24 November"]


def test_what_it_asks_of_the_database_does_not_grow_beyond_its_letters() -> None:
    meeting = a_meeting(somebody("Ana"), somebody("Ben"))
    tell_people(actor=acting(meeting), appointment=meeting, news=News.BOOKED)
    meeting.changes += 1
    with at_most(24):  # two of each three for news and reminder, what was there before, wishes, who comes
        tell_people(actor=acting(meeting), appointment=meeting, news=News.MOVED)
    assert now()


def test_for_a_child_who_cannot_sign_in_those_are_told_who_stand_for_them() -> None:
    lead = accounts.signs_in(people.a_therapist())
    child = people.a_person("Kim", age=6)
    mother, father = (accounts.signs_in(people.a_guardian(child, name)) for name in ("Gina", "Hugo"))
    unproved = accounts.signs_in(people.a_guardian(child, "Ivo", verified=False))
    for each in (mother, father, unproved):
        Person.objects.filter(pk=each.pk).update(zone="America/Toronto")
    meeting = a_meeting(somebody("Ana"), therapist=lead)
    case = cases.a_child_case(child, lead=lead)
    Appointment.objects.filter(pk=meeting.pk).update(case_id=case.pk, subject_id=child.pk)
    AppointmentPerson.objects.update(person=child)
    meeting = Appointment.objects.get(pk=meeting.pk)
    tell_people(actor=acting(meeting), appointment=meeting, news=News.BOOKED)
    assert [who for who, _ in waiting()] == ["Gina", "Hugo"]
    letters = sent()
    assert len(letters) == 2
    assert all("Kim" not in letter.message().as_string() for letter in letters)
    ReminderTimes.objects.create(person=mother, minutes=[60])
    replan(person_id=mother.pk)
    assert waiting() == [("Gina", BEGINS - timedelta(hours=1)), ("Hugo", BEGINS - timedelta(days=1))]


def test_somebody_without_a_sign_in_whom_nobody_stands_for_is_for_the_desk_to_call() -> None:
    meeting = a_meeting(somebody("Ana"))
    AppointmentPerson.objects.update(person=people.a_person("Zoe"))
    tell_people(actor=acting(meeting), appointment=meeting, news=News.MOVED)
    assert not sent()
    assert [each.to.name for each in not_reached() if each.to] == ["Zoe"]
    assert waiting() == [], "a reminder that reaches nobody is not written"


def test_who_comes_gets_links_that_move_and_cancel_and_nobody_else() -> None:
    ana = somebody("Ana")
    meeting = a_meeting(ana)
    tell_people(actor=people.SYSTEM, appointment=meeting, news=News.BOOKED)
    by_reader = {letter.to[0]: str(letter.body) for letter in sent()}
    assert ana.user is not None
    assert address_of(meeting, ana.pk, Act.MOVE) in by_reader[ana.user.email]
    assert address_of(meeting, ana.pk, Act.CANCEL) in by_reader.pop(ana.user.email)
    (therapists,) = by_reader.values()
    assert "/time/" not in therapists


def test_of_a_series_one_letter_tells_all() -> None:
    ana = somebody("Ana")
    meetings = [a_meeting(ana)]
    for week in range(1, 9):
        made = Appointment.objects.get(pk=meetings[0].pk)
        made.pk = made.id = new_id("tests")
        made.begins_at, made.ends_at = BEGINS + timedelta(weeks=week), made.ends_at + timedelta(weeks=week)
        made.save(force_insert=True)
        AppointmentPerson.objects.create(appointment=made, person=ana, consent=Consent.YES)
        meetings.append(made)
    first = meetings[0]
    tell_people(actor=acting(first), appointment=first, news=News.BOOKED, following=meetings[1:])
    assert len(waiting()) == 9, "a reminder of each"
    (letter,) = sent()
    assert "Tuesday, 29 December at 14:00\nand 3 more\n" in str(letter.body)
    whole = message_from_bytes(letter.message().as_bytes(), policy=policy.default)
    (part,) = [each for each in whole.walk() if each.get_content_type() == "text/calendar"]
    file = Calendar.from_ical(part.get_content())
    assert {str(event["UID"]) for event in file.walk("VEVENT")} == {str(each.pk) for each in meetings}
    assert part.get_param("method") == str(file["METHOD"]) == "PUBLISH"
