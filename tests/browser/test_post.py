"""Who could not be reached, and when to be reminded, in a real browser."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page
from tests.factories import accounts, people

from homeport.outbox.models import OutgoingMessage
from homeport.outbox.services.put_message import put_message
from homeport.people.models import Person, Role

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
SIZES = {390: 844, 1280: 860}
State = OutgoingMessage.State


@pytest.fixture
def dora() -> Person:
    """The front desk of a practice in which three people were not reached."""
    people.a_practice()
    for name, state, may_call in (
        ("Ana Ames", State.BOUNCED, True),
        ("Ben Bell", State.UNREACHABLE, False),
        ("Cecilia Featherstonehaugh", State.FAILED, True),
    ):
        person = people.a_person(name)
        Person.objects.filter(pk=person.pk).update(phone="+1 416 555 0100", may_call=may_call)
        made = put_message(kind="test", to=person, subject="Hello", body="Hello.", key=name)
        OutgoingMessage.objects.filter(pk=made.pk).update(
            state=state, channel="mail", ended_at=made.created_at
        )
    return people.someone_with(Role.DESK, Role.MANAGER, name="Dora Dale")


@pytest.fixture
def inside(site: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page as somebody who is signed in."""
    opened: list[BrowserContext] = []

    def open_page(name: str, person: Person, *, width: int, scheme: str) -> Page:
        size: Any = {"width": width, "height": SIZES[width]}
        colours: Any = scheme
        context = browser.new_context(
            base_url=site, viewport=size, color_scheme=colours, reduced_motion="reduce", locale="en-CA"
        )
        key = accounts.a_browser(person).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site}])
        opened.append(context)
        page = context.new_page()
        page.goto(reverse(name))
        return page

    yield open_page
    for context in opened:
        context.close()


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_every_page_fits_and_can_be_used_by_everybody(
    inside: Callable[..., Page],
    dora: Person,
    width: int,
    scheme: str,
    assert_accessible: Callable[[Page], None],
    picture: Callable[..., None],
) -> None:
    for name in ("unreached", "reminder-times", "practice-reminders"):
        page = inside(name, dora, width=width, scheme=scheme)
        assert_accessible(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name}: {wide} pixels stick out"
        picture(page, f"post-{name}-{width}-{scheme}", full=True)


def test_the_desk_sees_to_one_and_it_leaves_the_list(inside: Callable[..., Page], dora: Person) -> None:
    page = inside("unreached", dora, width=390, scheme="light")
    page.get_by_role("button", name="I have seen to Ana Ames").click()
    assert page.get_by_text("Taken off the list.").is_visible()
    assert not page.get_by_text("Ana Ames").is_visible()
    assert page.get_by_text("Ben Bell").is_visible()


def test_somebody_chooses_their_reminders(inside: Callable[..., Page], dora: Person) -> None:
    page = inside("reminder-times", dora, width=390, scheme="light")
    page.get_by_label("A day before").uncheck()
    page.get_by_label("An hour before").check()
    page.get_by_role("button", name="Save").click()
    page.goto(reverse("reminder-times"))
    assert page.get_by_label("An hour before").is_checked()
    assert not page.get_by_label("A day before").is_checked()
