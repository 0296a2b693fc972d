"""What recurs, against dateutil and zoneinfo: ten thousand rules put together at random, in six zones."""

from collections.abc import Iterator
from typing import Any

from tests.factories.rules import MOST, ZONES, by_dateutil, rules

Row = dict[str, Any]
RULES = 10_000


def measure() -> Iterator[Row]:
    """A row a claim (see ``tests.benchmark``)."""
    found = list(rules(seed=1, number=RULES))
    ours = [[one.at for one in rule.occurrences(MOST)] for rule in found]
    theirs = [by_dateutil(rule) for rule in found]
    differ = sum(one != same for one, same in zip(ours, theirs, strict=True))
    across = sum(len({at.time() for at in one}) > 1 for one in ours)
    yield {
        "what": f"{RULES:,} rules in {len(ZONES)} zones, {sum(map(len, ours)):,} meetings: other than dateutil",
        "value": f"{differ}",
        "target": "0",
        "ok": differ == 0,
    }
    yield {
        "what": "of them across a change of the clock",
        "value": f"{across:,}",
        "target": "at least 3,000",
        "ok": across >= 3_000,
    }
