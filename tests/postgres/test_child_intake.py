"""What a guardian reports of a child, written and read as the role that serves pages."""

import pytest
from tests.factories.cases import a_child_case
from tests.factories.people import a_guardian, a_person, a_practice, a_therapist, acting
from tests.postgres.roles import as_role

from homeport.access.rows import visible
from homeport.access.standing import standing_of
from homeport.access.wall import person_set
from homeport.assessments.models import ChildIntake
from homeport.assessments.services.save_child_intake import save_child_intake_section
from homeport.assessments.services.save_intake import mark_intake_read
from homeport.cases.models import Participant
from homeport.content.intake import CHILD, intake
from homeport.people.models import Person
from homeport.safety.models import Alert

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_it_passes_the_wall_for_its_author_and_the_care_team_alone() -> None:
    a_practice()
    tom, thea = a_person("Tom Tell", age=7), a_therapist()
    gina, hugo = a_guardian(tom, "Gina Tell"), a_guardian(tom, "Hugo Tell")
    a_child_case(tom, lead=thea, caregivers=(hugo,))
    stranger = a_person()
    part = Participant.objects.select_related("case", "person").get(person=tom)

    def keep(by: Person, version: int | None, words: str) -> None:
        save_child_intake_section(
            actor=acting(by), part=part, asked=intake(form=CHILD), section_id="brings",
            answers={"words": words}, version=version,
        )  # fmt: skip

    def passes(person: Person) -> int:
        with person_set(acting(person)):
            return ChildIntake.objects.count()

    with as_role("web"):
        keep(gina, None, "He sleeps badly.")
        keep(gina, 1, "He says he wants to die.")
        assert [passes(each) for each in (gina, hugo, thea, stranger)] == [1, 0, 1, 0]
        keep(hugo, None, "He is fine with me.")
        assert [passes(each) for each in (gina, hugo, thea)] == [1, 1, 2]
        with person_set(acting(thea)):
            row = ChildIntake.objects.get(author_id=gina.pk)
        mark_intake_read(actor=acting(thea), form=row)
        with person_set(acting(tom)):
            standing = standing_of(acting(tom))
            assert not visible(standing, ChildIntake).exists(), "nobody released it to the child"
    assert Alert.objects.get().subject_id == tom.pk
    assert not ChildIntake.objects.get(author_id=gina.pk).is_news
