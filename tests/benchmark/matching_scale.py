"""What the short list costs in a practice of 2,000 therapists and 100,000 clients, on both databases; and whether 500
people can be brought to 200 therapists with proof that nothing is better.

What is measured of the list is the whole answer of the server to the last screen of the questionnaire.
"""

import json
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from tests.benchmark.a_server import SERVING, asked_of_a_server, begin_serving, p95_of
from tests.postgres import cluster

Row = dict[str, Any]
MODULE = "tests.benchmark.matching_scale"
THERAPISTS, CLIENTS, RECENT = 2_000, 100_000, 20_000
FEW = (100, 1_000)
TARGET = 80.0
VENDORS = ("sqlite", "postgresql")
PEOPLE, SEATS, SECONDS = 500, 200, 10.0
SCREENS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("brings", {"concerns": ["grief", "trauma", "mood"]}),
    ("life", {"format": "individual", "history": ["lost_someone"], "before": ["too_far"]}),
    (
        "meet",
        {
            "where": "CA-ON", "way": "in_person", "weight_way": "2", "near": "Toronto", "km": "50", "weight_near": "1",
            "times": ["evenings", "weekends"], "zone": "America/Toronto", "most_fee": "150", "weight_most_fee": "2",
        },
    ),
    ("who", {"language": "fr", "weight_language": "1", "gender": "woman", "identities": ["parent"]}),
)  # fmt: skip


def measure(*, quick: bool = False) -> Iterator[Row]:
    """A row a claim (see ``tests.benchmark``)."""
    sizes = (200, 2_000) if quick else (THERAPISTS, CLIENTS)
    for vendor in VENDORS:
        if vendor == "postgresql" and cluster.binaries() is None:
            gone = {"what": "short list (postgresql)", "value": "there is no PostgreSQL here", "target": ""}
            yield {**gone, "ok": None}
            continue
        cost = _answered(vendor, *sizes)
        yield {
            "what": f"the short list: {sizes[0]:,} therapists, {sizes[1]:,} clients ({vendor})",
            "value": f"p95 {cost['p95']:.1f} ms, of it {cost['cpu']:.1f} at work ({cost['queries']} queries)",
            "target": f"at most {TARGET:.0f} ms",
            "ok": cost["p95"] <= TARGET and cost["listed"] == 6,
        }
        if not quick:
            few = _answered(vendor, *FEW)
            yield {
                "what": f"queries of the short list among {sizes[0]:,} and among {FEW[0]} ({vendor})",
                "value": f"{cost['queries']} and {few['queries']}",
                "target": "equal",
                "ok": cost["queries"] == few["queries"],
            }
    yield from _plans()


def _plans() -> Iterator[Row]:
    """The proposal against filling places one by one."""
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure()
        django.setup()
    from homeport.directory.assignment import NoSolver, assign, greedy, measured

    seekers, seats, fits = _waiting()
    name = f"{PEOPLE} people, {SEATS} therapists with {sum(seat.places for seat in seats)} places"
    try:
        plan = assign(seekers, seats, fits)
    except NoSolver:
        yield {"what": name, "value": "highspy is not installed", "target": "", "ok": None}
        return
    by_hand = greedy(seekers, seats, fits)
    ours, theirs = measured(plan, seekers, seats, fits), measured(by_hand, seekers, seats, fits)
    yield {
        "what": f"a proposal for {name}",
        "value": f"{plan.seconds:.2f} s, gap {plan.gap:.0e}",
        "target": f"gap 0 within {SECONDS:.0f} s",
        "ok": plan.is_proved and plan.seconds < SECONDS,
    }
    lines = (
        ("cost by the same measure", plan.cost, by_hand.cost, True),
        ("mean regret, points of a hundred", ours.mean_regret, theirs.mean_regret, None),
        ("worst regret, points of a hundred", ours.worst_regret, theirs.worst_regret, True),
        ("who waits on", ours.waiting, theirs.waiting, True),
        ("urgent people who wait on", ours.urgent_waiting, theirs.urgent_waiting, True),
        ("longest wait left, days", ours.longest_wait_left, theirs.longest_wait_left, None),
        ("unevenness of filled places", ours.unevenness, theirs.unevenness, None),
        ("mean days to a first time", ours.days_to_first, theirs.days_to_first, None),
    )
    for what, one, other, claimed in lines:
        yield {
            "what": f"a proposal against one by one: {what}",
            "value": f"{one:.2f}, one by one {other:.2f}",
            "target": "no more" if claimed else "",
            "ok": (one <= other + 1e-9) if claimed else None,
        }


