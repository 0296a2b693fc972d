"""Names, pronouns, language, zone; how to be reached, and how not."""

from html import unescape

import pytest
from tests.factories.sign_ins import Visitor, an_account

from homeport.audit.models import AuditEvent
from homeport.people.models import Person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ABOUT = {
    "name": "Màra O’Neill-Vance",
    "called": "",
    "pronouns": "xe/xem",
    "language": "cr",
    "zone": "America/Regina",
}
CONTACT = {"phone": "+1 416 555 0100", "may_text": "on", "never_at_home": "on", "wants_neutral_sender": "on"}


@pytest.fixture
def inside() -> Visitor:
    """A browser that is signed in."""
    an_account()
    visitor = Visitor()
    visitor.sign_in()
    return visitor


def test_people_are_called_as_they_say(inside: Visitor) -> None:
    page = inside.get("/account/about-me/")
    inside.post("/account/about-me/", {**ABOUT, "version": page.context["form"].initial["version"]})
    person = Person.objects.get()
    assert (person.name, person.pronouns, person.language, person.zone) == (
        "Màra O’Neill-Vance", "xe/xem", "cr", "America/Regina",
    )  # fmt: skip
    assert "Hello, Màra O’Neill-Vance" in unescape(inside.get("/account/").content.decode())


def test_wishes_are_kept(inside: Visitor) -> None:
    version = Person.objects.get().version
    assert inside.post("/account/contact/", {**CONTACT, "version": version}).status_code == 302
    person = Person.objects.get()
    assert (person.may_mail, person.may_text, person.may_call) == (False, True, False)
    assert (person.never_at_home, person.wants_neutral_sender) == (True, True)
    assert person.phone == "+1 416-555-0100"
    assert AuditEvent.objects.filter(subject_id=person.pk, via="contact-wishes").exists()


def test_what_cannot_be_is_told_at_its_field_and_nothing_is_lost(inside: Visitor) -> None:
    version = Person.objects.get().version
    wrong = inside.post("/account/contact/", {**CONTACT, "phone": "call me", "version": version})
    assert wrong.status_code == 422
    assert 'value="call me"' in wrong.content.decode()
    assert "phone-error" in wrong.content.decode()
    missing = inside.post("/account/contact/", {"may_call": "on", "version": version})
    assert "Please write the number" in missing.content.decode()
    nobody = inside.post("/account/about-me/", {**ABOUT, "name": " ", "version": version})
    assert nobody.status_code == 422
    assert 'value="xe/xem"' in nobody.content.decode()
    assert Person.objects.get().phone == ""


def test_of_two_windows_the_second_is_told(inside: Visitor) -> None:
    version = Person.objects.get().version
    inside.post("/account/about-me/", {**ABOUT, "version": version})
    second = inside.post("/account/about-me/", {**ABOUT, "name": "Other", "version": version})
    assert second.status_code == 422
    assert 'value="Other"' in second.content.decode()
    assert Person.objects.get().name == "Màra O’Neill-Vance"


def test_times_are_told_in_the_persons_zone(inside: Visitor) -> None:
    import time_machine

    Person.objects.update(zone="Asia/Tokyo")
    with time_machine.travel("2026-11-23 20:30:00+00:00", tick=False):
        visitor = Visitor()
        visitor.sign_in()
        assert "24 November, 05:30" in visitor.get("/account/devices/").content.decode()
    Person.objects.update(zone="Nowhere/Atlantis")
    assert inside.get("/account/devices/").status_code == 200


def test_markup_in_a_name_is_words(inside: Visitor) -> None:
    version = Person.objects.get().version
    inside.post("/account/about-me/", {**ABOUT, "name": "<script>alert(1)</script>", "version": version})
    assert "<script>alert" not in inside.get("/account/").content.decode()
