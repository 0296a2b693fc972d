"""Thirty-two clients who book at once: no double booking, none lost, and nobody waits long.

Two thousand times, each wanted by four of the clients in the same moment, on both databases. ``booking_race`` builds the
practice and runs the clients, each on a connection of its own; on PostgreSQL as the role that serves pages.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.factories.booking_race import CLIENTS, race
from tests.postgres import cluster

Row = dict[str, Any]
SLOTS, QUICK, WANTED = 2_000, 200, 4
# Seconds from one time to the next: as fast as two cores, on which the clients run too, can carry it.
PACE = 0.07
LONGEST = 300.0


def measure(*, quick: bool = False) -> Iterator[Row]:
    """A row a claim (see ``tests.benchmark``)."""
    for vendor in ("sqlite", "postgresql"):
        if vendor == "postgresql" and cluster.binaries() is None:
            yield {"what": "booking (postgresql)", "value": "no PostgreSQL here", "target": "", "ok": None}
            continue
        yield from _claims(vendor, race(vendor, QUICK if quick else SLOTS, WANTED, PACE))


def _claims(vendor: str, came: Row) -> Iterator[Row]:
    told = came["outcomes"]
    by = {what: [one for one in told if one[3] == what] for what in ("got", "taken", "error")}
    winners = Counter(one[0] for one in by["got"])
    twice = sum(number > 1 for number in winners.values()) + came["overlapping"]
    nobody = came["slots"] - len(winners)
    held = {one[4].replace("-", "") for one in by["got"]}
    lost = len(held - set(came["booked"])) + len(held - set(came["occupied"]))
    yield {
        "what": f"{came['slots']:,} times wanted by {WANTED} of {CLIENTS} clients: booked twice ({vendor})",
        "value": f"{twice}",
        "target": "0",
        "ok": twice == 0,
    }
    yield {
        "what": f"bookings lost, times nobody got, errors ({vendor})",
        "value": f"{lost}, {nobody}, {len(by['error'])}",
        "target": "0, 0, 0",
        "ok": (lost, nobody, len(by["error"])) == (0, 0, 0),
    }
    alone = sum(1 for one in by["taken"] if not one[4])
    yield {
        "what": f"of {len(by['taken']):,} told no, without other times ({vendor})",
        "value": f"{alone}",
        "target": "0",
        "ok": alone == 0,
    }
    for what, times in (("all", told), ("those who got it", by["got"])):
        p95 = sorted(one[2] for one in times)[int(len(times) * 0.95)]
        yield {
            "what": f"booking, p95 of {what} ({vendor})",
            "value": f"{p95:.0f} ms",
            "target": f"at most {LONGEST:.0f} ms",
            "ok": p95 <= LONGEST,
        }
