"""Session notes, as their pages show them."""

from html import unescape

import pytest
from django.db import IntegrityError, connection, transaction
from tests.factories.cases import a_couple, an_individual
from tests.factories.people import a_person, a_therapist, acting
from tests.factories.signing_in import signed_in

from homeport.access.gate import Hidden
from homeport.cases.models import Case
from homeport.core.errors import HomeportError
from homeport.encounters.models import NoteAddition, SessionNote
from homeport.encounters.policies import NotSigned, SignedAlready
from homeport.encounters.services.add_to_note import add_to_note
from homeport.encounters.services.change_note import change_note
from homeport.encounters.services.release_note import release_note
from homeport.encounters.services.sign_note import sign_note
from homeport.encounters.services.write_note import write_note
from homeport.people.models import Person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class Room:
    """A couple with its therapist."""

    def __init__(self) -> None:
        self.ana, self.ben, self.thea = a_person("Ana Ames"), a_person("Ben Bell"), a_therapist("Thea Stone")
        self.case = a_couple(self.ana, self.ben, lead=self.thea)
        self.treats = acting(self.thea)

    def note(self, about: Person | None = None, *, signed: bool = True) -> SessionNote:
        note = write_note(
            actor=self.treats,
            case_id=self.case.pk,
            subject_id=about.pk if about else None,
            words="It was quiet.",
        )
        if signed:
            sign_note(actor=self.treats, note=note, version=1)
        return SessionNote.objects.get(pk=note.pk)

    def page(self, person: Person, note: SessionNote) -> str:
        return unescape(signed_in(person).get(f"/notes/{note.pk}/").content.decode())


@pytest.fixture
def room() -> Room:
    return Room()


def test_drafted_signed_and_released_through_the_pages(room: Room) -> None:
    thea = signed_in(room.thea)
    answer = thea.post(
        f"/cases/{room.case.pk}/notes/write/", {"words": 'They "met".', "about": str(room.ana.pk)}
    )
    path = answer.headers["Location"]
    assert 'They "met".' in unescape(thea.get(f"{path}change/").content.decode())
    assert thea.post(f"{path}change/", {"words": "They spoke.", "version": 1}).status_code == 303
    assert thea.post(f"{path}sign/", {"version": 2}).status_code == 303
    assert signed_in(room.ana).get(path).status_code == 404
    assert thea.post(f"{path}release/", {"recipient": room.ana.pk}).status_code == 303
    seen = unescape(signed_in(room.ana).get(path).content.decode())
    assert "They spoke." in seen
    assert "Who may read it" not in seen
    assert "/cases/" not in seen.split("<main")[1].split("</main>")[0]


def test_what_was_added_later_stays_closed_until_it_is_released_too(room: Room) -> None:
    note = room.note(room.ana)
    release_note(actor=room.treats, note=note, recipient_id=room.ana.pk)
    thea = signed_in(room.thea)
    thea.post(f"/notes/{note.pk}/add/", {"words": "A second thought."})
    assert "A second thought." in room.page(room.thea, note)
    assert "without what was added since" in room.page(room.thea, note)
    assert "A second thought." not in room.page(room.ana, note)
    thea.post(f"/notes/{note.pk}/release/", {"recipient": room.ana.pk})
    assert "A second thought." in room.page(room.ana, note)
    thea.post(f"/notes/{note.pk}/withdraw/", {"recipient": room.ana.pk})
    assert signed_in(room.ana).get(f"/notes/{note.pk}/").status_code == 404


def test_a_note_about_one_partner_is_never_released_to_the_other(room: Room) -> None:
    note = room.note(room.ana)
    answer = signed_in(room.thea).post(f"/notes/{note.pk}/release/", {"recipient": room.ben.pk})
    assert answer.status_code == 409
    assert signed_in(room.ben).get(f"/notes/{note.pk}/").status_code == 404
    offered = room.page(room.thea, note).split("Who may read it")[1]
    assert "Ana Ames" in offered
    assert "Ben Bell" not in offered


def test_two_windows_the_second_is_told_and_keeps_what_they_typed(room: Room) -> None:
    note = room.note(signed=False)
    path = f"/notes/{note.pk}/change/"
    one, other = signed_in(room.thea), signed_in(room.thea)
    one.post(path, {"words": "From one.", "version": 1})
    told = other.post(path, {"words": "From the other.", "version": 1})
    shown = unescape(told.content.decode())
    assert told.status_code == 409
    assert "From one." in shown
    assert "From the other.</textarea>" in shown
    assert SessionNote.objects.get().words == "From one."


def test_only_what_was_on_the_screen_is_signed(room: Room) -> None:
    note = room.note(signed=False)
    change_note(actor=room.treats, note=note, words="Changed meanwhile.", version=1)
    answer = signed_in(room.thea).post(f"/notes/{note.pk}/sign/", {"version": 1})
    assert answer.status_code == 409
    assert SessionNote.objects.get().signed_at is None
    assert "Changed meanwhile." in answer.content.decode()


def test_a_signed_note_is_never_changed_not_even_by_the_database(room: Room) -> None:
    note = room.note()
    with pytest.raises(SignedAlready):
        change_note(actor=room.treats, note=note, words="else", version=note.version)
    with pytest.raises(SignedAlready):
        sign_note(actor=room.treats, note=note, version=note.version)
    added = add_to_note(actor=room.treats, note=note, words="more")
    for table, row in (("encounters_sessionnote", note), ("encounters_noteaddition", added)):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(version=9)
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET words = ''")
    assert SessionNote.objects.get(pk=note.pk).words == "It was quiet."


def test_a_draft_is_neither_added_to_nor_released(room: Room) -> None:
    note = room.note(room.ana, signed=False)
    with pytest.raises(NotSigned):
        add_to_note(actor=room.treats, note=note, words="more")
    with pytest.raises(NotSigned):
        release_note(actor=room.treats, note=note, recipient_id=room.ana.pk)
    assert not NoteAddition.objects.exists()


def test_nobody_signs_or_changes_for_another(room: Room) -> None:
    note = room.note(signed=False)
    other = a_therapist()
    for person in (other, room.ana):
        with pytest.raises(Hidden):
            sign_note(actor=acting(person), note=note, version=1)
        with pytest.raises(Hidden):
            change_note(actor=acting(person), note=note, words="x", version=1)
        with pytest.raises(Hidden):
            write_note(actor=acting(person), case_id=room.case.pk, subject_id=None, words="x")


def test_it_is_about_somebody_who_is_there(room: Room) -> None:
    with pytest.raises(HomeportError, match="takes part"):
        write_note(actor=room.treats, case_id=room.case.pk, subject_id=a_person().pk, words="x")
    alone: Case = an_individual(lead=room.thea)
    with pytest.raises(HomeportError, match="no joint session"):
        write_note(actor=room.treats, case_id=alone.pk, subject_id=None, words="x")


def test_nothing_that_was_typed_is_lost_when_it_is_not_taken(room: Room) -> None:
    thea = signed_in(room.thea)
    answer = thea.post(f"/cases/{room.case.pk}/notes/write/", {"words": "Typed.", "about": "nobody"})
    assert answer.status_code == 422
    assert "Typed.</textarea>" in answer.content.decode()
    draft = room.note(signed=False)
    answer = thea.post(f"/notes/{draft.pk}/add/", {"words": "Typed."})
    assert answer.status_code == 409
