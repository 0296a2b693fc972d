"""Opening one's own answers piece by piece, and what the other one sees of it: that, and nothing more."""

import json
from typing import Any

import pytest
from tests.factories.cases import Role, a_case, a_couple, a_group, takes_part
from tests.factories.made_up_words import install_words
from tests.factories.people import a_person, a_practice, a_therapist, acting
from tests.factories.queries import at_most
from tests.factories.signing_in import signed_in

from homeport.access.gate import Hidden
from homeport.access.models import Release
from homeport.access.services.release_row import ReleaseRefused, release_row
from homeport.assessments.models import (
    AllianceScore,
    Assignment,
    Kind,
    OwnAdministration,
    OwnScore,
    ReportScore,
)
from homeport.assessments.services.assign import assign
from homeport.assessments.services.begin import begin
from homeport.assessments.services.finish import finish
from homeport.assessments.services.save_answer import save_answer
from homeport.assessments.services.share_measure import Piece, share_measure, take_back_measure
from homeport.cases.models import Case
from homeport.content.instruments import load_key
from homeport.core import keys
from homeport.interop.gathering import everything_about
from homeport.people.models import Person
from homeport.safety.models import ViolenceScreen

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ITEMS = load_key("depression.phq-9").item_ids


def sent(case: Case, person: Person, lead: Person, **how: Any) -> Assignment:
    """The PHQ-9, answered in full and sent."""
    asked = assign(actor=acting(lead), case_id=case.pk, person_id=person.pk, instrument="phq-9", **how)
    begin(actor=acting(person), assignment_id=asked.pk)
    for number, item in enumerate(ITEMS):
        save_answer(actor=acting(person), assignment_id=asked.pk, item=item, value=number % 3)
    finish(actor=acting(person), assignment_id=asked.pk)
    return asked


class Room:
    """A couple; Ana has sent the PHQ-9."""

    def __init__(self) -> None:
        a_practice()
        install_words("phq-9")
        self.ana, self.ben, self.thea = a_person("Ana Ames"), a_person("Ben Bell"), a_therapist("Thea Stone")
        self.case = a_couple(self.ana, self.ben, lead=self.thea)
        self.asked = sent(self.case, self.ana, self.thea)
        self.held = OwnAdministration.objects.get(assignment=self.asked)

    def opened(self) -> str:
        """What Ben gets, on the list and by the address."""
        ben = signed_in(self.ben)
        one = ben.get(f"/opened-to-me/{self.held.pk}/")
        shown = main(one) if one.status_code == 200 else str(one.status_code)
        return main(ben.get("/opened-to-me/")) + shown


def main(answer: Any) -> str:
    return str(answer.content.decode().split("<main")[1].split("</main")[0])


@pytest.fixture
def room() -> Room:
    return Room()


def test_each_piece_is_opened_for_itself_and_taken_back(room: Room) -> None:
    ana, path = signed_in(room.ana), f"/my-answers/{room.asked.pk}/"
    nothing = room.opened()
    assert "Nothing yet." in nothing
    assert nothing.endswith("404")
    page = main(ana.get(path))
    assert "Does not see the scores." in page
    assert "Does not see the answers." in page
    assert "Ben" in page
    assert ana.post(f"{path}share/", {"person": room.ben.pk, "piece": "scores"}).status_code == 303
    shown = room.opened()
    assert "<strong>9</strong>" in shown
    assert "Ana" in shown
    assert "Made-up line" not in shown, "the answers were not opened"
    assert "Each answer" not in shown
    ana.post(f"{path}share/", {"person": room.ben.pk, "piece": "answers"})
    assert "Made-up line number 3" in room.opened()
    ana.post(f"{path}take-back/", {"person": room.ben.pk, "piece": "scores"})
    shown = room.opened()
    assert "Made-up line number 3" in shown
    assert "<strong>9</strong>" not in shown
    ana.post(f"{path}take-back/", {"person": room.ben.pk, "piece": "answers"})
    assert room.opened() == nothing, "as if it never was"
    assert not Release.objects.filter(until_at=None).exists()
    assert Release.objects.exists(), "what was seen was seen: it is ended, not deleted"


def test_nothing_tells_of_what_was_not_opened(room: Room) -> None:
    other = Room()
    Assignment.objects.filter(author_id=other.ana.pk).update(state="due", done_at=None)
    pages = [signed_in(each.ben).get("/opened-to-me/").content.decode() for each in (room, other)]
    assert main_of(pages[0]) == main_of(pages[1])
    share_measure(
        actor=acting(room.ana), assignment_id=room.asked.pk, recipient_id=room.ben.pk, piece=Piece.SCORES
    )
    before = room.opened()
    sent(room.case, room.ana, room.thea)
    assert room.opened() == before


def main_of(page: str) -> str:
    return page.split("<main")[1].split("</main", maxsplit=1)[0]


def test_what_he_takes_along_says_no_more_than_the_page(room: Room) -> None:
    assert room.held.raised_at is not None, "the last answer asked for somebody"
    share_measure(
        actor=acting(room.ana), assignment_id=room.asked.pk, recipient_id=room.ben.pk, piece=Piece.SCORES
    )
    taken = json.dumps(everything_about(room.ben)["material"], default=str)
    assert "depression.phq-9" in taken
    assert "raised" not in taken
    assert "said" not in taken


