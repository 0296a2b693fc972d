"""What happens when somebody joins, and what is opened piece by piece, done as the role that serves pages."""

import pytest
from tests.factories.cases import Role, a_case, a_couple
from tests.factories.made_up_words import install_words
from tests.factories.people import a_person, a_practice, a_therapist, acting
from tests.postgres.roles import as_role

from homeport.access.wall import person_set
from homeport.assessments.models import OwnAnswer, OwnScore
from homeport.assessments.services.assign import assign
from homeport.assessments.services.begin import begin
from homeport.assessments.services.finish import finish
from homeport.assessments.services.save_answer import save_answer
from homeport.assessments.services.share_measure import Piece, share_measure, take_back_measure
from homeport.cases.models import Case
from homeport.cases.services.join_records import join_records
from homeport.cases.services.open_case import add_participant
from homeport.content.instruments import load_key
from homeport.people.models import Person
from homeport.people.models import Role as Duty
from homeport.people.services.hold_role import give_role
from homeport.safety.models import FirstMeeting, ViolenceScreen
from homeport.safety.services.begin_alone import say_met_alone

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ITEM = load_key("depression.phq-9").item_ids[0]


def test_an_intake_clinician_brings_people_in_whose_answers_they_will_never_read() -> None:
    intake, ana, thea = a_person(), a_person(), a_therapist()
    give_role(actor=acting(intake), person=intake, role=Duty.INTAKE)
    case = a_case(Case.Kind.COUPLE, lead=thea)
    with as_role("web"):
        add_participant(actor=acting(intake), case=case, person=ana, role=Role.PARTNER)
        with person_set(acting(intake)):
            assert not ViolenceScreen.objects.exists()
        assert say_met_alone(actor=acting(thea), case_id=case.pk) == 1
    assert ViolenceScreen.objects.get().author_id == ana.pk
    assert FirstMeeting.objects.get().met_by_id == thea.pk


def test_somebody_entered_twice_is_asked_as_themselves() -> None:
    own, thea = a_person(), a_therapist()
    entered = Person.objects.create(name="Ben Bell", language="en", zone="UTC")
    case = a_case(Case.Kind.COUPLE, lead=thea, people={entered: Role.PARTNER})
    with as_role("web"):
        join_records(actor=acting(own), entered=entered, own=own)
    assert ViolenceScreen.objects.get(case_id=case.pk).author_id == own.pk
    assert FirstMeeting.objects.get(case_id=case.pk).subject_id == own.pk


def test_a_piece_passes_the_wall_while_it_is_open_and_no_other_does() -> None:
    a_practice()
    install_words("phq-9")
    ana, ben, thea = a_person(), a_person(), a_therapist()
    case = a_couple(ana, ben, lead=thea)
    asked = assign(actor=acting(thea), case_id=case.pk, person_id=ana.pk, instrument="phq-9")
    begin(actor=acting(ana), assignment_id=asked.pk)
    save_answer(actor=acting(ana), assignment_id=asked.pk, item=ITEM, value=1)
    finish(actor=acting(ana), assignment_id=asked.pk)
    piece = {"assignment_id": asked.pk, "recipient_id": ben.pk, "piece": Piece.SCORES}

    def passes() -> tuple[bool, bool]:
        with person_set(acting(ben)):
            return OwnScore.objects.exists(), OwnAnswer.objects.exists()

    with as_role("web"):
        assert passes() == (False, False)
        share_measure(actor=acting(ana), **piece)
        assert passes() == (True, False)
        take_back_measure(actor=acting(ana), **piece)
        assert passes() == (False, False)
