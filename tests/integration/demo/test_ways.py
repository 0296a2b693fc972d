"""Every page has a way in: whoever looks around in the demo finds it by links alone, and no link leads nowhere."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import include, path
from pytest_django import Settings
from tests.factories.following import Walk, walk
from tests.factories.signing_in import signed_in
from tests.permissions.routes import METHODS, every_route

from homeport.assessments.models import Assignment
from homeport.cases.models import CareTeamMember, Participant
from homeport.config.demo.fill import fill_demo
from homeport.config.demo.views import _offered
from homeport.directory.models import Request
from homeport.people.models import Guardianship, Person
from homeport.safety.models import FirstMeeting

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
urlpatterns = [path("", include("homeport.config.urls")), path("", include("homeport.config.demo.urls"))]

_MAIL = "opened from a letter"
_FORM = "comes after a form was sent"
_FACTOR = "of somebody with a passkey or an app, which nobody in the demo has"
_STATE = "of a state in which nobody in the demo is"
# Pages that no link leads to, and how one comes to them.
OTHERWISE = {
    "account-draft": "comes after signing in anew, where a form had been kept",
    "account-yours": "comes after signing in, where something waits in the browser",
    "account_change_password": "of somebody with a password, which nobody in the demo has",
    "account_confirm_login_code": _FORM,
    "account_email_verification_sent": _FORM,
    "account_inactive": "where somebody is led whose account is closed",
    "account_reauthenticate": "asked before something is given away",
    "account_reset_password_done": _FORM,
    "account_reset_password_from_key": _MAIL,
    "account_reset_password_from_key_done": _MAIL,
    "appointment-keep": _FORM,
    "appointment-link": _MAIL,
    "asked-question": _STATE,
    "asked-send": _STATE,
    "asked-sent": _FORM,
    "asked-support": _FORM,
    "begin": _FORM,
    "calendar-file": "opened by calendars, at the address that a person was given once",
    "check-give": _FORM,
    "check-keep": _FORM,
    "check-question": _FORM,
    "check-result": _FORM,
    "child-intake": _STATE,
    "child-private-way": "comes after an answer that speaks of danger to the child",
    "child-section": "a page of the intake for a small child, while it is not given: with whom that is so, chance decides",
    "emergencies": _STATE,
    "gallery": "for those who build pages",
    "guardian-add": "beside `case-minor`",
    "guardian-narrow": "beside `case-minor`",
    "case-minor": "of a child's part in a case: whether one is under age hangs on the day",
    "health": "for machines",
    "help-zones": "fetched by the page of crisis lines",
    "invitation": _MAIL,
    "invitation-accept": _MAIL,
    "left-behind": "of a therapist who has left cases behind: nobody in the demo",
    "mfa_authenticate": _FACTOR,
    "mfa_download_recovery_codes": _FACTOR,
    "mfa_edit_webauthn": _FACTOR,
    "mfa_list_webauthn": _FACTOR,
    "mfa_login_webauthn": "fetched by the page of signing in",
    "mfa_reauthenticate": _FACTOR,
    "mfa_reauthenticate_webauthn": _FACTOR,
    "mfa_remove_webauthn": _FACTOR,
    "mfa_signup_webauthn": _FORM,
    "mfa_view_recovery_codes": _FACTOR,
    "private-way": "comes after an answer that speaks of danger",
    "profile-photo": "a picture, which no profile in the demo has",
    "request-link": _MAIL,
    "set-up": "before there is a practice",
    "therapist-photo": "a picture, which no profile in the demo has",
    "triage": _STATE,
    "what-now": _FORM,
}


@pytest.fixture
def walks(settings: Settings, tmp_path: Path) -> dict[str, Walk]:
    """What each kind of person finds, from where they begin."""
    settings.ROOT_URLCONF, settings.DEMO = __name__, True
    settings.STATIC_ROOT = tmp_path
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    fill_demo()
    here = {"HTTP_HOST": "localhost"}
    found = {"a visitor": walk(Client(**here), "/")}
    for person in dict.fromkeys([*(each.person for each in _offered()), *_with_something_waiting()]):
        found[person.name] = walk(signed_in(person, **here), "/home/")
    return found


def _with_something_waiting() -> list[Person]:
    """One each to whom pages are shown that the others have no need of."""
    here = Person.objects.filter(user__isnull=False)
    teen = Participant.objects.filter(role="adolescent", person__user__isnull=False).order_by("pk").first()
    assert teen is not None
    wanted = (
        here.filter(pk__in=FirstMeeting.objects.filter(met_at=None).values("subject_id")),
        here.filter(pk__in=Request.objects.values("author_id")),
        here.filter(pk__in=Guardianship.objects.filter(child__user=None).values("guardian_id")),
        here.filter(pk__in=Assignment.objects.filter(state="due").values("author_id")),
        here.filter(pk__in=CareTeamMember.objects.filter(case_id=teen.case_id).values("person_id")),
    )
    return [person for query in wanted if (person := query.order_by("name", "pk").first()) is not None]


def test_every_page_is_reached_by_links_and_no_link_leads_nowhere(walks: dict[str, Walk]) -> None:
    broken = {who: found.broken for who, found in walks.items() if found.broken}
    assert not broken
    reached = {name for found in walks.values() for name in found.reached | found.sends}
    pages = {
        each.name for each in every_route() if "GET" in (each.declared.methods if each.declared else METHODS)
    }
    assert pages - reached - OTHERWISE.keys() == set(), (
        "no link leads there, and nobody says how one comes there"
    )
    assert OTHERWISE.keys() <= pages, "such a page is no more"
    assert all(found.pages > 20 for found in walks.values()), "somebody saw next to nothing"
