"""Who could not be reached, and when to be reminded, in a real browser."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from tests.factories import people
from tests.factories.screens import too_wide

from homeport.outbox.models import OutgoingMessage
from homeport.outbox.services.put_message import put_message
from homeport.people.models import Person, Role

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
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


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_every_page_fits_and_can_be_used_by_everybody(
    as_person: Callable[..., Page],
    dora: Person,
    width: int,
    scheme: str,
    assert_accessible: Callable[[Page], None],
    picture: Callable[..., None],
) -> None:
    for name in ("unreached", "reminder-times", "practice-reminders"):
        page = as_person(dora, reverse(name), width=width, scheme=scheme)
        assert_accessible(page)
        assert too_wide(page) <= 0, name
        picture(page, f"post-{name}-{width}-{scheme}", full=True)


def test_the_desk_sees_to_one_and_it_leaves_the_list(as_person: Callable[..., Page], dora: Person) -> None:
    page = as_person(dora, reverse("unreached"), width=390, scheme="light")
    page.get_by_role("button", name="I have seen to Ana Ames").click()
    expect(page.get_by_text("Taken off the list.")).to_be_visible()
    expect(page.get_by_text("Ben Bell")).to_be_visible()
    expect(page.get_by_text("Ana Ames")).to_have_count(0)


def test_somebody_chooses_their_reminders(as_person: Callable[..., Page], dora: Person) -> None:
    page = as_person(dora, reverse("reminder-times"), width=390, scheme="light")
    page.get_by_label("A day before").uncheck()
    page.get_by_label("An hour before").check()
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name="Save").click()
    page.goto(reverse("reminder-times"))
    expect(page.get_by_label("An hour before")).to_be_checked()
    expect(page.get_by_label("A day before")).not_to_be_checked()
