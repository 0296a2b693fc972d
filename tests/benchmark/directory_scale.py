"""What a search for a therapist costs in a practice of 2,000 therapists and 100,000 clients, on both databases.

The practice is made inside the database. What is measured is the whole answer of the server: the form that comes, the
queries, the page that goes. On PostgreSQL it is served by the role that serves pages, behind the second wall.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

from tests.benchmark.a_server import SERVING, asked_of_a_server, begin_serving, p95_of
from tests.postgres import cluster

Row = dict[str, Any]
MODULE = "tests.benchmark.directory_scale"
THERAPISTS, CLIENTS = 2_000, 100_000
FEW = (100, 1_000)
TARGET = 60.0
COPY, COPY_TARGET = "copy", 60.0
COPIED: dict[str, float] = {}
VENDORS = ("sqlite", "postgresql")
TOWNS = (
    ("Toronto", 43.65, -79.38),
    ("Hamilton", 43.26, -79.87),
    ("Ottawa", 45.42, -75.70),
    ("Guelph", 43.54, -80.25),
)
ASKED: dict[str, dict[str, Any]] = {
    "looking without a wish": {},
    "three wishes": {"concerns": ["grief", "trauma"], "way": "video", "format": "individual"},
    "every wish": {
        "concerns": ["grief", "mood", "anxiety"], "way": "in_person", "format": "individual", "language": "fr",
        "near": "Toronto", "km": "100", "most_fee": "160", "times": ["evenings", "weekends"], "zone": "America/Vancouver",
        "gender": "woman", "identities": ["parent", "lgbtq"], "populations": ["adults"], "words": "listening slowly",
    },
    "evenings, in a wish for times alone": {"format": "individual", "times": ["evenings"], "zone": "America/Vancouver"},
    "nobody fits, and what would help": {
        "concerns": ["grief"], "way": "video", "language": "fr", "faith": "sikh", "gender": "man", "words": "listening",
        "times": ["evenings"], "zone": "America/Toronto",
    },
}  # fmt: skip


def measure(*, quick: bool = False) -> Iterator[Row]:
    """A row a claim (see ``tests.benchmark``)."""
    sizes = (200, 2_000) if quick else (THERAPISTS, CLIENTS)
    for vendor in VENDORS:
        if vendor == "postgresql" and cluster.binaries() is None:
            yield {
                "what": "search (postgresql)",
                "value": "there is no PostgreSQL here",
                "target": "",
                "ok": None,
            }
            continue
        large, small = _answered(vendor, *sizes), _answered(vendor, *FEW) if not quick else None
        copied = large.pop(COPY)
        yield {
            "what": f"the copy of {sizes[0]:,} therapists' free times ({vendor})",
            "value": f"{copied['first']:.1f} s, made anew {copied['again']:.1f} s",
            "target": f"at most {COPY_TARGET:.0f} s of ten minutes",
            "ok": copied["again"] <= COPY_TARGET,
        }
        for name, cost in large.items():
            asked = f"{cost['queries']} queries, {cost['found']} found"
            yield {
                "what": f"a search, {name}: {sizes[0]:,} therapists, {sizes[1]:,} clients ({vendor})",
                "value": f"p95 {cost['p95']:.1f} ms, of it {cost['cpu']:.1f} at work ({asked})",
                "target": f"at most {TARGET:.0f} ms",
                "ok": cost["p95"] <= TARGET,
            }
        if small:
            small.pop(COPY)
            same = {name: (cost["queries"], small[name]["queries"]) for name, cost in large.items()}
            yield {
                "what": f"queries of a search among {sizes[0]:,} and among {FEW[0]} ({vendor})",
                "value": ", ".join(f"{one} and {other}" for one, other in same.values()),
                "target": "equal",
                "ok": all(one == other for one, other in same.values()),
            }


def _answered(vendor: str, therapists: int, clients: int) -> dict[str, Row]:
    command = [sys.executable, "-m", "tests.benchmark.directory_scale", vendor, str(therapists), str(clients)]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    found: dict[str, Row] = json.loads(said.splitlines()[-1])
    return found


def main(vendor: str, therapists: int, clients: int) -> None:
    """Build the practice, then measure each search; one JSON line."""
    with tempfile.TemporaryDirectory(prefix="homeport-bench-") as folder:
        from tests.benchmark.access_scale import _become_pages, _installation

        _installation(vendor, folder)
        _static_files()
        _practice(therapists, clients)
        _become_pages()
        print(json.dumps(asked_of_a_server(MODULE) | {COPY: COPIED}))


def serve() -> None:
    """Answer and measure each search; one JSON line."""
    begin_serving()
    print(json.dumps({name: _cost(asked) for name, asked in ASKED.items()}))


def _static_files() -> None:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def _practice(therapists: int, clients: int) -> None:
    from django.utils import timezone

    from homeport.core.clock import today
    from homeport.directory.distance import Point
    from homeport.directory.full_text import stems
    from homeport.directory.models import LOTS, Profile
    from homeport.people.models import Licence, Person, Practice, Role, RoleHolding, Therapist

    Practice.objects.create(
        name="Large", jurisdiction="CA-ON", zone="America/Toronto", languages=["en"], crisis_region="CA-ON"
    )
    verifier = Person.objects.create(name="Vera")
    people = [Person(name=f"Thea Number{number}", zone="America/Toronto") for number in range(therapists)]
    Person.objects.bulk_create(people, batch_size=500)
    RoleHolding.objects.bulk_create(
        [RoleHolding(person=each, role=Role.THERAPIST) for each in people], batch_size=500
    )
    concerns = ("grief", "mood", "trauma", "anxiety", "couple", "parenting", "self_esteem")
    offers = [
        Therapist(
            person=each, languages=["en", "fr"] if number % 3 == 0 else ["en"], populations=["adults", "couples"],
            approaches=["efit", "mindfulness"], formats=["in_person", "video"] if number % 2 else ["in_person"],
            fees={"individual": 9000 + number % 90 * 100}, currency="CAD", sliding_scale=number % 4 == 0,
        )
        for number, each in enumerate(people)
    ]  # fmt: skip
    Therapist.objects.bulk_create(offers, batch_size=500)
    year = today().replace(year=today().year + 1, day=1)
    Licence.objects.bulk_create(
        [
            Licence(
                therapist=each, jurisdiction=("CA-ON", "CA-ON", "CA-QC")[number % 3], body="College", number=str(number),
                expires_on=year, verified_by=verifier, verified_at=timezone.now(),
            )
            for number, each in enumerate(offers)
        ],
        batch_size=500,
    )  # fmt: skip
    text = "I work slowly, listening first. We look at what happened and at what you need now. " * 12
    said = stems(text)
    profiles = []
    for number, each in enumerate(offers):
        town, north, east = TOWNS[number % len(TOWNS)]
        x, y, z = Point(north, east).vector
        profiles.append(
            Profile(
                therapist=each, slug=f"thea-{number}", title="Psychotherapist", greeting="Begin where you are.", about=text,
                concerns=[concerns[number % 7], concerns[number // 7 % 7]], gender=("woman", "man", "")[number % 3],
                identities=["parent"] if number % 2 else [], town=town, region="CA-ON", latitude=north, longitude=east,
                x=x, y=y, z=z, usual=number * 7919 % (1 << 21), lot=number * 31 % LOTS,
                words=" ".join([*stems(each.person.name), *said]),
                published_at=timezone.now(),
            )
        )  # fmt: skip
    Profile.objects.bulk_create(profiles, batch_size=500)
    _openings(profiles)
    _clients(clients)
    _calendars(offers)
    _copy()


def _openings(profiles: list[Any]) -> None:
    from homeport.directory.models import Opening

    rooms = [
        Opening(profile=each, format=kind, places=2) for each in profiles for kind in ("individual", "couple")
    ]
    Opening.objects.bulk_create(rooms, batch_size=500)


def _calendars(offers: list[Any]) -> None:
    """Hours on three days of each, first calls and single people, in a room and by video, and half of it taken."""
    from datetime import UTC, date, datetime, timedelta

    from homeport.core.clock import today
    from homeport.core.ids import new_id
    from homeport.scheduling.models import Occupancy, Offering, Pattern, Place

    place = Place.objects.create(name="Harbour Street", zone="America/Toronto")
    Offering.objects.bulk_create(
        [
            Offering(therapist=each, kind=kind, way=way, minutes=minutes)
            for each in offers
            for kind, minutes in (("first_call", 15), ("individual", 50))
            for way in (("in_person", "video") if kind == "individual" else ("video",))
        ],
        batch_size=500,
    )
    Pattern.objects.bulk_create(
        [
            Pattern(
                therapist=each, weekday=(number + day) % 7, begins=begins * 60, ends=(begins + 5) * 60, place=place,
                zone="America/Toronto", from_day=date(2020, 1, 6),
            )
            for number, each in enumerate(offers)
            for day, begins in ((0, 9), (2, 12), (4, 16 if number % 3 else 9))
        ],
        batch_size=500,
    )  # fmt: skip
    monday = today() - timedelta(days=today().weekday())
    begin = datetime(monday.year, monday.month, monday.day, tzinfo=UTC)
    Occupancy.objects.bulk_create(
        [
            Occupancy(
                resource_id=each.pk, begins_at=at, ends_at=at + timedelta(minutes=60), what="appointment",
                source_id=new_id("bench"),
            )
            for number, each in enumerate(offers)
            for week in range(6)
            for day, hour in ((0, 15), (0, 17), (2, 18), (4, 22 if number % 3 else 15))
            for at in (begin + timedelta(days=7 * week + (number + day) % 7, hours=hour),)
        ],
        batch_size=500,
    )  # fmt: skip


def _copy() -> None:
    """Make the copy of free times that a search reads, twice: the second time little has changed."""
    from homeport.core.actor import system
    from homeport.directory.services.look_up_free_times import look_up_everybody

    for name in ("first", "again"):
        begun = time.perf_counter()
        look_up_everybody(actor=system("bench"))
        COPIED[name] = time.perf_counter() - begun


def _clients(number: int) -> None:
    from homeport.people.models import Person, Role, RoleHolding

    for begin in range(0, number, 5_000):
        people = [Person(name=f"Cleo {each}") for each in range(begin, min(begin + 5_000, number))]
        Person.objects.bulk_create(people, batch_size=500)
        RoleHolding.objects.bulk_create(
            [RoleHolding(person=each, role=Role.CLIENT) for each in people], batch_size=500
        )


def _cost(asked: dict[str, Any]) -> Row:
    """The 95th percentile of the server's time in milliseconds, its queries, and how many were found."""
    import re

    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    sent, as_sent = urlencode({"where": "CA-ON", **asked}, doseq=True), "application/x-www-form-urlencoded"
    send: Callable[[], Any] = lambda: client.post("/therapists/", sent, content_type=as_sent)  # noqa: E731
    send()
    with CaptureQueriesContext(connection) as queries:
        answer = send()
    if answer.status_code != 200:
        raise RuntimeError(answer.status_code)
    asides = ("BEGIN", "COMMIT", "SET")
    count = sum(not str(each["sql"]).startswith(asides) for each in queries.captured_queries)
    cost = p95_of(send)
    title = re.search(r'id="found-title">\s*(\d*)', answer.content.decode())
    return {
        **cost,
        "queries": count,
        "found": int(title[1] or 0) if title else 0,
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeport.config.settings")
    if sys.argv[1] == SERVING:
        serve()
    else:
        main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
