"""An instrument is given to nobody for whose age it is not made, whoever asks and by whichever way."""

import pytest
from tests.factories.cases import Role, a_case, a_child_case, an_individual
from tests.factories.made_up_words import install_words
from tests.factories.people import SYSTEM, a_person, a_practice, a_therapist, acting
from tests.factories.signing_in import signed_in

from homeport.assessments.models import Assignment, Kind
from homeport.assessments.services.assign import assign
from homeport.assessments.services.assign_intake import assign_intake_measures
from homeport.cases.models import Case, Participant
from homeport.content.instruments import load_key
from homeport.people.errors import Unfit

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(autouse=True)
def words() -> None:
    a_practice()
    for instrument in ("phq-9", "phq-a"):
        install_words(instrument)


@pytest.mark.parametrize(
    ("age", "instrument", "fits"),
    [(17, "phq-9", False), (18, "phq-9", True), (10, "phq-a", False), (11, "phq-a", True), (17, "phq-a", True),
     (18, "phq-a", False), (None, "phq-9", True), (None, "phq-a", False)],
)  # fmt: skip
def test_the_ends_of_the_range_are_in_it(age: int | None, instrument: str, fits: bool) -> None:
    thea, person = a_therapist(), a_person(**({} if age is None else {"age": age}))
    case = an_individual(person, lead=thea)
    for actor in (acting(thea), SYSTEM):
        if fits:
            assign(actor=actor, case_id=case.pk, person_id=person.pk, instrument=instrument)
        else:
            with pytest.raises(Unfit, match="is made for people from"):
                assign(actor=actor, case_id=case.pk, person_id=person.pk, instrument=instrument)
    assert Assignment.objects.exists() is fits


def test_of_a_report_the_age_of_whom_it_is_about_counts() -> None:
    thea, mother, tia = a_therapist(), a_person(age=40), a_person(age=13)
    case = a_case(Case.Kind.FAMILY, lead=thea, people={mother: Role.CAREGIVER, tia: Role.ADOLESCENT})
    how = {"actor": acting(thea), "case_id": case.pk, "kind": Kind.REPORT}
    assign(**how, person_id=mother.pk, about_id=tia.pk, instrument="phq-a")  # type: ignore[arg-type]
    with pytest.raises(Unfit):
        assign(**how, person_id=mother.pk, about_id=tia.pk, instrument="phq-9")  # type: ignore[arg-type]


def test_the_clinician_reads_why_and_an_unknown_age_is_said() -> None:
    thea, tia, ana = a_therapist(), a_person("Tia Tate", age=15), a_person("Ana Ames")
    fields = {"instrument": "depression.phq-9", "slot": "", "about": "", "due": ""}
    teen, adult = a_child_case(tia, lead=thea), an_individual(ana, lead=thea)
    browser = signed_in(thea)
    refused = browser.post(f"/cases/{teen.pk}/came-in/ask/", {**fields, "person": tia.pk})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "PHQ-9 is made for people from 18 on. Tia Tate is 15. Choose other questions." in page
    asked = browser.post(f"/cases/{adult.pk}/came-in/ask/", {**fields, "person": ana.pk}, follow=True)
    assert (
        "Nobody wrote down when Ana Ames was born, so their age could not be checked"
        in asked.content.decode()
    )


def test_an_intake_gives_a_teen_only_what_is_made_for_them() -> None:
    tia = a_person(age=15)
    case = a_child_case(tia)
    part = Participant.objects.get(case=case, person=tia)
    given = assign_intake_measures(actor=acting(tia), part=part, concerns=["mood"], language="en")
    assert given
    for each in given:
        ages = load_key(each.instrument).ages
        assert (ages.minimum or 0) <= 15 <= (ages.maximum or 99)
