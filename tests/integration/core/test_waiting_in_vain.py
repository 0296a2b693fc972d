"""On SQLite, who waited in vain to write leaves nothing that a later writer must wait for."""

import gc
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from homeport.config.databases import _sqlite

LONGEST = 4.0  # seconds that somebody waits to write
BEGIN = {"force_begin_transaction_with_broken_autocommit": True}


@pytest.fixture
def _open(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


@pytest.mark.usefixtures("_open")
def test_collecting_garbage_waits_for_nobody_who_waits_to_write(tmp_path: Path) -> None:
    store = _sqlite(tmp_path / "house.sqlite3")
    store["OPTIONS"]["timeout"] = LONGEST
    stores = ConnectionHandler({"default": store})
    given_up, writes = threading.Event(), stores["default"]

    def waits() -> None:
        mine = stores["default"]
        mine.ensure_connection()
        with mine.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 50")
        with suppress(OperationalError):
            mine.set_autocommit(False, **BEGIN)  # in vain: what this leaves, somebody will collect
        with mine.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {int(1000 * LONGEST)}")
        given_up.set()
        with suppress(OperationalError):
            mine.set_autocommit(False, **BEGIN)
        mine.close()

    waiting = threading.Thread(target=waits)
    gc.collect()
    gc.disable()
    try:
        writes.set_autocommit(False, **BEGIN)
        waiting.start()
        assert given_up.wait(20)
        time.sleep(0.2)  # until it waits again
        began = time.monotonic()
        gc.collect()
        took = time.monotonic() - began
        writes.rollback()
    finally:
        gc.enable()
        writes.close()
    waiting.join()
    assert took < LONGEST / 2
