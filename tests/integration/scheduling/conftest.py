"""A time that stands still, for tests that say "in three days at ten"; pages without laid-out static files."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from homeport.core.clock import standing_at


@pytest.fixture
def monday_morning() -> Iterator[datetime]:
    """Monday, 11 January 2027, nine in the morning in Toronto."""
    moment = datetime(2027, 1, 11, 14, tzinfo=UTC)
    with standing_at(moment):
        yield moment


@pytest.fixture(autouse=True)
def _plain_static_names(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
