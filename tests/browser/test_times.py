"""Finding, booking, moving and cancelling a time; a therapist's week; the manager's places. For everybody to use."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from tests.factories.cases import a_couple, an_individual
from tests.factories.people import a_manager, a_person, a_practice, a_therapist
from tests.factories.scheduling import Kind, a_place, an_appointment, offers, on, together, works

from homeport.people.models import Person
from homeport.people.offers import Format
from homeport.scheduling.links import Act, address_of
from homeport.scheduling.models import Appointment, Away, BusyFeed, BusyTime

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
Look = Callable[..., None]
Open = Callable[..., Page]


class Room:
    """Ana alone and the couple of Ben and Cleo with Thea, who works every day, by video and in a room."""

    def __init__(self) -> None:
        a_practice()
        self.ana = a_person("Ana Ames", zone="America/Toronto")
        self.ben, self.cleo = (
            a_person("Ben Bell", zone="Europe/Berlin"),
            a_person("Cleo Cray", zone="America/Toronto"),
        )
        self.thea = a_therapist("Thea Stone")
        Person.objects.filter(pk=self.thea.pk).update(zone="America/Toronto")
        self.thea.refresh_from_db()
        self.case = an_individual(self.ana, lead=self.thea)
        self.couple = a_couple(self.ben, self.cleo, lead=self.thea)
        self.place = a_place(rooms=(4,))
        self.video = offers(self.thea, price=12000, currency="CAD")
        self.room = offers(self.thea, way=Format.IN_PERSON, price=14000, currency="CAD")
        self.joint = offers(self.thea, Kind.COUPLE, minutes=80)
        works(self.thea, 0, 1, 2, 3, 4, begins=9, ends=13)
        works(self.thea, 0, 1, 2, 3, 4, begins=14, ends=18, place=self.place)


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_a_client_finds_a_time_books_moves_and_cancels_it(
    as_person: Open, looked_at: Look, width: int, scheme: str
) -> None:
    # Given somebody with nothing booked
    room = Room()
    mark = f"{width}-{scheme}"
    page = as_person(room.ana, "/appointments/", width=width, scheme=scheme)
    looked_at(page, f"times-none-{mark}")
    # When she looks at free times and presses one
    page.get_by_role("link", name="See free times").click()
    looked_at(page, f"times-free-{mark}")
    page.locator("button.free-time").nth(1).click()
    # Then she reads what it costs to cancel late before she books
    expect(page.get_by_text("24 hours before")).to_be_visible()
    looked_at(page, f"times-keep-{mark}")
    page.get_by_role("button", name="Book it").click()
    expect(page.get_by_text("It is booked.")).to_be_visible()
    looked_at(page, f"times-booked-{mark}")
    # And she moves it
    page.get_by_role("link", name="Move it").click()
    looked_at(page, f"times-move-{mark}")
    page.locator("button.free-time").last.click()
    expect(page.get_by_text("It is moved.")).to_be_visible()
    page.goto("/appointments/")
    looked_at(page, f"times-mine-{mark}")
    # And cancels it
    page.get_by_role("link", name="Look, move or cancel").click()
    page.get_by_role("link", name="Cancel it").click()
    looked_at(page, f"times-cancel-{mark}")
    page.get_by_role("button", name="Cancel the appointment").click()
    expect(page.get_by_text("It is cancelled.")).to_be_visible()
    # And waits for another
    page.get_by_role("link", name="See free times").click()
    page.get_by_role("link", name="Wait for a time").click()
    looked_at(page, f"times-wait-{mark}")
    page.get_by_label("Tuesday").check()
    page.get_by_role("button", name="Wait for such a time").click()
    expect(page.get_by_role("heading", name="I wait for a time")).to_be_visible()
    # And has an address for her own calendar
    page.get_by_role("link", name="See these times in your own calendar").click()
    page.get_by_role("button", name="Make an address").click()
    looked_at(page, f"times-feed-{mark}")


def test_both_must_agree_and_each_reads_their_own_clock(as_person: Open, looked_at: Look) -> None:
    # Given a couple that meets jointly, of whom one is in Berlin
    room = Room()
    together(room.couple)
    an_appointment(room.couple, room.joint, on(4, 9))
    # When he opens his appointments
    page = as_person(room.ben, "/appointments/")
    # Then he reads his own time, with the other's beside it, and says yes
    expect(page.get_by_text("in Toronto")).to_be_visible()
    looked_at(page, "times-asked-390-light")
    page.get_by_role("button", name="Yes, I can come").click()
    expect(page.get_by_text("Thank you.")).to_be_visible()
    hers = as_person(room.cleo, "/appointments/")
    hers.get_by_role("button", name="Yes, I can come").click()
    expect(hers.get_by_text("Thank you.")).to_be_visible()
    assert Appointment.objects.get().status == "booked"


def test_a_link_from_a_letter_works_signed_out_once(as_person: Open, looked_at: Look, site: str) -> None:
    # Given a letter
    room = Room()
    row = an_appointment(room.case, room.video, on(4, 9), subject=room.ana)
    path = address_of(row, room.ana.pk, Act.CANCEL).partition("/time/")[2]
    # When somebody opens it without being signed in, even without scripts
    page = as_person(None, f"/time/{path}", javascript=False)
    expect(page.get_by_text("Thea")).to_have_count(0)
    page = as_person(None, f"/time/{path}")
    looked_at(page, "times-link-390-light")
    page.get_by_role("button", name="Cancel it").click()
    # Then it is done, once
    expect(page.get_by_role("heading", name="It is cancelled")).to_be_visible()
    again = as_person(None, f"/time/{path}")
    expect(again.get_by_role("heading", name="This link opens nothing any more")).to_be_visible()
    looked_at(again, "times-link-spent-390-light")
    assert again.context.cookies() == []


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_a_therapist_sees_the_week_and_books_a_series(
    as_person: Open, looked_at: Look, width: int, scheme: str
) -> None:
    # Given a week with meetings, a lunch elsewhere and an afternoon off
    room = Room()
    mark = f"{width}-{scheme}"
    monday = 7 - on(0, 9).weekday()
    for number, hour in ((0, 9), (0, 10), (1, 11), (3, 9)):
        an_appointment(room.case, room.video, on(monday + number, hour), subject=room.ana)
    an_appointment(room.couple, room.room, on(monday + 2, 15), subject=room.ben, place=room.place)
    feed = BusyFeed.objects.create(therapist=room.video.therapist, address="https://calendar.example/a.ics")
    BusyTime.objects.create(
        feed=feed, therapist=feed.therapist, begins_at=on(monday + 1, 13), ends_at=on(monday + 1, 14)
    )
    Away.objects.create(therapist=feed.therapist, begins_at=on(monday + 4, 13), ends_at=on(monday + 4, 18))
    day = (on(monday, 9)).date().isoformat()
    # When she opens it
    page = as_person(room.thea, f"/week/?day={day}", width=width, scheme=scheme)
    expect(page.get_by_role("link", name="Ana Ames").first).to_be_visible()
    looked_at(page, f"week-{mark}")
    # And books every second week
    page.get_by_role("link", name="Book a time").click()
    page.get_by_role("link", name="Ana Ames").click()
    looked_at(page, f"book-{mark}")
    page.get_by_label("What", exact=True).select_option(label="One person · By video · 120 CAD")
    page.get_by_label("Day", exact=True).fill((on(monday, 9) + timedelta(days=1)).date().isoformat())
    page.get_by_label("Time", exact=True).fill("10:00")
    page.get_by_label("How often").select_option("weeks")
    page.get_by_label("Every how many weeks or months").fill("2")
    page.get_by_label("How many times").fill("6")
    page.get_by_role("button", name="Book it").click()
    # Then all are booked, and she moves those from the first on
    expect(page.get_by_text("6 times are booked.")).to_be_visible()
    looked_at(page, f"booked-{mark}")
    page.get_by_role("link", name="Move it").click()
    looked_at(page, f"move-series-{mark}")
    page.get_by_label("Time", exact=True).fill("12:00")
    page.get_by_label("This one and all that follow").check()
    page.get_by_role("button", name="Move it").click()
    expect(page.get_by_text("It is moved.")).to_be_visible()
    assert {
        each.begins_at.astimezone(on(0, 9).tzinfo).minute for each in Appointment.objects.exclude(series=None)
    } == {0}


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_hours_offers_and_other_calendars(as_person: Open, looked_at: Look, width: int, scheme: str) -> None:
    room = Room()
    mark = f"{width}-{scheme}"
    page = as_person(room.thea, reverse("hours"), width=width, scheme=scheme)
    looked_at(page, f"hours-{mark}")
    page.get_by_role("link", name="Add hours").click()
    page.get_by_label("Saturday").check()
    page.get_by_label("From", exact=True).fill("12:00")
    page.get_by_label("Until", exact=True).fill("10:00")
    page.get_by_role("button", name="Save").click()
    looked_at(page, f"hours-fault-{mark}")
    page.get_by_label("Until", exact=True).fill("15:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saturday, 12:00–15:00")).to_be_visible()
    for name in ("offerings", "offering-add", "away", "busy-calendars", "own-booking-rules", "extra-hours"):
        page.goto(reverse(name))
        looked_at(page, f"{name}-{mark}")


def test_the_manager_keeps_places_and_the_day(as_person: Open, looked_at: Look) -> None:
    room = Room()
    an_appointment(room.case, room.room, on(1, 15), subject=room.ana, place=room.place)
    manager = a_manager("Mia Moor")
    page = as_person(manager, "/practice/places/", width=1280)
    looked_at(page, "places-1280-light")
    page.get_by_role("link", name="Harbour Street").click()
    looked_at(page, "place-1280-light")
    page.get_by_role("link", name="Add a room").click()
    looked_at(page, "room-1280-light")
    page.get_by_label("Name of the room").fill("The blue room")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="The blue room")).to_be_visible()
    for path, name in (("/practice/holidays/", "holidays"), ("/practice/booking/", "booking-rules")):
        page.goto(path)
        looked_at(page, f"{name}-1280-light")
    page.goto(f"/desk/?day={on(1, 15).date().isoformat()}")
    expect(page.get_by_role("cell", name="Thea Stone", exact=True)).to_be_visible()
    expect(page.get_by_text("Ana Ames")).to_have_count(0)
    looked_at(page, "desk-1280-light")
