"""A time that stands still, for tests that say "in three days at ten"."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from homeport.core.clock import standing_at


@pytest.fixture
def monday_morning() -> Iterator[datetime]:
    """Monday, 11 January 2027, nine in the morning in Toronto."""
    moment = datetime(2027, 1, 11, 14, tzinfo=UTC)
    with standing_at(moment):
        yield moment
