"""Alerts: told, taken in hand, passed on when nobody answers, closed with a note; on no screen of whom they are about."""

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.factories.cases import a_child_case, a_colleague_on, a_couple
from tests.factories.people import (
    a_cover,
    a_guardian,
    a_manager,
    a_person,
    a_practice,
    a_supervisor,
    a_therapist,
    acting,
    someone_with,
)
from tests.factories.queries import at_most
from tests.factories.signing_in import signed_in

from homeport.access.gate import Hidden
from homeport.access.standing import standing_of
from homeport.cases.services.open_case import leave_care_team
from homeport.core import clock
from homeport.core.errors import HomeportError
from homeport.core.versions import Changed
from homeport.outbox.models import OutgoingMessage, QueuedJob
from homeport.people.models import Person, Role
from homeport.people.services.arrange_cover import end_cover
from homeport.safety.levels import Level, Reading
from homeport.safety.models import Alert, AlertNotice, ReadingHours
from homeport.safety.selectors import anyone_reading_now, known_answer, open_alerts_for
from homeport.safety.services.acknowledge_alert import acknowledge_alert, close_alert
from homeport.safety.services.escalate import escalate
from homeport.safety.services.keep_reading_hours import keep_reading_hours
from homeport.safety.services.raise_alert import Raised, raise_alert
from homeport.safety.tasks import watch
from homeport.safety.telling import told

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
URGENT, TODAY = Reading(Level.URGENT, ("often",)), Reading(Level.SAME_DAY, ("some",))
NOTE = "Spoke with her by phone, she is with her sister tonight."


class Room:
    """A couple in care, with everybody around it who might be told."""

    def __init__(self) -> None:
        a_practice()
        self.ana, self.ben, self.thea = a_person("Ana Ames"), a_person("Ben Bell"), a_therapist("Thea Stone")
        self.case = a_couple(self.ana, self.ben, lead=self.thea)

    def raised(self, reading: Reading = URGENT, source_id: UUID | None = None, value: int = 2) -> Alert:
        made = raise_alert(
            actor=acting(self.ana),
            raised=Raised(
                source=Alert.Source.ANSWER,
                source_id=source_id or uuid4(),
                case_id=self.case.pk,
                author_id=self.ana.pk,
                subject_id=self.ana.pk,
                instrument="depression.phq-9",
                item="self-harm",
                said={"value": value, "before": None},
            ),
            reading=reading,
        )
        assert made is not None
        return made

    def closed(self, **how: Any) -> Alert:
        alert = self.raised()
        acknowledge_alert(actor=acting(self.thea), alert_id=alert.pk)
        return close_alert(actor=acting(self.thea), alert_id=alert.pk, note=NOTE, **how)


@pytest.fixture
def room() -> Room:
    return Room()


def names(people: list[Person]) -> list[str]:
    return [person.name for person in people]


def test_one_source_raises_one_alert_whatever_happens(room: Room) -> None:
    source = uuid4()
    assert room.raised(source_id=source).pk == room.raised(source_id=source).pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.create(
            source="answer", source_id=source, author_id=room.ana.pk, level=3, said={}, due_at=clock.now()
        )
    assert QueuedJob.objects.filter(name="safety.escalate").count() == 1


def test_it_goes_from_the_lead_to_everybody_who_could_answer(room: Room) -> None:
    a_colleague_on(room.case, co := a_therapist("Cleo Co"))
    a_cover(co, a_therapist("Cora Cover"))
    a_supervisor(room.thea, name="Sue Super")
    someone_with(Role.INTAKE, name="Ines Intake")
    someone_with(Role.DESK, name="Dora Desk")
    alert = room.raised()
    asked: list[list[str]] = []
    moment = clock.now()
    for step in range(7):
        with clock.standing_at(moment + timedelta(minutes=61 * step)):
            asked.append(names(escalate(alert_id=alert.pk)))
            assert escalate(alert_id=alert.pk) == [], "not before its time, and nobody twice"
    everybody = ["Thea Stone", "Cleo Co", "Cora Cover", "Sue Super", "Ines Intake"]
    assert asked[:5] == [[name] for name in everybody]
    assert [sorted(each) for each in asked[5:]] == [sorted(everybody)] * 2, "and then all are reminded"
    assert AlertNotice.objects.count() == 5
    words = [message.words for message in OutgoingMessage.objects.all()]
    assert len(words) == 5 + 10
    for each in words:
        assert not any(
            word in str(each).lower() for word in ("ana", "alert", "risk", "suicid", "phq", "harm", "answer")
        )


