"""The pages that show what is in several rooms at once: what is mine, my cases, what we agreed, who looked."""

from html import unescape

import pytest
import time_machine
from django.test import Client
from tests.factories.cases import a_child_case, a_couple, a_group, an_agreement, an_individual
from tests.factories.people import a_person, a_supervisor, a_therapist, acting
from tests.factories.queries import at_most, exactly
from tests.factories.scheduling import an_appointment, offers, on
from tests.factories.signing_in import signed_in

from homeport.access.services.release_row import release_row
from homeport.audit.models import AuditEvent
from homeport.cases.models import AgreementSignature, Case
from homeport.cases.selectors import agreement_of, cases_with_people
from homeport.core.clock import now
from homeport.directory.models import Request
from homeport.encounters.models import SessionNote
from homeport.encounters.services.release_note import release_note
from homeport.encounters.services.sign_note import sign_note
from homeport.encounters.services.write_note import write_note
from homeport.exercises.models import JournalEntry
from homeport.people.models import Person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class Room:
    """A couple with its therapist."""

    def __init__(self) -> None:
        self.ana, self.ben, self.thea = a_person("Ana Ames"), a_person("Ben Bell"), a_therapist("Thea Stone")
        self.case = a_couple(self.ana, self.ben, lead=self.thea)

    def page(self, person: Person, path: str) -> str:
        return unescape(signed_in(person).get(path).content.decode())

    def joint_note(self, *released: Person) -> SessionNote:
        treats = acting(self.thea)
        note = write_note(actor=treats, case_id=self.case.pk, subject_id=None, words="They met.")
        sign_note(actor=treats, note=note, version=1)
        for person in released:
            release_note(actor=treats, note=note, recipient_id=person.pk)
        return note


@pytest.fixture
def room() -> Room:
    return Room()


def test_home_shows_what_is_mine(room: Room) -> None:
    room.joint_note(room.ana)
    an_agreement(room.case)
    JournalEntry.objects.create(author_id=room.ana.pk, subject_id=room.ana.pk, words="A long night.")
    shown = room.page(room.ana, "/home/")
    for words in (
        "With Thea Stone",
        "Together with Ben Bell",
        "Read and sign",
        "Our session",
        "A long night.",
    ):
        assert words in shown
    other = room.page(room.ben, "/home/")
    assert "Our session" not in other
    assert "A long night." not in other
    assert "My cases" not in other


def test_home_leads_to_a_first_time_and_to_somebody_else(room: Room) -> None:
    case = an_individual(room.ana, lead=room.thea)
    times = f"/appointments/times/{case.pk}/"
    assert f'href="{times}"' in room.page(room.ana, "/home/")
    assert f'href="/cases/{case.pk}/somebody-else/"' in room.page(room.ana, "/home/")
    # When a time is set, nothing says that one is to be chosen
    an_appointment(case, offers(room.thea), on(7, 14), subject=room.ana)
    assert f'href="{times}"' not in room.page(room.ana, "/home/")


def test_a_child_is_not_asked_to_choose_a_time(room: Room) -> None:
    tia = a_person("Tia Tell", age=9)
    case = a_child_case(tia, lead=room.thea)
    assert f"/appointments/times/{case.pk}/" not in room.page(tia, "/home/")


def test_home_says_what_was_asked_and_that_an_answer_is_to_come(room: Room) -> None:
    cleo = a_person("Cleo Cole")
    assert "Find a therapist who fits" in room.page(cleo, "/home/")
    Request.objects.create(
        author_id=cleo.pk, kind="begin", status="sent", to_id=room.thea.pk, sent_at=now(), words="Sad."
    )
    shown = room.page(cleo, "/home/")
    assert "You wrote to Thea Stone" in shown
    assert "Waits for an answer" in shown
    assert "Find a therapist who fits" not in shown
    assert "You wrote" not in room.page(room.ben, "/home/")


def test_home_of_who_works_here_leads_to_work(room: Room) -> None:
    write_note(actor=acting(room.thea), case_id=room.case.pk, subject_id=None, words="Draft.")
    shown = room.page(room.thea, "/home/")
    assert "My cases" in shown
    assert "Drafts to sign" in shown


@pytest.mark.parametrize("named", [False, True])
def test_in_a_group_others_see_the_name_one_chose_where_its_rules_say_so(room: Room, named: bool) -> None:
    ana, ben = a_person("Ana Ames", called="A."), a_person("Ben Bell", called="B.")
    case = a_group(ana, ben, lead=room.thea)
    Case.objects.update(members_know_names=named)
    an_agreement(case)
    signed = room.page(ana, f"/cases/{case.pk}/agreement/")
    assert ("B." in room.page(ana, "/home/") + signed) is named
    assert signed.count("not yet") == (3 if named else 2), "where nobody is named, nobody is counted"
    assert ("<strong>You</strong>" in signed) is not named
    assert "Bell" not in signed


