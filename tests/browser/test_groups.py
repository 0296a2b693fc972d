"""Groups with places and the waiting list, as clients and therapists see them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from tests.factories.cases import a_colleague_on, an_individual
from tests.factories.directory import a_page_of
from tests.factories.people import a_person, a_practice, a_therapist, acting
from tests.factories.scheduling import TORONTO, Kind, offers, on, works

from homeport.core.clock import now
from homeport.people.models import Person
from homeport.scheduling.models import Waiting
from homeport.scheduling.recurrence import Rule
from homeport.scheduling.services.book_series import book_series
from homeport.scheduling.services.join_group import join_group, wait_for_place
from homeport.scheduling.services.keep_group import open_group
from homeport.scheduling.services.offer_freed_time import offer_freed_time
from homeport.scheduling.services.wait_for_time import wait_for_time

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
Look = Callable[..., None]
Open = Callable[..., Page]


class Room:
    """Thea leads three groups; Ana is her client, and waits for a time as well."""

    def __init__(self) -> None:
        a_practice()
        self.thea = a_therapist("Thea Stone")
        Person.objects.filter(pk=self.thea.pk).update(zone=TORONTO)
        self.thea.refresh_from_db()
        works(self.thea, begins=9, ends=20)
        self.ana, self.ben = (a_person(name, zone=TORONTO) for name in ("Ana Ames", "Ben Bell"))
        self.case, other = (an_individual(one, lead=self.thea) for one in (self.ana, self.ben))
        self.alone = offers(self.thea, price=12000, currency="CAD")
        way = offers(self.thea, Kind.GROUP, places=8, price=4000, currency="CAD")
        about = "Eight evenings on closeness and distance. You can just listen, too."
        self.evening, self.full, self.morning = (
            open_group(
                actor=acting(self.thea), offering=way, name=name, about=about, places=places, is_open=True, names=False
            )
            for name, places in (("Evening group", 8), ("Feelings and what they are for", 1), ("Morning group", 6))
        )  # fmt: skip
        rule = Rule(first=on(8, 18, zone=TORONTO).date(), minute=18 * 60, zone=TORONTO, count=8)
        book_series(
            actor=acting(self.thea), offering=way, rule=rule, case_id=self.evening.case_id, subject_id=None
        )
        join_group(actor=acting(self.ben), group=self.full, person_id=self.ben.pk)
        wait_for_place(actor=acting(self.ben), group=self.evening, person_id=self.ben.pk)
        wait_for_time(
            actor=acting(self.ana), offering=self.alone, case_id=self.case.pk, weekdays=(0, 2), not_before=960
        )
        wait_for_time(actor=acting(self.ben), offering=self.alone, case_id=other.pk)
        offer_freed_time(actor=acting(self.thea), therapist_id=self.alone.therapist_id, begins_at=on(6, 10))
        a_colleague_on(self.case, a_therapist("Otto Oak"))


@pytest.mark.parametrize(
    ("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]
)
def test_a_client_takes_a_place_and_waits_for_another(
    as_person: Open, looked_at: Look, width: int, scheme: str
) -> None:
    room, mark = Room(), f"{width}-{scheme}"
    page = as_person(room.ana, "/groups/", width=width, scheme=scheme)
    looked_at(page, f"groups-{mark}")
    page.get_by_role("button", name="Take a place (Morning group)").click()
    expect(page.get_by_text("You have a place. The times")).to_be_visible()
    page.get_by_role("button", name="Wait for a place (Feelings").click()
    expect(page.get_by_text("We write to you as soon as a place is free.")).to_be_visible()
    Waiting.objects.filter(group=room.full, person=room.ana).update(offered_until=now() + timedelta(days=1))
    page.goto("/groups/")
    page.get_by_text("Leave the group").click()
    looked_at(page, f"groups-mine-{mark}")
    page.goto("/appointments/")
    looked_at(page, f"groups-waiting-{mark}")
    expect(page.get_by_text("16:00")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_who_leads_a_group_sees_its_members_and_who_waits(
    as_person: Open, looked_at: Look, width: int, scheme: str
) -> None:
    room, mark = Room(), f"{width}-{scheme}"
    page = as_person(room.thea, reverse("groups-led"), width=width, scheme=scheme)
    looked_at(page, f"groups-led-{mark}")
    page.get_by_role("link", name="Evening group").click()
    looked_at(page, f"groups-one-{mark}")
    page.get_by_label("Who?").select_option(label="Ana Ames")
    page.get_by_role("button", name="Give them a place").click()
    expect(page.get_by_text("They have a place")).to_be_visible()
    page.goto(reverse("waiting-list"))
    looked_at(page, f"groups-list-{mark}")
    page.goto(reverse("book", args=[room.case.pk]))
    looked_at(page, f"groups-beside-{mark}")


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_a_visitor_reads_when_a_group_meets(visit: Open, looked_at: Look, width: int, scheme: str) -> None:
    slug = a_page_of(Room().thea).slug
    page = visit(f"/therapists/{slug}/", width=width, scheme=scheme)
    expect(page.get_by_text("Every").first).to_be_visible()
    looked_at(page, f"groups-public-{width}-{scheme}")
