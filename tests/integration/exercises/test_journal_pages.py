"""One's journal, as its pages show it."""

from datetime import timedelta
from html import unescape

import pytest
import time_machine
from tests.factories.cases import a_couple, an_individual
from tests.factories.people import a_person, a_therapist
from tests.factories.queries import exactly
from tests.factories.signing_in import signed_in

from homeport.access.models import Release
from homeport.audit.models import AuditEvent
from homeport.audit.verbs import Verb
from homeport.core import keys
from homeport.core.clock import now
from homeport.exercises.models import JournalEntry
from homeport.people.models import Person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WORDS = 'We talked until two.\nIt was "fine" & <b>not</b>.'


@pytest.fixture
def ana() -> Person:
    return a_person("Ana Ames")


def written(ana: Person, words: str = WORDS, **fields: str) -> JournalEntry:
    answer = signed_in(ana).post("/journal/write/", {"words": words, **fields})
    assert answer.status_code == 303
    return JournalEntry.objects.get(pk=answer.headers["Location"].split("/")[2])


def page(person: Person, path: str) -> str:
    return unescape(signed_in(person).get(path).content.decode())


def test_what_was_written_is_there_and_in_the_list(ana: Person) -> None:
    entry = written(ana)
    assert 'It was "fine" & <b>not</b>.' in page(ana, f"/journal/{entry.pk}/")
    assert "<b>not</b>" not in signed_in(ana).get(f"/journal/{entry.pk}/").content.decode()
    assert "We talked until two." in page(ana, "/journal/")
    assert "It was" not in page(ana, "/journal/"), "the list shows the first line alone"
    assert "Changed on" not in page(ana, f"/journal/{entry.pk}/")


def test_it_belongs_to_the_case_that_was_chosen(ana: Person) -> None:
    case, other = a_couple(ana), an_individual(ana)
    assert written(ana, case=str(case.pk)).case_id == case.pk
    assert written(ana, case=str(other.pk)).case_id == other.pk
    assert written(ana, case="").case_id is None


def test_nothing_that_was_typed_is_lost_when_it_is_not_taken(ana: Person) -> None:
    answer = signed_in(ana).post("/journal/write/", {"words": WORDS, "case": "nowhere"})
    assert answer.status_code == 422
    assert WORDS in unescape(answer.content.decode())
    assert not JournalEntry.objects.exists()


def test_what_no_keyboard_types_is_left_out(ana: Person) -> None:
    assert written(ana, "one\x00two\r\nthree").words == "onetwo\nthree"


def test_changed_on_two_devices_the_second_is_told_and_keeps_what_they_typed(ana: Person) -> None:
    entry = written(ana)
    path = f"/journal/{entry.pk}/change/"
    telephone, table = signed_in(ana), signed_in(ana)
    assert unescape(telephone.get(path).content.decode()).count("We talked until two.") == 1
    assert telephone.post(path, {"words": "From the telephone.", "version": 1}).status_code == 303
    told = table.post(path, {"words": "From the table.", "version": 1})
    shown = unescape(told.content.decode())
    assert told.status_code == 409
    assert "From the telephone." in shown
    assert "From the table.</textarea>" in shown
    assert 'name="version" value="2"' in shown
    assert JournalEntry.objects.get().words == "From the telephone."
    assert table.post(path, {"words": "From the table.", "version": 2}).status_code == 303
    assert JournalEntry.objects.get().words == "From the table."
    assert "Changed on" not in page(ana, "/journal/")


def test_shared_it_is_read_by_the_therapist_and_taken_back_it_is_not(ana: Person) -> None:
    thea = a_therapist("Thea Stone")
    entry = written(ana, case=str(a_couple(ana, lead=thea).pk))
    path = f"/journal/{entry.pk}/"
    assert signed_in(thea).get(path).status_code == 404
    assert signed_in(ana).post(f"{path}share/").status_code == 303
    seen = page(thea, path)
    assert "We talked until two." in seen
    assert "Take it back" not in seen
    assert "Your care team can read this" in page(ana, path)
    signed_in(ana).post(f"{path}take-back/")
    assert signed_in(thea).get(path).status_code == 404
    assert Release.objects.get().until_at is not None


def test_what_belongs_to_no_case_is_shared_with_nobody(ana: Person) -> None:
    entry = written(ana)
    assert "Share it" not in page(ana, f"/journal/{entry.pk}/")
    answer = signed_in(ana).post(f"/journal/{entry.pk}/share/")
    assert answer.status_code == 422
    assert "nobody to share it with" in answer.content.decode()


def test_one_reading_by_another_is_one_event_and_ones_own_is_none(ana: Person) -> None:
    thea = a_therapist("Thea Stone")
    entry = written(ana, case=str(a_couple(ana, lead=thea).pk))
    signed_in(ana).post(f"/journal/{entry.pk}/share/")
    before = AuditEvent.objects.count()
    page(ana, f"/journal/{entry.pk}/")
    assert AuditEvent.objects.count() == before
    page(thea, f"/journal/{entry.pk}/")
    event = AuditEvent.objects.exclude(verb=Verb.SHARE).order_by("-at")[0]
    assert (event.person_id, event.verb, event.row_id, event.subject_id) == (
        thea.pk,
        Verb.READ,
        entry.pk,
        ana.pk,
    )
    assert event.via == "journal-entry"


def test_older_ones_are_a_page_away(ana: Person) -> None:
    with time_machine.travel("2027-01-01 10:00Z", tick=False) as clock:
        for number in range(52):
            JournalEntry.objects.create(
                author_id=ana.pk, subject_id=ana.pk, words=f"day {number}.", created_at=now()
            )
            clock.shift(timedelta(hours=1))
        first = page(ana, "/journal/")
        assert "day 51." in first
        assert "day 1." not in first
        assert "?before=" in first
        older = first.split("?before=")[1].split('"')[0]
        second = page(ana, f"/journal/?before={older}")
        assert "day 1." in second
        assert "day 2." not in second


@pytest.mark.parametrize("before", ["", "yesterday", "2027-13-01", "2027-01-01T10:00", "%00"])
def test_a_moment_that_is_none_is_passed_over(ana: Person, before: str) -> None:
    written(ana)
    assert "We talked" in page(ana, f"/journal/?before={before}")


def test_an_entry_that_was_erased_is_not_there(ana: Person) -> None:
    entry = written(ana)
    keys.destroy(entry.key_scope)
    assert signed_in(ana).get(f"/journal/{entry.pk}/").status_code == 404
    assert signed_in(ana).get(f"/journal/{entry.pk}/change/").status_code == 404
    assert signed_in(ana).get("/journal/").status_code == 200


@pytest.mark.parametrize("count", [1, 40])
def test_the_list_costs_the_same_however_long_it_is(ana: Person, count: int) -> None:
    for number in range(count):
        JournalEntry.objects.create(author_id=ana.pk, subject_id=ana.pk, words=f"day {number}.")
    browser = signed_in(ana)
    browser.get("/journal/")
    # The session, the user, the person; the standing; the entries.
    with exactly(5):
        browser.get("/journal/")
