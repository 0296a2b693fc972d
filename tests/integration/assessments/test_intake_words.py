"""Words of danger in the form before the first session: they reach the care team alone; their writer sees lines to call."""

from typing import Any

import pytest
from tests.factories.cases import a_couple
from tests.factories.people import a_person, a_practice, a_therapist, acting
from tests.factories.signing_in import signed_in

from homeport.assessments.services.save_intake import save_intake_section
from homeport.cases.models import Case, Participant
from homeport.content.intake import intake
from homeport.people.models import Person
from homeport.safety.levels import Level
from homeport.safety.models import Alert

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def ana() -> Person:
    a_practice()
    return a_person("Ana Ames", age=34)


@pytest.fixture
def case(ana: Person) -> Case:
    return a_couple(ana, a_person("Ben Bell", age=36), lead=a_therapist("Thea Stone"))


def write(ana: Person, case: Case, version: int | None, section: str = "brings", **answers: Any) -> None:
    save_intake_section(
        actor=acting(ana),
        case_id=case.pk,
        asked=intake(),
        section_id=section,
        answers=answers,
        version=version,
    )


def test_words_of_not_wanting_to_live_are_urgent_once_for_each_text(ana: Person, case: Case) -> None:
    write(ana, case, None, words="I don't want to be here any more.")
    alert = Alert.objects.get()
    assert (alert.source, alert.level, alert.subject_id) == (Alert.Source.WORDS, Level.URGENT, ana.pk)
    assert alert.reasons == ["words-suicide"]
    assert "here" not in str(alert.said), "what was written stays where it is"
    write(ana, case, 1, words="I don't want to be here any more.", since="weeks")
    assert Alert.objects.count() == 1
    write(ana, case, 2, words="I have saved up my pills. I don't want to be here any more.")
    assert Alert.objects.count() == 2, "what is new is told, though the first was seen to already"


def test_every_field_that_one_writes_into_is_read(ana: Person, case: Case) -> None:
    write(ana, case, None, tried="Nothing. I'd be better off dead.")
    write(ana, case, None, section="goals", goals=["Sleep.", "Stop wanting to kill myself."])
    write(ana, case, None, section="about", household="My husband, he hits me.")
    levels = dict(Alert.objects.values_list("item", "level"))
    assert levels == {"brings": Level.URGENT, "goals": Level.URGENT, "about": Level.SAME_DAY}


def test_ordinary_sorrow_and_what_is_chosen_raise_nothing_here(ana: Person, case: Case) -> None:
    write(ana, case, None, words="My mother died and I miss her.", since="years", concerns=["grief"])
    assert not Alert.objects.exists()


def test_its_writer_is_led_to_lines_and_the_partner_sees_nothing(ana: Person, case: Case) -> None:
    part = Participant.objects.get(person=ana)
    sent = {"words": "Everyone would be better off without me.", "since": "weeks"}
    answer = signed_in(ana).post(f"/before/{part.pk}/questions/brings/", sent)
    assert (answer.status_code, answer.headers["Location"]) == (
        303, f"/before/{part.pk}/questions/brings/now/",
    )  # fmt: skip
    assert Alert.objects.count() == 1
    calm = signed_in(ana).post(
        f"/before/{part.pk}/questions/goals/", {"goals_1": "Sleep better", "goals": "Sleep better"}
    )
    assert not calm.headers.get("Location", "").endswith("/now/")
    ben = signed_in(Person.objects.get(name="Ben Bell"))
    assert "lert" not in ben.get("/home/").content.decode()
    assert ben.get(f"/before/{part.pk}/questions/brings/now/").status_code == 404
