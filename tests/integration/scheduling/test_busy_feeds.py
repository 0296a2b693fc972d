"""Reading a therapist's own calendar: its times close the hours, and what goes wrong is one sentence beside it."""

from datetime import timedelta
from typing import Any

import pytest
from tests.factories.people import a_practice, a_therapist, acting
from tests.factories.scheduling import Kind, offers, on, works

from homeport.core.jobs import registered
from homeport.outbox.models import QueuedJob
from homeport.people.errors import Unfit
from homeport.people.models import Therapist
from homeport.scheduling.calendar.fetching import Fetched, NotFetched
from homeport.scheduling.models import BusyFeed, BusyTime
from homeport.scheduling.selectors import free_times
from homeport.scheduling.services import keep_busy_feed
from homeport.scheduling.services.keep_busy_feed import READ, add_busy_feed, drop_busy_feed, read_busy_feed

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ADDRESS = "https://calendar.example/thea.ics"


@pytest.fixture
def feed() -> BusyFeed:
    a_practice()
    thea = a_therapist("Thea Stone")
    offers(thea)
    works(thea)
    therapist = Therapist.objects.get(person=thea)
    return add_busy_feed(actor=acting(thea), therapist=therapist, name="", address=ADDRESS)


def answers(monkeypatch: pytest.MonkeyPatch, answer: Fetched | NotFetched) -> list[dict[str, Any]]:
    """Stand in for the internet."""
    asked: list[dict[str, Any]] = []

    def fetch(address: str, **how: Any) -> Fetched:
        asked.append({"address": address, **how})
        if isinstance(answer, NotFetched):
            raise answer
        return answer

    monkeypatch.setattr(keep_busy_feed, "fetch_calendar", fetch)
    return asked


def a_calendar() -> bytes:
    """Busy in three days from nine to eleven in Toronto."""
    begins, ends = on(3, 9), on(3, 11)
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:1", "SUMMARY:Ana Ames", f"DTSTART:{begins:%Y%m%dT%H%M%SZ}",
        f"DTEND:{ends:%Y%m%dT%H%M%SZ}", "END:VEVENT", "END:VCALENDAR", "",
    )  # fmt: skip
    return "\r\n".join(lines).encode()


def free(feed: BusyFeed) -> int:
    """How many times are free that morning."""
    found = free_times(
        [feed.therapist_id], offering_kind=Kind.INDIVIDUAL, from_at=on(3, 9), until_at=on(3, 12)
    )
    return len(found[feed.therapist_id])


def test_its_times_close_the_hours_and_forgetting_it_opens_them(
    feed: BusyFeed, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = free(feed)
    answers(monkeypatch, Fetched(a_calendar(), '"1"'))
    read_busy_feed(feed_id=feed.pk)
    assert free(feed) == before - 2
    feed.refresh_from_db()
    assert (feed.error, feed.etag) == ("", '"1"')
    drop_busy_feed(actor=acting(feed.therapist.person), feed=feed)
    assert not BusyTime.objects.exists()


def test_what_has_not_changed_stays(feed: BusyFeed, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, Fetched(a_calendar(), '"1"'))
    read_busy_feed(feed_id=feed.pk)
    asked = answers(monkeypatch, Fetched(None))
    read_busy_feed(feed_id=feed.pk)
    assert asked[0]["etag"] == '"1"'
    assert BusyTime.objects.count() == 1


@pytest.mark.parametrize("wrong", [Fetched(b"<html>"), NotFetched("It could not be reached.")])
def test_what_goes_wrong_is_said_and_the_times_of_before_stay(
    wrong: Fetched | NotFetched, feed: BusyFeed, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(monkeypatch, Fetched(a_calendar(), '"1"'))
    read_busy_feed(feed_id=feed.pk)
    answers(monkeypatch, wrong)
    read_busy_feed(feed_id=feed.pk)
    feed.refresh_from_db()
    assert feed.error.endswith(".")
    assert feed.failures == 1
    assert BusyTime.objects.count() == 1


def test_it_is_read_by_a_job_and_the_address_is_sealed(feed: BusyFeed) -> None:
    assert QueuedJob.objects.filter(name=READ).count() == 1
    assert registered("scheduling.read_busy_feeds") is not None
    assert registered("scheduling.read_busy_feeds").every == timedelta(minutes=30)  # type: ignore[union-attr]
    held = BusyFeed.objects.values_list("address", flat=True).get()
    assert (
        b"calendar.example" not in bytes(getattr(held, "data", b""))
        if not isinstance(held, str)
        else ADDRESS not in held
    )


def test_an_address_inside_is_not_taken(feed: BusyFeed) -> None:
    with pytest.raises(Unfit):
        add_busy_feed(
            actor=acting(feed.therapist.person),
            therapist=feed.therapist,
            name="",
            address="http://10.0.0.1/a.ics",
        )


@pytest.mark.parametrize("inside", [False, True])
def test_ones_own_network_is_gone_to_only_where_the_installation_says_so(
    inside: bool, feed: BusyFeed, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    assert settings.CALENDARS_INSIDE is False, "safe by itself"
    settings.CALENDARS_INSIDE = inside
    asked = answers(monkeypatch, Fetched(a_calendar(), '"1"'))
    read_busy_feed(feed_id=feed.pk)
    assert asked[0]["limits"].inside is inside
