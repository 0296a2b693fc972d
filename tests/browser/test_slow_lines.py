"""Where the line is slow: nothing is sent twice, nothing somebody chose is taken from them, no older answer comes last."""

import re
import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Route, expect
from tests.factories.cases import an_individual
from tests.factories.people import a_person, a_practice, a_therapist
from tests.factories.screens import press_and_arrive
from tests.factories.sign_ins import an_account

from homeport.exercises.models import JournalEntry
from homeport.people.models import Person

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
Open = Callable[..., Page]


def test_a_form_pressed_twice_is_sent_once(as_person: Open) -> None:
    # Given somebody who wrote something
    a_practice()
    ana = a_person("Ana Ames")
    an_individual(ana, lead=a_therapist("Thea Stone"))
    page = as_person(ana, "/journal/write/")
    page.get_by_label("Your words").fill("It was a long day.")
    sent: list[str] = []
    page.on("request", lambda request: sent.extend([request.url] if request.method == "POST" else []))
    # When they press the button twice, as one does where nothing seems to happen
    page.get_by_role("button", name="Keep it").dblclick()
    # Then it is there once
    expect(page.get_by_text("Only you can read this.")).to_be_visible()
    assert len(sent) == 1
    assert JournalEntry.objects.count() == 1