def test_who_covers_for_the_lead_is_told_at_once_as_well(room: Room) -> None:
    a_cover(room.thea, a_therapist("Cora Cover"))
    assert names(escalate(alert_id=room.raised().pk)) == ["Thea Stone", "Cora Cover"]


def test_a_case_without_anybody_reaches_intake_at_once(room: Room) -> None:
    room.case.care_team.update(until_at=clock.now())
    someone_with(Role.INTAKE, name="Ines Intake")
    assert names(escalate(alert_id=room.raised().pk)) == ["Ines Intake"]


def test_acknowledged_it_goes_no_further(room: Room) -> None:
    a_colleague_on(room.case)
    alert = room.raised()
    escalate(alert_id=alert.pk)
    acknowledge_alert(actor=acting(room.thea), alert_id=alert.pk)
    with clock.standing_at(clock.now() + timedelta(hours=9)):
        watch()
        assert escalate(alert_id=alert.pk) == []
    assert AlertNotice.objects.get().answered_at is not None


def test_should_its_job_be_lost_it_is_told_all_the_same(room: Room) -> None:
    alert = room.raised()
    QueuedJob.objects.all().delete()
    with clock.standing_at(clock.now() + timedelta(minutes=6)):
        watch()
    assert AlertNotice.objects.get().alert_id == alert.pk


def test_reading_hours_move_when_it_is_due(room: Room) -> None:
    ReadingHours.objects.create(weekly={"0": [["09:00", "17:00"]]}, urgent_minutes=60)
    saturday = clock.now().replace(year=2026, month=11, day=28, hour=20)
    with clock.standing_at(saturday):
        alert = room.raised()
        assert names(escalate(alert_id=alert.pk)) == ["Thea Stone"], "the first are told at any hour"
    assert alert.due_at.isoformat() == "2026-11-30T15:00:00+00:00", "Monday, ten o'clock in Toronto"


def test_the_table_of_states_is_kept(room: Room) -> None:
    alert = room.raised()
    with pytest.raises(HomeportError, match="Say first"):
        close_alert(actor=acting(room.thea), alert_id=alert.pk, note=NOTE)
    acknowledge_alert(actor=acting(room.thea), alert_id=alert.pk)
    assert acknowledge_alert(actor=acting(room.thea), alert_id=alert.pk).state == "acknowledged"
    sue = a_supervisor(room.thea)
    with pytest.raises(Changed):
        acknowledge_alert(actor=acting(sue), alert_id=alert.pk)
    for note in ("", "   ", "ok"):
        with pytest.raises(HomeportError, match="not closed without it"):
            close_alert(actor=acting(sue), alert_id=alert.pk, note=note)
    closed = close_alert(actor=acting(sue), alert_id=alert.pk, note=NOTE)
    assert (closed.state, closed.closing_note, closed.closed_by_id) == ("closed", NOTE, sue.pk)
    with pytest.raises(Changed):
        close_alert(actor=acting(sue), alert_id=alert.pk, note=NOTE)


def test_what_becomes_more_opens_a_closed_one_again_and_tells_everybody_anew(room: Room) -> None:
    source = uuid4()
    alert = room.raised(TODAY, source)
    escalate(alert_id=alert.pk)
    acknowledge_alert(actor=acting(room.thea), alert_id=alert.pk)
    close_alert(actor=acting(room.thea), alert_id=alert.pk, note=NOTE)
    again = room.raised(URGENT, source, value=3)
    assert (again.pk, again.state, again.level) == (alert.pk, "open", Level.URGENT)
    assert names(escalate(alert_id=alert.pk)) == ["Thea Stone"]
    assert AlertNotice.objects.get().answered_at is None
    acknowledge_alert(actor=acting(room.thea), alert_id=alert.pk)
    close_alert(actor=acting(room.thea), alert_id=alert.pk, note="A second note, on the second call.")
    held = Alert.objects.get()
    assert [each["what"] for each in held.history] == ["said", "closed"]
    assert held.history[1]["words"] == NOTE


def test_known_and_planned_for_holds_until_its_day(room: Room) -> None:
    until = clock.today() + timedelta(days=30)
    room.closed(planned_until=until)
    asked: dict[str, Any] = {
        "case_id": room.case.pk, "author_id": room.ana.pk, "subject_id": room.ana.pk,
        "instrument": "depression.phq-9", "item": "self-harm",
    }  # fmt: skip
    known = known_answer(**asked)
    assert known is not None
    assert known.value == 2
    assert known_answer(**{**asked, "case_id": uuid4()}) is None
    with clock.standing_at(clock.now() + timedelta(days=31)):
        assert known_answer(**asked) is None
    room.closed()
    assert known_answer(**asked) is None, "the latest one says nothing of a plan"


