"""A father who takes no part in the case sees when his child is to come, and says whether the time suits."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.integration.scheduling.test_guardian_outside import Room

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
Look = Callable[..., None]
Open = Callable[..., Page]


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_the_time_of_a_child_is_read_and_answered(
    as_person: Open, looked_at: Look, width: int, scheme: str
) -> None:
    room, mark = Room(), f"{width}-{scheme}"
    page = as_person(room.father, "/appointments/", width=width, scheme=scheme)
    looked_at(page, f"ward-mine-{mark}")
    page.goto(room.path)
    looked_at(page, f"ward-one-{mark}")
    page.get_by_role("button", name="Yes, Tim Moor can come").click()
    expect(page.get_by_text("Thank you. We have written it down.")).to_be_visible()
    expect(page.get_by_text("Not settled yet")).to_be_visible()
