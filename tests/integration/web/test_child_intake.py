"""What a guardian reports of a child who is too young to be asked: kept page by page, read by the care team alone."""

import re
from html import unescape

import pytest
from tests.factories.cases import a_child_case
from tests.factories.people import a_guardian, a_person, a_practice, a_therapist, acting
from tests.factories.queries import at_most
from tests.factories.signing_in import signed_in

from homeport.access.gate import Hidden
from homeport.assessments.models import ChildIntake, IntakeForm
from homeport.assessments.services.save_child_intake import save_child_intake_section
from homeport.cases.models import Case, Participant
from homeport.content.intake import CHILD, intake
from homeport.core.clock import now
from homeport.people.known import forget
from homeport.people.models import Person
from homeport.safety.levels import Level
from homeport.safety.models import Alert

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class Room:
    """Tom, who is seven, with two guardians; his father takes part in the case, his mother does not."""

    def __init__(self) -> None:
        a_practice()
        self.tom = a_person("Tom Tell", age=7)
        self.gina, self.hugo = a_guardian(self.tom, "Gina Tell"), a_guardian(self.tom, "Hugo Tell")
        self.thea = a_therapist("Thea Stone")
        self.case = a_child_case(self.tom, lead=self.thea, caregivers=(self.hugo,))
        self.part = Participant.objects.select_related("case", "person").get(person=self.tom)

    def path(self, rest: str = "") -> str:
        return f"/before/{self.part.pk}/{rest}"

    def page(self, person: Person, path: str, status: int = 200) -> str:
        answer = signed_in(person).get(path)
        assert answer.status_code == status, path
        return unescape(answer.content.decode())

    def send(self, person: Person, section: str = "brings", **said: object) -> str:
        answer = signed_in(person).post(self.path(f"child/{section}/"), said)
        assert answer.status_code == 303, answer.content.decode()[:2000]
        return answer["Location"]


@pytest.fixture
def room() -> Room:
    return Room()


def test_a_guardian_fills_it_in_page_by_page_and_finds_it_again(room: Room) -> None:
    assert "A form about the child" in room.page(room.gina, "/children/")
    assert "What brings you" in room.page(room.gina, room.path())
    assert room.send(room.gina, words="He sleeps badly.", now="sleep") == room.path("child/goals/")
    assert room.send(room.gina, "goals", goals_1="Rest.", then="stop") == room.path()
    form = ChildIntake.objects.get()
    assert (form.author_id, form.subject_id, form.case_id) == (room.gina.pk, room.tom.pk, room.case.pk)
    assert form.section_versions == {"brings": 1, "goals": 1}
    assert "He sleeps badly." in room.page(room.gina, room.path("child/brings/"))
    assert f"{room.path('child/history/')}" in room.page(room.gina, "/children/"), (
        "they go on where they stopped"
    )
    for section in ("history", "about"):
        room.send(room.gina, section)
    assert "A form about the child" not in room.page(room.gina, "/children/")
    assert not IntakeForm.objects.exists()
    assert not Alert.objects.exists()


def test_of_two_devices_the_second_is_told(room: Room) -> None:
    room.send(room.gina, words="He sleeps badly.")
    late = signed_in(room.gina).post(room.path("child/brings/"), {"words": "He hardly sleeps."})
    shown = unescape(late.content.decode())
    assert late.status_code == 422
    assert "You kept this page from another device or window meanwhile." in shown
    assert "He sleeps badly." in shown
    assert "He hardly sleeps." in shown


def test_the_therapist_finds_it_everywhere_and_marks_it_as_read(room: Room) -> None:
    room.send(room.gina, words="He sleeps badly.", since="months")
    form = ChildIntake.objects.get()
    for path in (f"/cases/{room.case.pk}/before/", f"/cases/{room.case.pk}/came-in/", "/today/"):
        assert f"/intakes/of-a-child/{form.pk}/" in room.page(room.thea, path), path
    assert "What Gina Tell reports of Tom Tell" in room.page(room.thea, f"/cases/{room.case.pk}/before/")
    shown = room.page(room.thea, f"/intakes/of-a-child/{form.pk}/")
    assert "He sleeps badly." in shown
    assert "What Gina Tell reports." in shown
    assert "What worries you about the child?" in shown
    read = {"version": form.version}
    assert signed_in(room.thea).post(f"/intakes/of-a-child/{form.pk}/read/", read).status_code == 303
    assert f"/intakes/of-a-child/{form.pk}/" not in room.page(room.thea, "/today/")
    room.send(room.gina, "goals", goals_1="Rest.")
    signed_in(room.thea).post(f"/intakes/of-a-child/{form.pk}/read/", read)
    assert ChildIntake.objects.get().is_news, "they read an older state"


