"""Free times of random practices, worked out a second time by the plain way of `plain_times`: no difference."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.factories.people import a_therapist
from tests.factories.plain_times import plain_times

from homeport.core.clock import standing_at
from homeport.people.models import Therapist
from homeport.scheduling.models import (
    Away,
    BookingRules,
    BusyFeed,
    BusyTime,
    Extra,
    Occupancy,
    Offering,
    Pattern,
    Place,
    Room,
    Travel,
)
from homeport.scheduling.selectors import free_times

pytestmark = pytest.mark.django_db
# Clocks there go forward or back by an hour, by half of one, at midnight, or never.
ZONES = ("America/Toronto", "Europe/Berlin", "Australia/Lord_Howe", "America/Asuncion", "Asia/Kolkata")
# A week around each of these has a change in at least one of the zones.
AROUND = (date(2027, 3, 14), date(2027, 3, 28), date(2027, 4, 4), date(2027, 10, 3), date(2027, 11, 7))
WAYS = ("in_person", "video", "phone")


class Practice:
    """Some therapists with whatever a practice can write down for them."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.middle = self.chance.choice(AROUND)
        self.present = self._moment(-6)
        self.places = [Place.objects.create(name=f"Place {n}", zone=zone) for n, zone in enumerate(ZONES[:3])]
        self.rooms = [
            Room.objects.create(
                place=self.chance.choice(self.places[:2]),
                name=f"Room {number}",
                capacity=self.chance.choice((1, 2, 4)),
                is_open=self.chance.random() < 0.8,
            )
            for number in range(4)
        ]
        self._ways()
        self.therapists = [Therapist.objects.get(person=a_therapist(f"Thea {n}")) for n in range(3)]
        for rules in (None, self.therapists[0]):
            if self.chance.random() < 0.6:
                notice, horizon = self.chance.randrange(0, 3000), self.chance.randrange(2, 30)
                BookingRules.objects.create(therapist=rules, notice=notice, horizon=horizon)
        for therapist in self.therapists:
            self._hours(therapist)
            self._taken(therapist)
        for room in self.rooms:
            self._occupied(room.pk, None)
        self._closed()

    def _moment(self, day: int) -> datetime:
        minute = self.chance.randrange(0, 1440, 5)
        begin = datetime.combine(self.middle, datetime.min.time(), UTC)
        return begin + timedelta(days=day, minutes=minute)

    def _span(self, longest: int, day: int | None = None) -> dict[str, datetime]:
        begins = self._moment(self.chance.randrange(-6, 8) if day is None else day)
        return {
            "begins_at": begins,
            "ends_at": begins + timedelta(minutes=self.chance.randrange(5, longest, 5)),
        }

    def _ways(self) -> None:
        for one in self.places:
            for other in self.places:
                if one != other and self.chance.random() < 0.5:
                    minutes = self.chance.randrange(5, 120)
                    Travel.objects.create(from_place=one, to_place=other, minutes=minutes)

    def _beside(self) -> dict[str, Any]:
        place = self.chance.choice((None, *self.places))
        rooms = [room for room in self.rooms if room.place == place]
        return {
            "place": place,
            "room": self.chance.choice((None, *rooms)),
            "ways": self.chance.choice(([], [], ["video", "phone"], ["in_person"])),
            "kinds": self.chance.choice(([], [], ["individual"], ["couple"])),
        }

    def _hours(self, therapist: Therapist) -> None:
        chance = self.chance
        for way in WAYS:
            if chance.random() < 0.8:
                Offering.objects.create(
                    therapist=therapist, kind="individual", way=way, minutes=chance.choice((20, 50, 90)),
                    buffer_before=chance.choice((0, 5)), buffer_after=chance.choice((0, 10, 25)),
                    step=chance.choice((0, 0, 15, 45)), places=chance.choice((1, 1, 3)), by_clients=chance.random() < 0.8,
                    is_open=chance.random() < 0.9,
                )  # fmt: skip
        for _ in range(6):
            begins = chance.randrange(0, 1435, 5)
            from_day = self.middle - timedelta(days=chance.randrange(40))
            Pattern.objects.create(
                therapist=therapist, weekday=chance.randrange(7), begins=begins, zone=chance.choice(ZONES),
                ends=chance.choice((1440, chance.randrange(begins + 5, 1441, 5))), every=chance.choice((1, 1, 2, 3)),
                from_day=from_day, until_day=chance.choice((None, from_day + timedelta(days=chance.randrange(50)))),
                **self._beside(),
            )  # fmt: skip
        for _ in range(2):
            Extra.objects.create(therapist=therapist, **self._span(300), **self._beside())

    def _taken(self, therapist: Therapist) -> None:
        Away.objects.create(therapist=therapist, **self._span(2_000))
        feed = BusyFeed.objects.create(therapist=therapist, address="https://calendar.example/a.ics")
        for _ in range(4):
            BusyTime.objects.create(feed=feed, therapist=therapist, **self._span(240))
        self._occupied(therapist.pk, self.places)

    def _occupied(self, resource_id: Any, places: list[Place] | None) -> None:
        """Sessions and holds, of which the database allows no two at once."""
        end = self._moment(-7)
        for day in range(-6, 8):
            span = self._span(240, day)
            if span["begins_at"] < end or self.chance.random() < 0.4:
                continue
            end = span["ends_at"]
            lapses = self.chance.choice((None, None, timedelta(minutes=5), -timedelta(minutes=5)))
            Occupancy.objects.create(
                resource_id=resource_id, what="appointment" if lapses is None else "hold", source_id=resource_id,
                place=self.chance.choice((None, *places)) if places else None,
                lapses_at=None if lapses is None else self.present + lapses, **span,
            )  # fmt: skip

    def _closed(self) -> None:
        for place in (None, self.places[0]):
            Away.objects.create(place=place, name="A holiday", **self._span(1_500))


