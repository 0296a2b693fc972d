"""Joint work asks everybody about home again at fixed sessions, and nobody's answers move when."""

from datetime import datetime, timedelta

import pytest
import time_machine
from tests.factories.cases import a_couple
from tests.factories.people import a_person, a_practice, a_therapist, acting

from homeport.access.gate import Hidden
from homeport.cases.models import Case, FormatDecision
from homeport.core.actor import system
from homeport.core.clock import now
from homeport.people.models import Person, Therapist
from homeport.safety.models import ViolenceScreen
from homeport.safety.services.ask_screens import ask_since
from homeport.safety.services.decide_format import decide_format
from homeport.scheduling.models import Appointment, Offering
from homeport.scheduling.services.ask_again import ask_again

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
BEGIN = datetime.fromisoformat("2027-04-05T16:00:00+00:00")
WEEK = timedelta(days=7)
Format = FormatDecision.Format


@pytest.fixture
def thea() -> Person:
    a_practice()
    return a_therapist("Thea Stone")


def decided(thea: Person, chosen: FormatDecision.Format) -> Case:
    case = a_couple(a_person("Ana"), a_person("Ben"), lead=thea)
    # What everybody is asked at the beginning was answered long ago.
    ViolenceScreen.objects.filter(case_id=case.pk).update(answered_at=now(), created_at=now() - WEEK)
    decide_format(actor=acting(thea), case_id=case.pk, chosen=chosen, met_each_alone=True)
    return case


def met(case: Case, thea: Person, *, joint: bool = True) -> None:
    """A session that ends this moment."""
    therapist = Therapist.objects.get(person=thea)
    kind = "couple" if joint else "individual"
    offering, _ = Offering.objects.get_or_create(therapist=therapist, kind=kind, way="video", minutes=50)
    subject = None if joint else case.participants.order_by("pk")[0].person_id
    Appointment.objects.create(
        case_id=case.pk, subject_id=subject, author_id=thea.pk, therapist=therapist, offering=offering, kind=kind,
        way="video", begins_at=now() - timedelta(minutes=50), ends_at=now(), zone="UTC",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "asks"),
    [(Format.JOINT, [4]), (Format.SPECIALISED, [4, 8]), (Format.INDIVIDUAL_FIRST, [])],
)
def test_after_the_fourth_and_in_a_plan_after_every_fourth(
    thea: Person, chosen: FormatDecision.Format, asks: list[int]
) -> None:
    with time_machine.travel(BEGIN, tick=False) as clock:
        case = decided(thea, chosen)
        found = []
        for number in range(1, 10):
            clock.move_to(BEGIN + WEEK * number)
            met(case, thea)
            met(case, thea, joint=False)
            if ask_again(actor=system("tests")):
                found.append(number)
            assert ask_again(actor=system("tests")) == 0
            ViolenceScreen.objects.update(answered_at=now())
        assert found == asks
        assert ViolenceScreen.objects.count() == 2 + 2 * len(asks)


def test_who_had_not_answered_holds_nobody_up(thea: Person) -> None:
    with time_machine.travel(BEGIN, tick=False) as clock:
        case = decided(thea, Format.JOINT)
        ana = case.participants.get(person__name="Ana").person
        ViolenceScreen.objects.create(author_id=ana.pk, subject_id=ana.pk, case_id=case.pk)
        for number in range(1, 5):
            clock.move_to(BEGIN + WEEK * number)
            met(case, thea)
        assert ask_again(actor=system("tests")) == 1, "Ben's; hers waits already"
        ViolenceScreen.objects.filter(author_id=ana.pk).update(answered_at=now())
        assert ask_again(actor=system("tests")) == 1, "now hers"


def test_only_the_installation_asks_by_itself(thea: Person) -> None:
    case = decided(thea, Format.JOINT)
    with pytest.raises(Hidden):
        ask_since(actor=acting(thea), case_id=case.pk, moment=now())