def test_only_the_author_and_only_to_whom_they_come_with(room: Room) -> None:
    stranger = a_person()
    small = a_person(age=7)
    family = a_case(
        Case.Kind.FAMILY, lead=room.thea, people={room.ana: Role.CAREGIVER, room.ben: Role.CAREGIVER}
    )
    takes_part(family, small, Role.CHILD)
    hers = sent(family, room.ana, room.thea)
    for who, asked, whom in (
        (room.ben, room.asked, room.ben),
        (room.thea, room.asked, room.ben),
        (room.ana, room.asked, stranger),
        (room.ana, room.asked, room.thea),
        (room.ana, room.asked, room.ana),
        (room.ana, hers, small),
    ):
        for act in (share_measure, take_back_measure)[: 1 if who == room.ana else 2]:
            with pytest.raises(Hidden):
                act(actor=acting(who), assignment_id=asked.pk, recipient_id=whom.pk, piece=Piece.SCORES)
    assert not Release.objects.exists()


@pytest.mark.parametrize("kind", [Kind.REPORT, Kind.ALLIANCE])
def test_what_is_about_another_or_about_the_work_is_never_offered(room: Room, kind: Kind) -> None:
    about = {"about_id": room.ben.pk} if kind is Kind.REPORT else {}
    asked = sent(room.case, room.ana, room.thea, kind=kind, **about)
    ana = signed_in(room.ana)
    assert str(asked.pk) not in ana.get("/my-answers/").content.decode()
    assert ana.get(f"/my-answers/{asked.pk}/").status_code == 404
    fields = {"person": room.ben.pk, "piece": "scores"}
    assert ana.post(f"/my-answers/{asked.pk}/share/", fields).status_code == 404
    model: Any = ReportScore if kind is Kind.REPORT else AllianceScore
    row = model.objects.filter(author_id=room.ana.pk)[0]
    with pytest.raises((Hidden, ReleaseRefused)):
        release_row(actor=acting(room.ana), model=model, row_id=row.pk, recipient_id=room.ben.pk)
    screen = ViolenceScreen.objects.get(author_id=room.ana.pk)
    with pytest.raises(Hidden):
        release_row(actor=acting(room.ana), model=ViolenceScreen, row_id=screen.pk, recipient_id=room.ben.pk)


def test_who_left_sees_it_no_more(room: Room) -> None:
    share_measure(
        actor=acting(room.ana), assignment_id=room.asked.pk, recipient_id=room.ben.pk, piece=Piece.SCORES
    )
    part = room.case.participants.get(person=room.ben)
    part.until_at = part.from_at
    part.save()
    assert room.opened().endswith("404")
    page = main(signed_in(room.ana).get(f"/my-answers/{room.asked.pk}/"))
    assert "Take the scores back" in page, "she can still close it"


def test_what_was_erased_is_opened_to_nobody(room: Room) -> None:
    for piece in Piece:
        share_measure(
            actor=acting(room.ana), assignment_id=room.asked.pk, recipient_id=room.ben.pk, piece=piece
        )
    keys.destroy(OwnScore.objects.filter(administration=room.held)[0].key_scope)
    assert "Made-up line" not in room.opened()


@pytest.mark.parametrize("fields", [{}, {"person": "x", "piece": "scores"}, {"piece": "scores"}])
def test_what_says_nothing_is_not_there(room: Room, fields: dict[str, str]) -> None:
    path = f"/my-answers/{room.asked.pk}/"
    assert signed_in(room.ana).post(f"{path}share/", fields).status_code == 404
    assert (
        signed_in(room.ana).post(f"{path}share/", {"person": room.ben.pk, "piece": "all"}).status_code == 404
    )


def test_the_lists_ask_as_often_for_many_as_for_few(room: Room) -> None:
    ana, ben = signed_in(room.ana), signed_in(room.ben)
    for _ in range(4):
        asked = sent(room.case, room.ana, room.thea)
        share_measure(
            actor=acting(room.ana), assignment_id=asked.pk, recipient_id=room.ben.pk, piece=Piece.SCORES
        )
    with at_most(16):
        ana.get("/my-answers/")
    with at_most(16):
        ben.get("/opened-to-me/")


@pytest.mark.parametrize("by_name", [False, True])
def test_in_a_group_answers_are_opened_to_those_alone_whom_one_may_know(by_name: bool) -> None:
    a_practice()
    install_words("phq-9")
    ana, ben, thea = a_person("Ana Ames"), a_person("Ben Bell"), a_therapist("Thea Stone")
    case = a_group(ana, ben, lead=thea)
    Case.objects.filter(pk=case.pk).update(members_know_names=by_name)
    asked = sent(case, ana, thea)
    page = signed_in(ana).get(f"/my-answers/{asked.pk}/").content.decode()
    assert (str(ben.pk) in page) is by_name
    assert "Somebody who has left" not in page
    opened = {"actor": acting(ana), "assignment_id": asked.pk, "recipient_id": ben.pk, "piece": Piece.SCORES}
    if by_name:
        share_measure(**opened)
    else:
        with pytest.raises(Hidden):
            share_measure(**opened)
