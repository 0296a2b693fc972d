"""Free times of one therapist and of two hundred, in a practice of two thousand that is half booked, on both databases."""

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.benchmark.access_scale import _become_pages, _installation
from tests.postgres import cluster

Row = dict[str, Any]
THERAPISTS, MANY, RUNS = 2_000, 200, 12
WEEKS = 6
ONE_MS, MANY_MS = 5.0, 60.0
ZONES = ("America/Toronto", "America/Vancouver", "Europe/Paris")


def measure(*, quick: bool = False) -> Iterator[Row]:
    """A row a claim (see ``tests.benchmark``)."""
    therapists = MANY if quick else THERAPISTS
    for vendor in ("sqlite", "postgresql"):
        if vendor == "postgresql" and cluster.binaries() is None:
            yield {"what": "free times (postgresql)", "value": "no PostgreSQL here", "target": "", "ok": None}
            continue
        command = [sys.executable, "-m", "tests.benchmark.free_times", vendor, str(therapists)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=900)
        yield from _claims(vendor, json.loads(done.stdout.splitlines()[-1]))


def _claims(vendor: str, told: Row) -> Iterator[Row]:
    for what, longest in (("one", ONE_MS), ("many", MANY_MS), ("next", MANY_MS)):
        ms = told[what]["ms"]
        names = {
            "one": f"free times of one therapist by video for {WEEKS} weeks",
            "many": f"free times of {MANY} therapists by video for {WEEKS} weeks",
            "next": f"the next three times of {MANY} therapists",
        }
        yield {
            "what": f"{names[what]} ({vendor})",
            "value": f"{ms:.1f} ms, {told[what]['cpu']:.1f} at work ({told[what]['found']:,} found)",
            "target": f"at most {longest:.0f} ms",
            "ok": ms <= longest and told[what]["found"] > 0,
        }
    counts = {what: told[what]["queries"] for what in ("one", "many")}
    yield {
        "what": f"queries for one and for {MANY} ({vendor})",
        "value": f"{counts['one']} and {counts['many']}",
        "target": "equal",
        "ok": counts["one"] == counts["many"],
    }


def main(vendor: str, therapists: int) -> None:
    """Build the practice, measure, and print one line of JSON."""
    with tempfile.TemporaryDirectory(prefix="homeport-bench-") as folder:
        _installation(vendor, folder)
        ids = _practice(therapists)
        _become_pages()
        from homeport.core.clock import now
        from homeport.scheduling.selectors import free_times, next_free

        begin = now()
        until = begin + timedelta(weeks=WEEKS)

        def free(some: list[UUID]) -> Callable[[], int]:
            def ask() -> int:
                found = free_times(
                    some, offering_kind="individual", way="video", from_at=begin, until_at=until
                )
                return sum(map(len, found.values()))

            return ask

        def soonest() -> int:
            found = next_free(ids[:MANY], offering_kind="individual")
            return sum(map(len, found.values()))

        told = {
            "one": _cost(free(ids[:1])),
            "many": _cost(free(ids[:MANY])),
            "next": _cost(soonest),
        }
        sys.stdout.write(f"{json.dumps(told)}\n")


def _cost(work: Callable[[], int]) -> Row:
    """The quickest of some runs in milliseconds, on the clock and at work here; its queries, and what was found."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        found = work()
    times, worked = [], []
    for _ in range(RUNS):
        begun, began_work = time.perf_counter_ns(), time.process_time_ns()
        work()
        times.append((time.perf_counter_ns() - begun) / 1e6)
        worked.append((time.process_time_ns() - began_work) / 1e6)
    return {"ms": min(times), "cpu": min(worked), "queries": len(queries), "found": found}


def _practice(count: int) -> list[UUID]:
    """Therapists who work four days a week, in two ways at three places, and are half booked for ten weeks."""
    from homeport.core.clock import today
    from homeport.people.models import Person, Therapist
    from homeport.scheduling.models import Away, Occupancy, Offering, Pattern, Place

    chance = random.Random(4)
    places = [Place.objects.create(name=zone, zone=zone) for zone in ZONES]
    people = Person.objects.bulk_create([Person(name=f"Thea {number}") for number in range(count)])
    therapists = Therapist.objects.bulk_create([Therapist(person=person) for person in people])
    rows: dict[Any, list[Any]] = {Offering: [], Pattern: [], Away: [], Occupancy: []}
    monday = today() - timedelta(days=today().weekday())
    for number, therapist in enumerate(therapists):
        place = places[number % len(places)]
        for way in ("in_person", "video"):
            rows[Offering].append(Offering(therapist=therapist, kind="individual", way=way, minutes=50))
        for weekday in chance.sample(range(5), 4):
            rows[Pattern].append(
                Pattern(
                    therapist=therapist, weekday=weekday, begins=9 * 60, ends=17 * 60, zone=place.zone,
                    place=place, from_day=date(2020, 1, 6), every=chance.choice((1, 1, 1, 2)),
                )
            )  # fmt: skip
        rows[Away].append(
            _span(Away, monday + timedelta(days=chance.randrange(40)), 0, 48, therapist=therapist)
        )
        for day in range(70):
            for hour in chance.sample(range(13, 22), 3) if day % 7 < 5 else ():
                rows[Occupancy].append(
                    _span(
                        Occupancy, monday + timedelta(days=day), hour, 1, resource_id=therapist.pk,
                        what="appointment", source_id=therapist.pk, place=place,
                    )
                )  # fmt: skip
    for model, made in rows.items():
        model.objects.bulk_create(made, batch_size=2_000)
    return [therapist.pk for therapist in therapists]


def _span(model: Any, day: date, hour: int, hours: int, **more: Any) -> Any:
    begins_at = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=hour)
    return model(begins_at=begins_at, ends_at=begins_at + timedelta(hours=hours), **more)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
