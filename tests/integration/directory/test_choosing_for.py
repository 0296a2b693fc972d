"""Intake gives one person somebody else; the proposal for the others is worked out around it, and what is chosen stays."""

import pytest
from tests.factories.meeting import profile_of
from tests.factories.people import a_person, acting, someone_with
from tests.factories.queries import at_most
from tests.factories.signing_in import signed_in
from tests.integration.directory.test_assigning import Room, again, shown, waits
from tests.integration.directory.test_match_pages import words_of

from homeport.access.gate import Hidden
from homeport.audit.models import AuditEvent
from homeport.core.versions import Changed
from homeport.directory.models import Opening, Request
from homeport.directory.services.choose_for import choose_for
from homeport.directory.services.propose_assignment import propose_assignment
from homeport.people.errors import Unfit
from homeport.people.models import Licence, Person, Role

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
pytest.importorskip("highspy", reason="the extra science is not installed")


@pytest.fixture
def room() -> Room:
    """Olga is proposed for Grace, Ben for Paul, and Ana waits on: each therapist has one place."""
    made = Room()
    propose_assignment(actor=acting(made.intake))
    return made


def chosen(room: Room, asked: Request, person: Person | None) -> list[object]:
    again(asked)
    found: list[object] = [
        *choose_for(
            actor=acting(room.intake),
            request_id=asked.pk,
            version=asked.version,
            to_id=person.pk if person else None,
        )
    ]
    return found


def proposed(room: Room) -> dict[str, object]:
    names = {room.grace.pk: "Grace", room.paul.pk: "Paul", None: "nobody"}
    return {
        name: names[again(asked).proposed_to_id]
        for name, asked in (("Ana", room.ana), ("Ben", room.ben), ("Olga", room.olga))
    }


def test_a_choice_is_held_and_the_others_are_worked_out_around_it(room: Room) -> None:
    assert proposed(room) == {"Ana": "nobody", "Ben": "Paul", "Olga": "Grace"}
    changed = chosen(room, room.ana, room.grace)
    assert proposed(room) == {"Ana": "Grace", "Ben": "nobody", "Olga": "Paul"}, (
        "Olga needs it sooner than Ben"
    )
    assert set(changed) == {room.ben.pk, room.olga.pk}
    assert "by choices of yours" in room.ben.proposal["none"] or "wait longer" in room.ben.proposal["none"]
    assert not Request.objects.exclude(to_id=None).exists(), "nothing happens before it is confirmed"
    assert AuditEvent.objects.filter(row_id=room.ana.pk, person_id=room.intake.pk, verb="change").exists()


def test_working_it_out_again_keeps_what_was_chosen_until_it_is_let_go(room: Room) -> None:
    chosen(room, room.ana, room.paul)
    propose_assignment(actor=acting(room.intake))
    assert proposed(room)["Ana"] == "Paul"
    assert again(room.ana).proposal["chosen"] is True
    chosen(room, room.ana, None)
    assert proposed(room) == {"Ana": "nobody", "Ben": "Paul", "Olga": "Grace"}


def test_a_place_that_an_earlier_choice_holds_is_not_taken_from_it(room: Room) -> None:
    chosen(room, room.ana, room.grace)
    with pytest.raises(Unfit):
        chosen(room, room.olga, room.grace)
    assert proposed(room) == {"Ana": "Grace", "Ben": "nobody", "Olga": "Paul"}


def test_only_who_fits_can_be_chosen(room: Room) -> None:
    Request.objects.filter(pk=room.ana.pk).update(first_to_id=room.grace.pk)
    with pytest.raises(Unfit):
        chosen(room, room.ana, room.grace)
    with pytest.raises(Unfit):
        chosen(room, room.ana, room.intake)
    Licence.objects.filter(therapist__person=room.paul).delete()
    with pytest.raises(Unfit):
        chosen(room, room.ben, room.paul)
    with pytest.raises(Changed):
        choose_for(actor=acting(room.intake), request_id=room.ben.pk, version=77, to_id=None)