@pytest.mark.parametrize("days", [-1, 0, 91, 4000])
def test_a_plan_has_a_day_within_reach(room: Room, days: int) -> None:
    with pytest.raises(HomeportError):
        room.closed(planned_until=clock.today() + timedelta(days=days))


def test_what_is_known_asks_nobody_by_itself(room: Room) -> None:
    alert = room.raised(Reading(Level.KNOWN, ("often", "as-known")))
    assert not QueuedJob.objects.filter(name="safety.escalate").exists()
    with clock.standing_at(clock.now() + timedelta(days=9)):
        watch()
    assert escalate(alert_id=alert.pk) == []


def outsiders(room: Room) -> list[Person]:
    tia = a_person("Tia", age=15)
    a_child_case(tia, lead=room.thea)
    roles = (Role.DESK, Role.BILLER, Role.MANAGER, Role.RESEARCHER, Role.OPERATOR, Role.INTAKE)
    return [room.ana, room.ben, a_guardian(tia), a_therapist(), *(someone_with(role) for role in roles)]


def test_nobody_outside_the_care_team_and_its_supervisor_finds_it(room: Room) -> None:
    alert = room.raised()
    for person in outsiders(room):
        browser = signed_in(person)
        assert browser.get(f"/alerts/{alert.pk}/").status_code == 404
        assert browser.post(f"/alerts/{alert.pk}/in-hand/").status_code == 404
        assert browser.post(f"/alerts/{alert.pk}/close/", {"note": NOTE}).status_code == 404
        with pytest.raises(Hidden):
            acknowledge_alert(actor=acting(person), alert_id=alert.pk)
        found = open_alerts_for(standing_of(acting(person)))
        assert not found
    assert Alert.objects.get().state == "open"


def test_a_guardian_learns_nothing_of_a_teens_alert(room: Room) -> None:
    tia = a_person("Tia", age=15)
    guardian = a_guardian(tia)
    case = a_child_case(tia, lead=room.thea)
    raised = Raised(Alert.Source.ANSWER, uuid4(), case.pk, tia.pk, tia.pk, said={"value": 3})
    alert = raise_alert(actor=acting(tia), raised=raised, reading=URGENT)
    assert alert is not None
    assert signed_in(guardian).get(f"/alerts/{alert.pk}/").status_code == 404
    assert signed_in(room.thea).get(f"/alerts/{alert.pk}/").status_code == 200


def test_the_pages_from_the_list_to_the_closing_note(room: Room) -> None:
    later = room.raised(TODAY)
    alert = room.raised()
    escalate(alert_id=alert.pk)
    thea = signed_in(room.thea)
    with at_most(24):
        page = thea.get("/alerts/").content.decode()
    assert page.index(str(alert.pk)) < page.index(str(later.pk)), "the urgent one first"
    assert "more than half the days" in page
    one = thea.get(f"/alerts/{alert.pk}/").content.decode()
    for words in ("I have it in hand", "an answer of 2", "Reach them now", "Lead therapist", "Ana Ames"):
        assert words in one, words
    assert thea.post(f"/alerts/{alert.pk}/close/", {"note": NOTE}).status_code == 422
    assert thea.post(f"/alerts/{alert.pk}/in-hand/").status_code == 303
    short = thea.post(f"/alerts/{alert.pk}/close/", {"note": "Done"})
    assert short.status_code == 422
    assert "Done" in short.content.decode(), "what was typed stays"
    when = (clock.today() + timedelta(days=20)).isoformat()
    assert thea.post(f"/alerts/{alert.pk}/close/", {"note": NOTE, "planned_until": when}).status_code == 303
    closed = thea.get(f"/alerts/{alert.pk}/").content.decode()
    assert NOTE in closed
    assert "Thea Stone closed it" in closed
    assert "opened it" in closed, "who saw it, and when"
    waiting = open_alerts_for(standing_of(acting(room.thea)))
    assert waiting is not None
    assert (waiting.urgent, waiting.others, waiting.in_hand) == (0, 1, 0)