def test_the_case_shows_what_is_in_it_to_those_who_treat(room: Room) -> None:
    entry = JournalEntry.objects.create(
        author_id=room.ana.pk, subject_id=room.ana.pk, case_id=room.case.pk, words="For Thea."
    )
    assert "For Thea." not in room.page(room.thea, f"/cases/{room.case.pk}/")
    release_row(actor=acting(room.ana), model=JournalEntry, row_id=entry.pk, recipient_id=None)
    room.joint_note()
    shown = room.page(room.thea, f"/cases/{room.case.pk}/")
    for words in ("For Thea.", "Joint session", "Signed", "Write a note", "Ask everybody now"):
        assert words in shown
    supervisor = room.page(a_supervisor(room.thea), f"/cases/{room.case.pk}/")
    assert "Joint session" in supervisor
    for words in ("For Thea.", "Write a note", "Ask everybody now"):
        assert words not in supervisor


def test_an_agreement_is_put_forward_read_and_signed(room: Room) -> None:
    path = f"/cases/{room.case.pk}/agreement/"
    signed_in(room.thea).post(f"{path}propose/", {"kind": "no_secrets"})
    agreed = agreement_of(room.case.pk)
    assert agreed is not None
    assert "No secrets between us" in room.page(room.ana, path)
    ana = signed_in(room.ana)
    assert ana.post(f"{path}sign/", {"text_hash": agreed.agreement.text_hash}).status_code == 303
    assert "I agree" not in room.page(room.ana, path)
    assert "signed on" in room.page(room.ben, path)
    assert "I agree" in room.page(room.ben, path)


def test_a_text_that_was_replaced_while_one_read_it_is_not_signed(room: Room) -> None:
    path = f"/cases/{room.case.pk}/agreement/"
    first = an_agreement(room.case)
    signed_in(room.thea).post(f"{path}propose/", {"kind": "individual_private"})
    answer = signed_in(room.ana).post(f"{path}sign/", {"text_hash": first.text_hash})
    assert answer.status_code == 409
    assert "replaced while you read it" in answer.content.decode()
    assert "Individual sessions are private" in answer.content.decode()
    assert not AgreementSignature.objects.exists()


@pytest.mark.parametrize("kind", ["", "all secrets", "no_secrets "])
def test_an_agreement_that_nobody_wrote_is_not_put_forward(room: Room, kind: str) -> None:
    answer = signed_in(room.thea).post(f"/cases/{room.case.pk}/agreement/propose/", {"kind": kind})
    assert answer.status_code == 422
    assert agreement_of(room.case.pk) is None


def test_who_looked_is_told_by_person_and_day_and_each_thing_once(room: Room) -> None:
    room.joint_note(room.ana, room.ben)
    with time_machine.travel("2027-04-05 10:11Z", tick=False) as clock:
        for _ in range(3):
            room.page(room.thea, f"/cases/{room.case.pk}/")
        clock.move_to("2027-04-06 10:11Z")
        room.page(room.thea, f"/cases/{room.case.pk}/")
    for person in (room.ana, room.ben):
        shown = room.page(person, "/who-looked/")
        assert shown.count("session notes") == 2
        assert "6 April 2027" in shown
        assert "10:11" not in shown, "the time of day could tell what another did"


def test_reading_one_partners_things_is_nothing_in_the_others_record(room: Room) -> None:
    note = write_note(
        actor=acting(room.thea), case_id=room.case.pk, subject_id=room.ana.pk, words="Ana alone."
    )
    room.page(room.thea, f"/notes/{note.pk}/")
    assert "session notes" in room.page(room.ana, "/who-looked/")
    assert "Nobody else has looked" in room.page(room.ben, "/who-looked/")


def test_the_record_says_where_from_and_that_changes_with_the_day(room: Room) -> None:
    room.joint_note()
    origins = set()
    for day in ("2027-04-05", "2027-04-06"):
        with time_machine.travel(f"{day} 10:00Z", tick=False):
            signed_in(room.thea).get(f"/cases/{room.case.pk}/")
        latest = AuditEvent.objects.filter(via="case").order_by("-at")[0]
        origins.add(latest.origin)
    assert len(origins) == 2
    assert all(len(origin) == 32 for origin in origins)


@pytest.mark.parametrize("path", ["/", "/about/", "/library/", "/help/", "/health/", "/check/"])
def test_pages_for_everybody_cost_no_query_for_who_acts_and_set_nothing(path: str) -> None:
    visitor = Client()
    visitor.get(path)
    with at_most(1 if path == "/health/" else 0):
        answer = visitor.get(path)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize("count", [2, 30])
def test_a_caseload_costs_the_same_however_long_it_is(room: Room, count: int) -> None:
    for _ in range(count):
        an_individual(lead=room.thea)
    browser = signed_in(room.thea)
    browser.get("/cases/")
    # The session, the user, the person; the standing; cases, participants, care teams.
    with exactly(7):
        browser.get("/cases/")
    ids = set(Case.objects.values_list("pk", flat=True))
    with exactly(3):
        assert len(cases_with_people(ids)) == count + 1


def test_home_and_case_cost_what_they_cost(room: Room) -> None:
    for _ in range(5):
        room.joint_note(room.ana)
    ana, thea = signed_in(room.ana), signed_in(room.thea)
    ana.get("/home/")
    # Among them what one asked the practice.
    with at_most(21):
        ana.get("/home/")
    thea.get(f"/cases/{room.case.pk}/")
    # Among them the records of two readings: of the case, and of its notes, each with its own short transaction.
    with at_most(21):
        thea.get(f"/cases/{room.case.pk}/")
