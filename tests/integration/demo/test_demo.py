"""The demo practice: as large as promised, the same each time, quick, and nowhere else."""

import time

import pytest
from django.conf import settings
from django.http import Http404
from django.test import RequestFactory, override_settings
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from tests.factories.people import a_practice

from homeport.access.models import Release
from homeport.accounts.models import User
from homeport.assessments.models import IntakeForm, OwnScore
from homeport.audit.models import AuditEvent
from homeport.cases.models import Case, ConsentSignature, FormatDecision
from homeport.config.demo.alone import check_practice, check_reach
from homeport.config.demo.fill import fill_demo
from homeport.config.demo.views import _offered, personas
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.core.keys import store
from homeport.directory.models import Request
from homeport.encounters.models import SessionNote
from homeport.exercises.models import JournalEntry
from homeport.people.models import Practice, Role, RoleHolding
from homeport.safety.models import Alert, ReadingHours
from homeport.scheduling.groups import free_places
from homeport.scheduling.models import Appointment, Group, Waiting

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(autouse=True)
def fresh_keys() -> None:
    store.forget_opened()


def test_the_practice_is_there_in_time() -> None:
    begun = time.process_time()
    assert fill_demo()
    assert time.process_time() - begun < 20, (
        "seconds of work; the benchmark of a newcomer times the clock on the wall"
    )
    held = RoleHolding.objects.values_list("role", flat=True)
    assert sum(role == Role.THERAPIST for role in held) == 8
    assert sum(role == Role.SUPERVISOR for role in held) == 2
    assert {Role.MANAGER, Role.RESEARCHER} <= set(held)
    assert Case.objects.count() == 61, "sixty, and the group that is open"
    assert set(Case.objects.values_list("kind", flat=True)) == set(Case.Kind.values)
    moments = SessionNote.objects.order_by("created_at").values_list("created_at", flat=True)
    assert (max(moments) - min(moments)).days > 150
    assert JournalEntry.objects.count() > 100
    assert ConsentSignature.objects.count() > 200
    assert IntakeForm.objects.count() > 80
    assert FormatDecision.objects.count() == 28, "every couple, family, parent and child"
    assert OwnScore.objects.exists()
    begins = Appointment.objects.values_list("begins_at", flat=True)
    assert min(begins) < now() < max(begins)
    assert sorted(Request.objects.values_list("kind", flat=True)) == ["begin"] * 3 + [
        "first_call",
        "question",
    ]
    assert set(Request.objects.values_list("status", flat=True)) == {"sent"}, "each still waits for somebody"
    assert sorted(Alert.objects.values_list("state", flat=True)) == ["acknowledged", "open"]
    assert Waiting.objects.filter(ended_at=None).count() == 2
    assert free_places(Group.objects.get()) == 4
    assert Release.objects.filter(material="own_answers").exists(), "one partner opened theirs to the other"
    assert ReadingHours.objects.get().weekly["4"]
    assert AuditEvent.objects.count() > 1_000, "made through the services, which all write to the audit"
    assert not fill_demo(), "a practice that is there is left alone"


def test_everybody_offered_can_sign_in_nowhere_else() -> None:
    fill_demo()
    assert len(_offered()) >= 10
    assert settings.DEMO is False
    with pytest.raises(NoReverseMatch):
        reverse("demo")
    with pytest.raises(Resolver404):
        resolve("/demo/")


@override_settings(DEMO=False)
def test_the_view_itself_refuses_outside_the_demo(rf: RequestFactory) -> None:

    Practice.objects.all().delete()
    with pytest.raises(Http404):
        personas(rf.post("/demo/", {"person": "x"}))


@pytest.mark.parametrize(
    "opened",
    [{"HTTPS": True}, {"ALLOWED_HOSTS": ["care.example.org"]}, {"ALLOWED_HOSTS": ["localhost", "*"]}],
)
def test_the_demo_is_for_this_machine_alone(opened: dict[str, object]) -> None:
    """By a click anybody signs in as anybody there: one word in a settings file must not open it to the world."""
    with (
        override_settings(**{"HTTPS": False, "ALLOWED_HOSTS": ["localhost"], **opened}),
        pytest.raises(HomeportError, match="this machine alone"),
    ):
        check_reach()
    with override_settings(HTTPS=False, ALLOWED_HOSTS=["localhost", "127.0.0.1", "[::1]"]):
        check_reach()


def test_the_demo_is_for_made_up_people_alone() -> None:
    check_practice()
    a_practice()
    User.objects.create_user("ana@example.org")
    with pytest.raises(HomeportError, match="holds a practice that is not the demo"):
        check_practice()
    User.objects.create_user("ben@demo.example")
    check_practice()


@override_settings(DEMO=True, ALLOWED_HOSTS=["care.example.org", "localhost", "[::1]"])
def test_nobody_is_signed_in_by_a_click_under_an_address_of_the_open_internet(rf: RequestFactory) -> None:
    for host in ("care.example.org", "care.example.org:443"):
        with pytest.raises(Http404):
            personas(rf.get("/demo/", headers={"host": host}))
