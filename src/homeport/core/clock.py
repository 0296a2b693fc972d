"""The one clock. Everything that asks the time asks here, so that a test or the demo practice can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta

# What one person sends twice within it was meant once: the button was pressed twice, or a line was slow.
SENT_TWICE = timedelta(minutes=1)

_moment: ContextVar[datetime | None] = ContextVar("homeport_moment", default=None)


def now() -> datetime:
    """The present moment, aware and in UTC."""
    return _moment.get() or datetime.now(tz=UTC)


def today() -> date:
    """The present day in UTC."""
    return now().date()


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Within the block it is ``moment``: so the demo practice gets a past through the same services as the present."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
