"""What one signed, on a phone: the list, the words as they were, and the words of today."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.factories.cases import an_individual
from tests.factories.people import a_person, a_practice, acting

from homeport.cases.models import Participant
from homeport.cases.services.install_text import install_texts
from homeport.cases.services.sign_consent import sign_consent, text_for
from homeport.cases.text_file import read_text
from homeport.core.actor import system

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
Open = Callable[..., Page]
Look = Callable[[Page, str], None]
OWN = """---
kind: fees
place: "*"
language: en
version: 1
title: What it costs with us
summary: Our fees.
---
An hour costs ninety dollars.
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_new_words_wait_and_the_old_ones_stay(as_person: Open, looked_at: Look, scheme: str) -> None:
    a_practice()
    ana = a_person("Ana Ames", age=34)
    an_individual(ana)
    part = Participant.objects.select_related("case", "person").get(person=ana)
    text = text_for(part, "fees", ana).text
    sign_consent(actor=acting(ana), participant=part, signer=ana, kind="fees", text_hash=text.hash)
    install_texts(actor=system("test"), texts=[read_text(OWN, "fees.md")])
    page = as_person(ana, f"/before/{part.pk}/texts/fees/", scheme=scheme)
    expect(page.get_by_text("The words have changed since you signed.")).to_be_visible()
    looked_at(page, f"fees-changed-390-{scheme}")
    page.get_by_role("link", name="Read what you signed").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(text.title)
    looked_at(page, f"signed-one-390-{scheme}")
    page.emulate_media(media="print")
    expect(page.locator("article, .sheet").first).to_be_visible()
    expect(page.locator(".crumbs")).to_be_hidden()
    page.emulate_media(media="screen")
    page.goto(f"/before/{part.pk}/texts/fees/")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="I agree, and I sign")).to_have_count(
        0
    )  # nobody presses a button on paper
    page.emulate_media(media="screen")
    page.get_by_role("button", name="I agree, and I sign").click()
    page.get_by_role("link", name="Everything you signed").click()
    expect(page.get_by_text("newer words since")).to_be_visible()
    looked_at(page, f"signed-390-{scheme}")
