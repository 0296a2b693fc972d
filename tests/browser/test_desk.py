"""The front desk moves one time and cancels another, for somebody who called."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.factories.screens import press_and_arrive
from tests.integration.scheduling.test_desk_times import Scene

from homeport.scheduling.models import Appointment

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
Look = Callable[..., None]
Open = Callable[..., Page]


@pytest.mark.parametrize(
    ("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]
)
def test_the_desk_moves_one_time_and_cancels_another(
    as_person: Open, looked_at: Look, width: int, scheme: str
) -> None:
    scene, mark = Scene(), f"{width}-{scheme}"
    day = f"/desk/?day={scene.alone.begins_at:%Y-%m-%d}"
    page = as_person(scene.dan, day, width=width, scheme=scheme)
    looked_at(page, f"desk-day-{mark}")
    page.get_by_role("link", name="Move (10:00").click()
    looked_at(page, f"desk-move-{mark}")
    press_and_arrive(page, ".free-time")
    expect(page.get_by_text("It is moved, and everybody concerned is written to.")).to_be_visible()
    page.goto(day)
    page.get_by_role("link", name="Cancel (14:00").click()
    looked_at(page, f"desk-cancel-{mark}")
    page.get_by_label("Whoever was to come").check()
    page.get_by_role("button", name="Cancel the appointment").click()
    expect(page.get_by_text("It is cancelled, and everybody concerned is written to.")).to_be_visible()
    assert Appointment.objects.get(pk=scene.both.pk).cancelled_side == "client"