@pytest.mark.parametrize("seed", range(12))
def test_the_plain_way_finds_the_same(seed: int) -> None:
    practice = Practice(seed)
    ids = [one.pk for one in practice.therapists]
    with standing_at(practice.present):
        for way in (None, practice.chance.choice(WAYS)):
            by_practice = practice.chance.random() < 0.4
            begin = practice.present + timedelta(minutes=practice.chance.randrange(-2_000, 4_000))
            until = begin + timedelta(days=practice.chance.randrange(1, 13))
            asked: dict[str, Any] = {
                "from_at": begin,
                "until_at": until,
                "by_practice": by_practice,
                "way": way,
            }
            found = free_times(ids, offering_kind="individual", **asked)
            few = free_times(ids, offering_kind="individual", limit=3, **asked)
            for one in ids:
                expected = plain_times(one, kind="individual", **asked)
                told = [(time.begins_at, time.offering_id) for time in found[one]]
                assert len(told) == len(set(told))
                assert set(told) == set(expected)
                assert [time.begins_at for time in found[one]] == sorted(at for at, _offering in expected)
                assert all(time.place_id in expected[time.begins_at, time.offering_id] for time in found[one])
                assert few[one] == found[one][:3]


def test_such_practices_have_times_and_refuse_some() -> None:
    """The comparison above says something: there is much to find, and what is written down takes much of it away."""
    practice = Practice(3)
    with standing_at(practice.present):
        asked: dict[str, Any] = {"offering_kind": "individual", "by_practice": True}
        asked |= {"from_at": practice.present, "until_at": practice.present + timedelta(days=12)}
        ids = [one.pk for one in practice.therapists]
        taken = sum(map(len, free_times(ids, **asked).values()))
        for model in (Occupancy, Away, BusyTime, Travel):
            model.objects.all().delete()
        free = sum(map(len, free_times(ids, **asked).values()))
    assert 20 < taken < 0.9 * free