def _waiting() -> tuple[list[Any], list[Any], dict[tuple[UUID, UUID], Any]]:
    """People and therapists with something in common: whom everybody wants is wanted by many, as in life."""
    from homeport.directory.assignment import Fit, Seat, Seeker

    chance = random.Random(20261123)
    seekers = [
        Seeker(UUID(int=number + 1), chance.randrange(160), chance.choices([0, 1, 2], [80, 15, 5])[0])
        for number in range(PEOPLE)
    ]
    seats = [Seat(UUID(int=10_000 + number), chance.choice([1, 2, 2, 3, 3])) for number in range(SEATS)]
    wanted = {seat.id: chance.gauss(0, 12) for seat in seats}
    first = {seat.id: chance.uniform(1, 40) for seat in seats}
    fits = {}
    for seeker in seekers:
        for seat in seats:
            if chance.random() < 0.7:  # a licence there, room in the format, and what is needed
                points = min(100.0, max(0.0, chance.gauss(60, 14) + wanted[seat.id]))
                fits[seeker.id, seat.id] = Fit(round(points, 1), first[seat.id])
    return seekers, seats, fits


def _answered(vendor: str, therapists: int, clients: int) -> Row:
    command = [sys.executable, "-m", "tests.benchmark.matching_scale", vendor, str(therapists), str(clients)]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    found: Row = json.loads(said.splitlines()[-1])
    return found


def main(vendor: str, therapists: int, clients: int) -> None:
    """Build the practice, then measure; one JSON line."""
    with tempfile.TemporaryDirectory(prefix="homeport-bench-") as folder:
        from tests.benchmark.access_scale import _become_pages, _installation
        from tests.benchmark.directory_scale import _practice, _static_files

        _installation(vendor, folder)
        _static_files()
        _practice(therapists, clients)
        _beginnings(min(RECENT, clients))
        _become_pages()
        print(json.dumps(asked_of_a_server(MODULE)))


def serve() -> None:
    """Answer and measure; one JSON line."""
    begin_serving()
    print(json.dumps(_cost()))


def _beginnings(recent: int) -> None:
    """People who began of late, with everybody in turn. Hours and what is taken the directory's bench has laid."""
    from homeport.cases.models import CareTeamMember, Case
    from homeport.people.models import Therapist

    therapists = list(Therapist.objects.only("pk", "person_id"))
    for start in range(0, recent, 5_000):
        cases = [Case(kind="individual", jurisdiction="CA-ON") for _ in range(min(5_000, recent - start))]
        Case.objects.bulk_create(cases, batch_size=500)
        team = [
            CareTeamMember(case=case, person_id=therapists[number * 31 % len(therapists)].person_id)
            for number, case in enumerate(cases)
        ]
        CareTeamMember.objects.bulk_create(team, batch_size=500)


def _cost() -> Row:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    page = client.get("/match/")
    sealed = re.compile(r'name="carried" value="([^"]+)"')

    def send(screen: str, said: dict[str, Any], carried: str) -> Any:
        return client.post("/match/", {"carried": carried, "screen": screen, "go": "next", **said})

    for screen, said in SCREENS[:-1]:
        page = send(screen, said, sealed.search(page.content.decode())[1])  # type: ignore[index]
    carried = sealed.search(page.content.decode())[1]  # type: ignore[index]
    last = SCREENS[-1]
    with CaptureQueriesContext(connection) as queries:
        page = send(*last, carried)
    asides = ("BEGIN", "COMMIT", "SET")
    count = sum(not str(each["sql"]).startswith(asides) for each in queries.captured_queries)
    cost = p95_of(lambda: send(*last, carried))
    listed = page.content.decode().count('<li class="suit card">')
    return {
        **cost,
        "queries": count,
        "listed": listed,
    }


if __name__ == "__main__":
    if sys.argv[1] == SERVING:
        serve()
    else:
        main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
