"""Laying out the tables: what is said of it, and of which store."""

from pathlib import Path

import pytest
from django.core import management
from django.core.management import sql
from pytest_django import Settings

from homeport.config import tables


def test_a_first_start_says_what_takes_so_long_and_the_next_nothing(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DATA = tmp_path
    laid: list[str] = []
    monkeypatch.setattr(tables, "may_migrate", lambda _alias: True)
    monkeypatch.setattr(tables, "steps_behind", lambda alias: 0 if alias in laid else 79)
    monkeypatch.setattr(management, "call_command", lambda *_, database, **__: laid.append(database))
    followed: list[str] = []
    monkeypatch.setattr(sql, "emit_post_migrate_signal", lambda *, db, **_: followed.append(db))
    tables.lay_tables()
    assert capsys.readouterr().err.splitlines() == [
        "Laying out the database of the practice: 79 steps …",
        "Laying out the database of the keys: 79 steps …",
    ]
    assert followed == []  # the command itself says that it is done
    tables.lay_tables()
    assert capsys.readouterr().err == ""
    assert laid == ["default", "keys"], "tables that are there were laid out again"
    assert followed == ["default", "keys"], "walls that changed without a step stayed as they were"


@pytest.mark.parametrize(
    ("alias", "steps", "said"),
    [
        ("default", 2, "The database of the practice is 2 steps behind this version."),
        ("keys", 1, "The database of the keys is 1 step behind this version."),
    ],
)
def test_a_store_that_is_behind_is_named(
    monkeypatch: pytest.MonkeyPatch, alias: str, steps: int, said: str
) -> None:
    monkeypatch.setattr(tables, "steps_behind", lambda _alias: steps)
    assert list(tables.behind(alias)) == [f"{said} Run: homeport database migrate"]
    monkeypatch.setattr(tables, "steps_behind", lambda _alias: 0)
    assert not list(tables.behind(alias))
