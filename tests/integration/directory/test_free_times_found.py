"""Times in a search are those that are really free: the copy it reads, how soon that follows, and what a page says of it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from tests.factories.directory import a_profile, free_on, looked_up
from tests.factories.people import a_practice, acting
from tests.factories.queries import at_most
from tests.factories.scheduling import on

from homeport.core.actor import system
from homeport.core.clock import now
from homeport.directory.models import FreeLook, FreeWeek, Profile
from homeport.directory.selectors import search
from homeport.directory.services.look_up_free_times import look_up_free_times
from homeport.directory.week import coarse
from homeport.directory.wishes import Wishes
from homeport.outbox.models import QueuedJob
from homeport.outbox.services.run_job import run_next_job
from homeport.people.offers import Format, Together
from homeport.scheduling.changed import CHANGED
from homeport.scheduling.models import Away, Occupancy, Offering, Pattern
from homeport.scheduling.selectors import free_times
from homeport.scheduling.services.keep_hours import add_away
from homeport.scheduling.services.occupy import Claim, occupy, release

pytestmark = pytest.mark.django_db
EVENINGS = coarse(["evenings"])
POSTED = {"where": "CA-ON", "format": "individual", "times": ["evenings"], "zone": "America/Toronto"}


def found(**wishes: Any) -> list[str]:
    told = {"format": Together.INDIVIDUAL, "times": EVENINGS, "zone": "America/Toronto", **wishes}
    return sorted(one.therapist.person.name for one in search(Wishes("CA-ON", **told)).profiles)


def take(offering: Offering, profile: Profile) -> list[Any]:
    """Book every free time in the evening, as others do."""
    begin = now()
    free = free_times(
        [profile.therapist_id], offering_kind="individual", from_at=begin, until_at=begin + timedelta(weeks=4)
    )
    taken = []
    for one in free[profile.therapist_id]:
        claim = Claim(offering=offering, begins_at=one.begins_at)
        occupy(claim=claim, what=Occupancy.What.APPOINTMENT, source_id=profile.pk)
        taken.append(claim)
    return taken


def run_jobs() -> None:
    """Half a minute later, a worker has done what was asked for."""
    with time_machine.travel(now() + timedelta(seconds=30), tick=False):
        while run_next_job():
            pass


def test_who_says_so_but_has_no_free_time_is_not_found() -> None:
    a_profile("Says", usual=(1 << 21) - 1)
    free_on(a_profile("Mornings", usual=(1 << 21) - 1), begins=9, ends=12)
    free_on(a_profile("Evenings", usual=0), 0, begins=17, ends=21)
    assert found() == ["Evenings"]
    assert found(times=coarse(["mornings"])) == ["Mornings"]
    assert found(times=coarse(["evenings", "mornings"])) == ["Evenings", "Mornings"]


def test_the_time_is_of_the_format_and_the_way_that_are_wished_for() -> None:
    free_on(a_profile("Thea", places={"individual": 1, "couple": 1}), 0, begins=17, ends=21)
    assert found() == ["Thea"]
    assert found(format=Together.COUPLE) == found(format=None) == []
    assert found(way=Format.VIDEO) == ["Thea"]
    assert found(way=Format.IN_PERSON) == []


def test_a_booking_is_found_within_half_a_minute_and_so_is_what_it_gives_back() -> None:
    profile = a_profile("Thea")
    offering = free_on(profile, 0, begins=17, ends=18)
    assert found() == ["Thea"]
    QueuedJob.objects.all().delete()
    taken = take(offering, profile)
    assert len(taken) >= 3
    asked = QueuedJob.objects.filter(name=CHANGED)
    assert asked.count() <= 2  # what changes together is looked up once
    assert all(one.run_at <= now() + timedelta(seconds=30) for one in asked)
    run_jobs()
    assert found() == []
    release(source_id=profile.pk)
    run_jobs()
    assert found() == ["Thea"]


def test_days_off_and_hours_are_found_too(settings: Any) -> None:
    profile = a_profile("Thea")
    free_on(profile, begins=17, ends=20)
    by = acting(profile.therapist.person)
    add_away(actor=by, therapist=profile.therapist, begins_at=on(0, 0), ends_at=on(40, 0))
    run_jobs()
    assert found() == []
    Away.objects.all().delete()
    add_away(actor=by, therapist=None, begins_at=on(2, 0), ends_at=on(3, 0))
    run_jobs()
    assert found() == ["Thea"]


def test_what_nobody_told_of_is_found_at_the_next_round() -> None:
    free_on(a_profile("Thea"), 0, begins=17, ends=18)
    with time_machine.travel(now() + timedelta(days=27), tick=False):
        looked_up()
        assert found() == ["Thea"]  # the weeks went on
        first = FreeWeek.objects.order_by("week").first()
        assert first is not None
    Offering.objects.update(is_open=False)
    looked_up()
    assert found() == []
    assert not FreeWeek.objects.exists()


def test_a_page_that_is_taken_down_leaves_no_copy() -> None:
    profile = a_profile("Thea")
    free_on(profile, 0, begins=17, ends=18)
    Profile.objects.update(published_at=None)
    looked_up()
    assert not FreeWeek.objects.exists()


def test_what_is_as_it_was_is_not_written_again() -> None:
    with time_machine.travel(now(), tick=False):
        free_on(a_profile("Thea"), 0, begins=17, ends=18)
        ids = list(FreeWeek.objects.values_list("therapist_id", flat=True).distinct())
        with at_most(14):
            assert look_up_free_times(actor=system("a test"), therapist_ids=ids) == 0
        Away.objects.create(begins_at=on(0, 0), ends_at=on(9, 0))
        assert look_up_free_times(actor=system("a test"), therapist_ids=ids) == 1


def test_the_card_says_the_free_time_that_was_wished_for_and_the_truth_where_it_is_gone(
    client: Client,
) -> None:
    a_practice()
    profile = a_profile("Thea")
    free_on(profile, begins=9, ends=10)
    offering = free_on(profile, begins=18, ends=19, kind="couple")
    free_on(profile, begins=18, ends=19, way="phone")
    page = client.post("/therapists/", POSTED).content.decode()
    assert "18:00" in page
    assert "09:00" not in page
    assert "when we last looked" in page
    Offering.objects.exclude(pk=offering.pk).filter(way="phone").update(is_open=False)
    Pattern.objects.filter(begins=18 * 60).delete()
    page = client.post("/therapists/", POSTED).content.decode()
    assert "Just now no free time when you are" in page


def test_the_page_says_when_the_copy_is_old(client: Client) -> None:
    a_practice()
    free_on(a_profile("Thea"), begins=18, ends=19)
    FreeLook.objects.update(done_at=now() - timedelta(hours=2))
    page = client.post("/therapists/", POSTED).content.decode()
    assert "Free times were last looked up on" in page
    assert "when we last looked" not in page
