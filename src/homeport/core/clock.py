"""The one clock. Everything that asks the time asks here, so that a test can set it."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """The present moment, aware and in UTC."""
    return datetime.now(tz=UTC)


def today() -> date:
    """The present day in UTC."""
    return now().date()