def test_another_guardian_sees_nothing_of_it_and_has_their_own(room: Room) -> None:
    pages = ("/children/", "/home/", room.path(), room.path("child/brings/"), room.path("child/history/"))
    forget()
    before = [room.page(room.hugo, path) for path in pages]
    said = {"words": "His father hits him.", "now": "violence"}
    assert room.send(room.gina, **said) == room.path("child/brings/now/")
    form = ChildIntake.objects.get()
    without = _without_tokens
    forget()  # as the first time, by a process that has just begun
    assert [without(room.page(room.hugo, path)) for path in pages] == [without(page) for page in before]
    for path in (f"/intakes/of-a-child/{form.pk}/", f"/intakes/{form.pk}/"):
        for who in (room.hugo, room.gina, room.tom, a_therapist("Odd Oak"), a_person()):
            room.page(who, path, 404)
    room.send(room.hugo, words="He is fine with me.")
    assert ChildIntake.objects.count() == 2
    assert "His father" not in room.page(room.hugo, room.path("child/brings/"))
    shown = room.page(room.thea, f"/cases/{room.case.pk}/before/")
    assert "What Gina Tell reports of Tom Tell" in shown
    assert "What Hugo Tell reports of Tom Tell" in shown


def _without_tokens(page: str) -> str:
    """The page without what every request draws anew."""

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"', "", page)


def test_what_is_chosen_and_what_is_written_reach_the_care_team_about_the_child(room: Room) -> None:
    room.send(room.gina, now="dark_thoughts")
    chosen = Alert.objects.get()
    assert (chosen.level, chosen.subject_id, chosen.author_id) == (Level.SAME_DAY, room.tom.pk, room.gina.pk)
    assert room.send(room.gina, "goals", theirs="He says he wants to die.") == room.path("child/goals/now/")
    written = Alert.objects.exclude(pk=chosen.pk).get()
    assert (written.level, written.subject_id, written.item) == (Level.URGENT, room.tom.pk, "goals")
    shown = room.page(room.thea, f"/alerts/{written.pk}/")
    assert "Tom Tell" in shown
    assert "somebody who does not take part in the case" in shown
    help_now = room.page(room.gina, room.path("child/goals/now/"))
    assert room.path("child/history/") in help_now
    for who in (room.gina, room.hugo):
        assert "lert" not in room.page(who, "/children/")
        room.page(who, f"/alerts/{written.pk}/", 404)


@pytest.mark.parametrize("who", ["stranger", "unverified", "the child", "the therapist"])
def test_nobody_else_may_report(room: Room, who: str) -> None:
    person = {
        "stranger": a_person(), "unverified": a_guardian(room.tom, "Una Tell", verified=False),
        "the child": room.tom, "the therapist": room.thea,
    }[who]  # fmt: skip
    for rest in ("child/brings/", "child/brings/now/"):
        room.page(person, room.path(rest), 404)
    with pytest.raises(Hidden):
        save_child_intake_section(
            actor=acting(person), part=room.part, asked=intake(form=CHILD), section_id="brings", answers={},
            version=None,
        )  # fmt: skip


def test_a_young_person_is_asked_themselves_and_a_closed_case_takes_nothing(room: Room) -> None:
    tia = a_person("Tia Tell", age=12)
    gina = a_guardian(tia, "Gina Tell")
    a_child_case(tia, lead=room.thea)
    part = Participant.objects.select_related("case", "person").get(person=tia)
    assert "To fill in" not in room.page(gina, f"/before/{part.pk}/")
    room.page(gina, f"/before/{part.pk}/child/brings/", 404)
    room.page(room.gina, room.path("child/nothing/"), 404)
    Case.objects.filter(pk=room.case.pk).update(status=Case.Status.CLOSED, closed_at=now())
    room.part.case.refresh_from_db()
    for one, guardian in ((part, gina), (room.part, room.gina)):
        with pytest.raises(Hidden):
            save_child_intake_section(
                actor=acting(guardian), part=one, asked=intake(form=CHILD), section_id="brings", answers={},
                version=None,
            )  # fmt: skip


def test_the_pages_cost_what_they_cost(room: Room) -> None:
    room.send(room.gina, words="Hm.")
    gina, thea = signed_in(room.gina), signed_in(room.thea)
    for browser, path, most in (
        (gina, room.path(), 20),
        (gina, room.path("child/brings/"), 10),
        (thea, f"/cases/{room.case.pk}/before/", 24),
    ):
        browser.get(path)
        with at_most(most):
            browser.get(path)