def test_somebody_who_was_told_of_a_case_that_is_not_theirs_is_led_to_it(room: Room) -> None:
    room.case.care_team.update(until_at=clock.now())
    ines = someone_with(Role.INTAKE)
    escalate(alert_id=room.raised().pk)
    page = signed_in(ines).get("/alerts/").content.decode()
    assert "waits in a case that you do not work on" in page
    assert "Ana" not in page.split("<main")[1]
    found = open_alerts_for(standing_of(acting(ines)))
    assert found is not None
    assert found.told == 1


def test_the_home_page_asks_little_for_it(room: Room) -> None:
    for _ in range(5):
        room.raised()
    standing = standing_of(acting(room.thea))
    with at_most(2):
        found = open_alerts_for(standing)
    assert found is not None
    assert found.urgent == 5
    client = standing_of(acting(room.ana))
    with at_most(0):
        assert open_alerts_for(client) is None


def test_a_manager_says_when_answers_are_read(room: Room) -> None:
    manager = signed_in(a_manager())
    assert "Nobody may be reading this right now" in manager.get("/practice/reading-hours/").content.decode()
    fields = {"version": 1, "urgent_minutes": 45, "same_day_minutes": 480, "closed": "2026-12-25, 2027-01-01"}
    fields |= {f"day{day}": "9:00-12:00, 13-17.30" for day in range(5)}
    assert manager.post("/practice/reading-hours/", fields).status_code == 303
    kept = ReadingHours.objects.get()
    assert kept.weekly["0"] == [["09:00", "12:00"], ["13:00", "17:30"]]
    assert kept.closed == ["2026-12-25", "2027-01-01"]
    assert manager.post("/practice/reading-hours/", {**fields, "version": 7}).status_code == 422
    for wrong in (
        {"day0": "nine to five"}, {"day0": "17:00-9:00"}, {"day0": "9:00-12:00, 11:00-13:00"},
        {"urgent_minutes": 3}, {"urgent_minutes": 9999}, {"same_day_minutes": 30}, {"closed": "Christmas"},
        {"day6": "25:00-26:00"}, {"day1": "9" * 200},
    ):  # fmt: skip
        assert manager.post("/practice/reading-hours/", {**fields, **wrong}).status_code == 422, wrong
    for other in (room.thea, room.ana):
        assert signed_in(other).get("/practice/reading-hours/").status_code == 404
        with pytest.raises(Hidden):
            keep_reading_hours(
                actor=acting(other), version=1, weekly={}, closed=[], urgent_minutes=60, same_day_minutes=480
            )


def test_what_people_are_told_is_true_at_every_hour(room: Room) -> None:
    keep_reading_hours(
        actor=acting(a_manager()), version=1, weekly={0: [(time(9), time(17))]}, closed=[date(2026, 11, 30)],
        urgent_minutes=60, same_day_minutes=480,
    )  # fmt: skip
    monday = clock.now().replace(year=2026, month=11, day=23, hour=15, minute=0)  # ten o'clock in Toronto
    there = told(anyone_reading_now(monday), "America/Toronto")
    assert there.now
    assert "until 17:00" in there.reads
    assert "60 minutes" in there.reads
    away = told(anyone_reading_now(monday + timedelta(hours=9)), "America/Toronto")
    assert not away.now
    assert "Monday 7 December, 09:00" in away.reads, "not on the day that is closed"
    abroad = told(anyone_reading_now(monday), "Europe/Berlin")
    assert "until 23:00 (Berlin time)" in abroad.reads


def test_who_works_on_the_case_no_more_hears_nothing_further_of_its_alerts(room: Room) -> None:
    """A colleague whose cover is over, and a co-therapist who left: no number on a page, no letter when it is said again."""
    fred, cora = a_colleague_on(room.case), a_therapist("Cora Cole")
    cover = a_cover(room.thea, cora)
    alert = room.raised()
    escalate(alert_id=alert.pk)
    with clock.standing_at(alert.due_at + timedelta(seconds=1)):
        escalate(alert_id=alert.pk)
    assert {fred, cora} <= {each.person for each in AlertNotice.objects.filter(alert=alert)}
    leave_care_team(actor=acting(room.thea), member=room.case.care_team.get(person=fred))
    end_cover(actor=acting(room.thea), cover=cover)
    for person in (fred, cora):
        assert open_alerts_for(standing_of(acting(person))).told == 0
    for _again in range(4):
        OutgoingMessage.objects.all().delete()
        Alert.objects.filter(pk=alert.pk).update(due_at=clock.now() - timedelta(days=9))
        reached = escalate(alert_id=alert.pk)
        assert not {fred, cora} & set(reached)
    assert reached == [room.thea], "it is still said again to whoever works on it"
