"""Ways that somebody who was invited may take on their way in, and two devices at once."""

import re
from html import unescape

import pytest
from django.urls import reverse
from tests.factories import accounts, people

from homeport.people.models import Person, Role
from homeport.people.services.change_person import change_person
from homeport.people.services.invite import invite

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_whoever_loses_the_way_after_signing_up_is_led_back_to_their_invitation() -> None:
    """Otherwise they would make a second record of themselves, and the first would wait for ever."""
    people.a_practice()
    ana = people.a_person("Ana, as her therapist wrote her")
    _, secret = invite(actor=people.SYSTEM, email="ana@example.org", roles=[], person=ana)
    browser = accounts.a_browser()
    browser.post(reverse("invitation"), {"secret": secret})
    user = accounts.a_user("ana@example.org")
    held = dict(browser.session)
    browser.force_login(user, backend="homeport.accounts.backends.SignInBackend")
    session = browser.session
    session.update(held)
    session.save()
    lost = browser.get(reverse("home"))
    assert lost.headers["Location"].startswith(reverse("about-me"))
    assert browser.get(reverse("about-me")).headers["Location"] == reverse("invitation-accept")
    browser.post(reverse("invitation-accept"))
    ana.refresh_from_db()
    assert ana.user == user
    assert Person.objects.filter(user=user).count() == 1
    # Known now: the page about oneself is about oneself again.
    assert browser.get(reverse("about-me")).status_code == 200


@pytest.mark.parametrize("role", [Role.THERAPIST, Role.CLIENT])
def test_who_is_known_sees_the_page_about_themselves(role: Role) -> None:
    people.a_practice()
    browser = accounts.a_browser(people.someone_with(role))
    assert browser.get(reverse("about-me")).status_code == 200


def test_on_two_devices_the_second_is_told_and_can_save() -> None:
    people.a_practice()
    ana = people.a_person("Ana")
    browser = accounts.a_browser(ana)
    change_person(actor=people.acting(ana), person=ana, version=1, changes={"called": "Annie"})
    said = {"name": "Ana", "called": "Nana", "language": "en", "zone": "America/Toronto", "version": "1"}
    page = browser.post(reverse("about-me"), said)
    assert page.status_code == 422
    text = unescape(page.content.decode())
    assert "Annie" in text
    assert 'value="Nana"' in text
    version = re.search(r'name="version" value="(\d+)"', text)
    assert version
    assert version[1] == "2"
    assert browser.post(reverse("about-me"), {**said, "version": "2"}).status_code == 302
    ana.refresh_from_db()
    assert ana.called == "Nana"
