"""Thirty-two clients who book at once, each on a connection of its own: a practice is built, then they all begin.

    python -m tests.factories.booking_race VENDOR SLOTS WANTED PACE

SLOTS times, each wanted by WANTED of the clients at the same moment; every PACE seconds it is the next one's turn. Prints
one JSON line: who got what, who was told what else is free, how long each took, and what the database holds afterwards.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from typing import Any

from tests.benchmark.access_scale import _installation

CLIENTS, PROCESSES, THERAPISTS = 32, 4, 2
PER_DAY = 16
WARM = 200
LONGEST = 1_800.0  # seconds that all of it may take; on a quiet machine it is three minutes


def race(vendor: str, slots: int, wanted: int, pace: float = 0.0) -> dict[str, Any]:
    """Run it in processes of its own, and return what it prints."""
    command = [sys.executable, "-m", "tests.factories.booking_race", vendor, *map(str, (slots, wanted, pace))]
    # A session of its own, so that the clients go with it when it takes too long.
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        said, errors = running.communicate(timeout=LONGEST)
    except BaseException:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        raise
    if running.returncode:
        raise RuntimeError(errors[-2000:])
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found


def main(vendor: str, slots: int, wanted: int, pace: float) -> None:
    """Build, race, and say what came of it."""
    with tempfile.TemporaryDirectory(prefix="homeport-race-") as folder:
        _installation(vendor, folder)
        told: dict[str, Any] = {"clients": _build(), "slots": slots, "wanted": wanted, "pace": pace}
        _let_pages_in()
        command = [sys.executable, "-m", "tests.factories.booking_race", "client"]
        running = [
            subprocess.Popen(
                [*command, str(number)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            for number in range(PROCESSES)
        ]
        for word in (json.dumps(told), "go"):
            for one in running:
                assert one.stdin is not None
                one.stdin.write(f"{word}\n")
                one.stdin.flush()
            for one in running:
                assert one.stdout is not None
                if word != "go" and json.loads(one.stdout.readline()) != "ready":
                    raise RuntimeError("a client did not get ready")
        outcomes = [outcome for one in running for outcome in json.loads(one.stdout.read())]  # type: ignore[union-attr]
        for one in running:
            one.wait()
        say({"outcomes": outcomes, "slots": slots, **_afterwards()})


def _build() -> list[list[Any]]:
    """Therapists who work from five until nine in the evening, and clients who have a case with each of them."""
    from tests.factories.cases import an_individual
    from tests.factories.people import a_person, a_practice, a_therapist
    from tests.factories.scheduling import offers, the_rules, works

    a_practice()
    the_rules(horizon=700)
    staff = [a_therapist(f"Thea {number}") for number in range(THERAPISTS)]
    offered = [offers(one) for one in staff]
    for one in staff:
        works(one, begins=5, ends=21)
    clients = []
    for number in range(CLIENTS):
        person = a_person(f"Cleo {number}")
        cases = [an_individual(person, lead=one) for one in staff]
        told = [(str(case.pk), str(video.pk)) for case, video in zip(cases, offered, strict=True)]
        clients.append([str(person.pk), told])
    return clients


def _let_pages_in() -> None:
    """From here on, on PostgreSQL, everything is done by the role that serves pages, behind the second wall."""
    from django.db import connections

    connections.close_all()
    os.environ["HOMEPORT_DATABASE_ROLE"] = "web"
    os.environ["HOMEPORT_DATABASE_POOL"] = "0"


def client(number: int) -> None:
    """One process of clients, each in a thread."""
    told = json.loads(sys.stdin.readline())
    import django

    django.setup()
    share = range(number, CLIENTS, PROCESSES)
    # A process that serves pages has read all its code before this day's first booking.
    if not any(_book(told, number, 0, WARM + number, 3 + again)[0] == "got" for again in range(9)):
        raise SystemExit("no booking came about")
    outcomes: list[Any] = []
    ready, go = threading.Barrier(len(share) + 1), threading.Barrier(len(share) + 1)
    threads = [threading.Thread(target=_books, args=(one, told, outcomes, ready, go)) for one in share]
    for one in threads:
        one.start()
    ready.wait(600)
    say("ready")
    sys.stdin.readline()
    go.wait(600)
    for one in threads:
        one.join()
    say(outcomes)


def _book(told: dict[str, Any], me: int, whose: int, day: int, hour: int) -> list[Any]:
    """What becomes of one wish."""
    from uuid import UUID

    from tests.factories.scheduling import on

    from homeport.core.actor import Actor
    from homeport.scheduling.models import Offering
    from homeport.scheduling.services.book_appointment import book_appointment
    from homeport.scheduling.services.occupy import Taken

    person, cases = told["clients"][me]
    case, video = cases[whose]
    try:
        made = book_appointment(
            actor=Actor("person", person_id=UUID(person), via="race"),
            offering=Offering.objects.get(pk=video),
            begins_at=on(2 + day, 5 + hour),
            case_id=UUID(case),
            subject_id=UUID(person),
        )
    except Taken as taken:
        return ["taken", len(taken.next_times)]
    except Exception as error:
        return ["error", f"{type(error).__name__}: {error}"]
    return ["got", str(made.pk)]


def _books(
    me: int, told: dict[str, Any], outcomes: list[Any], ready: threading.Barrier, go: threading.Barrier
) -> None:
    from django.db import connections

    wanted = [
        slot
        for slot in range(told["slots"])
        if me in random.Random(slot).sample(range(CLIENTS), told["wanted"])
    ]

    connections["default"].ensure_connection()
    ready.wait(600)
    go.wait(600)
    start = time.monotonic()
    for slot in wanted:
        time.sleep(max(0.0, start + slot * told["pace"] - time.monotonic()))
        day, hour = divmod(slot // THERAPISTS, PER_DAY)
        begun = time.perf_counter()
        said = _book(told, me, slot % THERAPISTS, day, hour)
        outcomes.append([slot, me, (time.perf_counter() - begun) * 1000, *said])
    connections.close_all()


def _afterwards() -> dict[str, Any]:
    """What the database holds, as its owner sees it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM scheduling_occupancy a JOIN scheduling_occupancy b ON a.id <> b.id"
            " AND a.resource_id = b.resource_id AND a.lane = b.lane"
            " AND a.begins_at < b.ends_at AND b.begins_at < a.ends_at"
        )
        overlapping = cursor.fetchone()[0]
        cursor.execute("SELECT source_id FROM scheduling_occupancy")
        sources = {str(row[0]).replace("-", "") for row in cursor.fetchall()}
        cursor.execute(
            "SELECT id, begins_at, therapist_id FROM scheduling_appointment WHERE status = 'booked'"
        )
        booked = {str(row[0]).replace("-", ""): f"{row[2]} {row[1]}" for row in cursor.fetchall()}
    return {"overlapping": overlapping, "occupied": sorted(sources), "booked": booked}


def say(what: Any) -> None:
    """One line of JSON."""
    sys.stdout.write(f"{json.dumps(what)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1] == "client":
        client(int(sys.argv[2]))
    else:
        main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