def test_a_choice_that_became_impossible_is_undone_and_said(room: Room) -> None:
    chosen(room, room.ana, room.grace)
    Opening.objects.filter(profile=profile_of(room.grace)).update(places=0)
    said = words_of(signed_in(room.intake).post("/waiting/propose/"))
    assert again(room.ana).proposed_to_id is None
    assert "Whom you chose for them does not fit any more" in said


def test_the_page_shows_who_fits_with_reasons_and_what_changed(room: Room) -> None:
    client = signed_in(room.intake)
    page = words_of(client.get(f"/waiting/{room.ana.pk}/"))
    assert "Who could Ana Ames have?" in page
    assert page.index("Grace Gale") < page.index("Paul Pine"), "who fits this person best comes first"
    assert "Works with this: Grief and loss" in page
    assert "Does not name this: Grief and loss" in page
    assert "proposed for 1 other person" in page
    assert "Quinn Quay" not in page, "no licence where Ana will be"
    sent = {"version": room.ana.version, "to": str(room.grace.pk)}
    said = words_of(client.post(f"/waiting/{room.ana.pk}/choose/", sent))
    assert "Your choice is held." in said
    assert "2 other people have another proposal now" in said
    assert said.count("Changed just now") == 2
    assert said.count("Your choice") >= 1
    assert "around what you chose" in words_of(client.post("/waiting/propose/"))
    held = words_of(client.get(f"/waiting/{room.olga.pk}/"))
    assert "All their places are held by earlier choices" in held
    let_go = words_of(
        client.post(f"/waiting/{room.ana.pk}/choose/", {"version": room.ana.version, "let-go": "yes"})
    )
    assert "You let go of your choice." in let_go


def test_what_is_confirmed_is_what_was_shown(room: Room) -> None:
    """A colleague chooses while the page is open: nobody goes to somebody whom the one who confirms never saw."""
    client = signed_in(room.intake)
    rows = [shown(each) for each in (room.ana, room.ben, room.olga)]
    chosen(room, room.ana, room.grace)
    assert client.post("/waiting/confirm/", {"row": rows, "all": "yes"}).status_code == 422
    assert not Request.objects.exclude(to_id=None).exists()
    rows = [shown(each) for each in (room.ana, room.ben, room.olga)]
    assert client.post("/waiting/confirm/", {"row": rows, "all": "yes"}).status_code == 303
    assert again(room.ana).to_id == room.grace.pk
    assert again(room.olga).to_id == room.paul.pk


@pytest.mark.parametrize("to", ["", "x", "1" * 99, "00000000-0000-0000-0000-000000000001"])
def test_what_is_no_choice_changes_nothing(room: Room, to: str) -> None:
    sent = {"version": room.ana.version, "to": to}
    assert signed_in(room.intake).post(f"/waiting/{room.ana.pk}/choose/", sent).status_code == 422
    assert proposed(room) == {"Ana": "nobody", "Ben": "Paul", "Olga": "Grace"}


def test_nobody_but_intake_chooses(room: Room) -> None:
    for person in (room.grace, a_person(), someone_with(Role.MANAGER)):
        client = signed_in(person)
        assert client.get(f"/waiting/{room.ana.pk}/").status_code == 404
        assert client.post(f"/waiting/{room.ana.pk}/choose/", {"let-go": "yes"}).status_code == 404
        with pytest.raises(Hidden):
            choose_for(actor=acting(person), request_id=room.ana.pk, version=1, to_id=None)


def test_what_is_read_for_one_does_not_grow_with_who_waits(room: Room) -> None:
    for number in range(8):
        waits(a_person(f"Person {number}"), "grief")
    with at_most(60):
        signed_in(room.intake).get(f"/waiting/{room.ana.pk}/")
