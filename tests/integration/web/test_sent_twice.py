"""Forms whose button is pressed twice: written down once, and answered the second time as the first."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from tests.factories import accounts
from tests.factories.cases import a_case, a_child_case, a_couple, an_individual
from tests.factories.made_up_words import install_words
from tests.factories.people import SYSTEM, a_person, a_practice, a_therapist, acting
from tests.factories.scheduling import an_appointment, offers, on, works
from tests.permissions.browsing import Answer, Browser

from homeport.assessments.models import OwnScore
from homeport.assessments.services.assign import assign
from homeport.assessments.services.begin import begin
from homeport.assessments.views import asked as asked_views
from homeport.cases.models import Case, ConsentSignature, Participant
from homeport.cases.services.sign_consent import sign_consent, text_for
from homeport.core.versions import Changed
from homeport.encounters.models import NoteAddition, SessionNote
from homeport.people.models import EmergencyContact, Guardianship, Invitation, Person, Role
from homeport.people.services import keep_emergency_contact as keeping
from homeport.people.services.invite import invite
from homeport.people.views import oneself
from homeport.safety.models import Alert, TriageRecord
from homeport.scheduling.models import Appointment
from homeport.web.practice.views import invitation as invitation_views

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def twice(who: Person, path: str, fields: dict[str, Any] | None = None) -> Answer:
    """The same body two times; both are answered alike."""
    browser = Browser(who)
    answers = [browser.post(path, fields or {}) for _ in range(2)]
    assert [each.status for each in answers] == [303, 303], answers[1].body
    assert answers[0].goes_to == answers[1].goes_to
    return answers[0]


def pressed_twice(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    """What the view calls was done a moment ago by the other copy of the form, which came in between."""
    act: Callable[..., Any] = getattr(module, name)

    def after_the_other(*given: Any, **named: Any) -> Any:
        act(*given, **named)
        return act(*given, **named)

    monkeypatch.setattr(module, name, after_the_other)


def test_somebody_new_is_brought_in_once_and_invited_once() -> None:
    a_practice()
    thea = a_therapist("Thea Stone")
    case = a_case(Case.Kind.COUPLE, lead=thea)
    path = reverse("participant-add", args=[case.pk])
    fields = {"who": "new", "name": "Nora North", "role": "partner", "email": "nora@example.org"}
    twice(thea, path, fields)
    assert Participant.objects.count() == Invitation.objects.count() == 1
    twice(thea, path, {**fields, "name": "Sam North", "email": "sam@example.org"})
    assert Participant.objects.count() == 2


def test_a_guardian_is_written_down_once() -> None:
    a_practice()
    thea, tom = a_therapist("Thea Stone"), a_person("Tom Tell", age=9)
    case = a_child_case(tom, lead=thea)
    part = Participant.objects.get(case=case, person=tom)
    fields = {
        "who": "new", "name": "Gina Tell", "email": "gina@example.org", "kind": Guardianship.Kind.values[0],
        "legal_authority": "on", "jurisdiction": "CA-ON",
    }  # fmt: skip
    twice(thea, reverse("guardian-add", args=[case.pk, part.pk]), fields)
    assert Guardianship.objects.count() == Invitation.objects.count() == 1


def test_what_is_added_to_a_signed_note_stands_there_once() -> None:
    a_practice()
    thea, ana = a_therapist("Thea Stone"), a_person("Ana Ames")
    case = an_individual(ana, lead=thea)
    browser = Browser(thea)
    browser.post(reverse("note-write", args=[case.pk]), {"about": str(ana.pk), "words": "Came early."})
    note = SessionNote.objects.get()
    browser.post(reverse("note-sign", args=[note.pk]), {"version": note.version})
    twice(thea, reverse("note-add", args=[note.pk]), {"words": "She slept."})
    assert NoteAddition.objects.count() == 1
    browser.post(reverse("note-add", args=[note.pk]), {"words": "She slept well."})
    assert NoteAddition.objects.count() == 2


def test_an_interview_is_one_and_raises_one_alert() -> None:
    a_practice()
    thea, ana = a_therapist("Thea Stone"), a_person("Ana Ames")
    case = an_individual(ana, lead=thea)
    path = reverse("triage-new", args=[case.pk, ana.pk])
    twice(thea, path, dict.fromkeys([*(f"point{number}" for number in range(1, 7)), "recent"], "yes"))
    assert TriageRecord.objects.count() == Alert.objects.count() == 1


def test_met_alone_and_taken_back_are_said_again() -> None:
    a_practice()
    thea, ana, ben = a_therapist("Thea Stone"), a_person("Ana Ames", age=34), a_person("Ben Bell", age=34)
    couple = a_couple(ana, ben, lead=thea)
    twice(thea, reverse("met-alone", args=[couple.pk, ana.pk]))
    assert Browser(thea).post(reverse("met-alone", args=[couple.pk, thea.pk])).status == 404
    an_individual(ana, lead=thea)
    parts = Participant.objects.select_related("case", "person")
    part = parts.exclude(case=couple).get(person=ana)
    text = text_for(part, "recording", ana).text
    sign_consent(actor=acting(ana), participant=part, signer=ana, kind="recording", text_hash=text.hash)
    twice(ana, reverse("consent-take-back", args=[part.pk, "recording"]))
    assert ConsentSignature.objects.get().ended == "taken_back"


def test_answers_that_another_copy_has_sent_are_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    a_practice()
    thea, ana = a_therapist("Thea Stone"), a_person("Ana Ames")
    case = an_individual(ana, lead=thea)
    install_words("phq-9")
    asked = assign(actor=acting(thea), case_id=case.pk, person_id=ana.pk, instrument="phq-9")
    begin(actor=acting(ana), assignment_id=asked.pk)
    pressed_twice(monkeypatch, asked_views, "finish")
    answer = Browser(ana).post(f"/asked/{asked.pk}/send/")
    assert (answer.status, answer.goes_to) == (303, f"/asked/{asked.pk}/sent/")
    assert OwnScore.objects.count() == 1


def test_whoever_an_invitation_has_brought_in_reads_that_they_are_in(monkeypatch: pytest.MonkeyPatch) -> None:
    a_practice()
    _, secret = invite(actor=SYSTEM, email="nora@example.org", roles=[Role.CLIENT], name="Nora")
    browser, user = accounts.a_browser(), accounts.a_user("nora@example.org")
    browser.post(reverse("invitation"), {"secret": secret})
    held = dict(browser.session)
    browser.force_login(user, backend="homeport.accounts.backends.SignInBackend")
    session = browser.session
    session.update(held)
    session.save()
    pressed_twice(monkeypatch, invitation_views, "_accepted")
    answer = browser.post(reverse("invitation-accept"), {"name": "Nora"})
    assert (answer.status_code, answer.headers["Location"]) == (303, reverse("account"))
    assert Person.objects.filter(user=user).count() == 1


def test_whoever_says_twice_who_they_are_is_entered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    a_practice()
    browser, user = accounts.a_browser(), accounts.a_user("nora@example.org")
    browser.force_login(user, backend="homeport.accounts.backends.SignInBackend")
    pressed_twice(monkeypatch, oneself, "enter_person")
    said = {"name": "Nora North", "language": "en", "zone": "America/Toronto"}
    assert browser.post(reverse("about-me"), said).status_code == 302
    assert Person.objects.filter(user=user).count() == 1


def test_two_first_contacts_in_one_moment_and_the_second_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    a_practice()
    ana = a_person("Ana Ames")
    empty = {"contact_name": "", "contact_phone": "", "contact_is": "", "location": ""}
    monkeypatch.setattr(keeping, "_kept", lambda person, _version: EmergencyContact(person=person, **empty))
    said = {"actor": acting(ana), "person": ana, "version": None}
    keeping.keep_emergency_contact(contact=keeping.Contact(name="Mia"), **said)
    with pytest.raises(Changed):
        keeping.keep_emergency_contact(contact=keeping.Contact(name="Max"), **said)
    assert EmergencyContact.objects.get().contact_name == "Mia"


def test_a_time_that_is_cancelled_twice_is_cancelled() -> None:
    a_practice()
    thea, ana = a_therapist("Thea Stone"), a_person("Ana Ames")
    case = an_individual(ana, lead=thea)
    works(thea)
    row = an_appointment(case, offers(thea), on(4, 9), subject=ana)
    twice(ana, reverse("appointment-cancel", args=[row.pk]), {"version": row.version})
    assert Appointment.objects.get().changes == 1
