"""From what brings somebody to the yes of a therapist, in a real browser."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.factories.meeting import a_listed
from tests.factories.people import a_person, a_practice, acting, someone_with

from homeport.directory.models import Request
from homeport.directory.services.ask_to_begin import ask_to_begin
from homeport.directory.services.put_request import Said
from homeport.outbox.models import OutgoingMessage
from homeport.people.models import Person, Role
from homeport.people.offers import Approach, Gender

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
Look = Callable[..., None]
VIEWS = [(390, "light"), (1280, "dark")]


@pytest.fixture
def grace() -> Person:
    a_practice()
    a_listed(
        "Paul Pine", concerns=["couple"], gender=Gender.MAN, languages=["en", "fr"], greeting="No hurry here."
    )
    return a_listed(
        "Grace Gale", concerns=["grief", "mood"], approaches=[Approach.NARRATIVE], gender=Gender.WOMAN, town="Toronto",
        greeting="Loss has its own pace.", title="Registered psychotherapist",
    )  # fmt: skip


def chip(page: Page, words: str) -> None:
    page.locator("label", has_text=words).first.click()


def onward(page: Page, words: str = "Next") -> None:
    page.locator(".ask-buttons").get_by_role("button", name=words).click()


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_four_screens_a_list_and_a_question(
    visit: Any,
    looked_at: Look,
    grace: Person,
    width: int,
    scheme: str,
) -> None:
    name = f"{width}-{scheme}"
    page = visit("/match/", width=width, scheme=scheme)
    looked_at(page, f"match-brings-{name}")
    chip(page, "Grief and loss")
    onward(page)
    chip(page, "I lost someone close")
    looked_at(page, f"match-life-{name}")
    onward(page)
    chip(page, "Weekday evenings")
    looked_at(page, f"match-meet-{name}")
    onward(page)
    page.locator("select[name=gender]").select_option("woman")
    looked_at(page, f"match-who-{name}")
    onward(page, "Show me who could fit")
    expect(page.locator(".suit").first).to_contain_text("Grace Gale")
    expect(page.locator(".suit").first).to_contain_text("Works with this: Grief and loss")
    looked_at(page, f"match-list-{name}")
    page.locator(".suit").first.get_by_role("button", name="Grace Gale").click()
    expect(page.get_by_role("heading", level=1, name="Grace Gale")).to_be_visible()
    page.get_by_role("button", name="Back to your list").first.click()
    expect(page.locator(".suit").first).to_contain_text("Works with this: Grief and loss")
    assert len(page.context.pages) == 1, "in one tab: what is left is left whole"
    page.locator(".suit").first.get_by_role("button", name="Free first call").click()
    looked_at(page, f"match-first-call-{name}")
    page.get_by_role("button", name="Back to your list").click()
    page.locator(".suit").first.get_by_role("button", name="Ask a question").click()
    looked_at(page, f"match-ask-{name}")
    page.locator("textarea").fill("Do you work with sudden loss?")
    page.locator("input[name=contact]").fill("sam@example.org")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Please look into your mail")
    looked_at(page, f"match-put-{name}")
    body = OutgoingMessage.objects.get().words["body"]
    found = re.search(r"/my-request/#\S+", body)
    assert found
    page.goto(found[0])
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_text("It is sent.")).to_be_visible()
    assert "#" not in page.url
    looked_at(page, f"match-sent-{name}")


def test_without_a_script_the_code_is_typed(visit: Any, grace: Person) -> None:
    page = visit("/match/", javascript=False)
    chip(page, "Grief and loss")
    onward(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Who would come?")


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_intake_proposes_and_the_therapist_says_yes(
    as_person: Any,
    looked_at: Look,
    grace: Person,
    width: int,
    scheme: str,
) -> None:
    pytest.importorskip("highspy", reason="the extra science is not installed")
    name = f"{width}-{scheme}"
    ana, ben = a_person("Ana Ames"), a_person("Ben Bell")
    wishes: dict[str, object] = {"where": "CA-ON", "concerns": ["grief"], "weights": {"concerns": 2}}
    for person in (ana, ben):
        words = "My mother died in spring, and I cannot find my feet."
        ask_to_begin(actor=acting(person), to_id=None, said=Said(words=words, where="CA-ON", wishes=wishes))
    page = as_person(someone_with(Role.INTAKE, name="Ines Ivy"), "/requests/", width=width, scheme=scheme)
    looked_at(page, f"requests-{name}")
    page.get_by_role("link", name="Who waits for somebody").click()
    page.get_by_role("button", name="Work out a proposal").click()
    expect(page.get_by_text("It is proved that no plan does better")).to_be_visible()
    looked_at(page, f"waiting-{name}")
    page.get_by_role("link", name="Choose somebody else (Ana Ames)").click()
    looked_at(page, f"waiting-person-{name}")
    page.get_by_label("Paul Pine").check()
    page.get_by_role("button", name="Hold this choice").click()
    expect(page.get_by_text("Your choice is held.")).to_be_visible()
    expect(page.get_by_label("Give it to Paul Pine")).to_be_visible()
    looked_at(page, f"waiting-chosen-{name}")
    page.get_by_role("button", name="Confirm all").click()
    expect(page.get_by_text("were given on")).to_be_visible()
    asked = Request.objects.filter(to_id=grace.pk)[0]
    page = as_person(grace, f"/requests/{asked.pk}/", width=width, scheme=scheme)
    looked_at(page, f"request-{name}")
    page.get_by_role("button", name="Yes, open a case").click()
    expect(page.get_by_text("You said yes")).to_be_visible()
    page = as_person(Person.objects.get(pk=asked.author_id), "/my-request/mine/", width=width, scheme=scheme)
    expect(page.get_by_text("They said yes")).to_be_visible()
    looked_at(page, f"my-requests-{name}")
