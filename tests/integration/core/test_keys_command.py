"""`homeport keys`: renewing the installation's key while everything stays readable."""

import json
from pathlib import Path

import pytest
from pytest_django import Settings

from homeport.config.cli import main
from homeport.core.ids import new_id
from homeport.core.keys import store
from homeport.exercises.models import JournalEntry

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(autouse=True)
def own_keys(settings: Settings, tmp_path: Path) -> None:
    settings.KEY_FILE = tmp_path / "installation-keys"
    settings.KEYS = settings.KEY_PROGRAM = ""
    store.forget_opened()


def said(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert main(["keys", *words, "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_a_key_is_renewed_and_the_old_one_retired(capsys: pytest.CaptureFixture[str]) -> None:
    JournalEntry.objects.create(words="still here", author_id=new_id())
    (old,) = said(capsys, "status")["wrapped"]  # type: ignore[misc]
    assert main(["keys", "retire", old]) == 1, "it still wraps"
    capsys.readouterr()
    renewed = said(capsys, "add")
    assert renewed["rewrapped"] == 1
    assert old not in renewed["wrapped"]  # type: ignore[operator]
    said(capsys, "retire", old)
    assert JournalEntry.objects.get().words == "still here"
    assert main(["keys", "retire", store.wrapping_keys().current]) == 1


def test_before_anything_is_sealed_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    for word in ("status", "add"):
        assert main(["keys", word]) == 0
        assert capsys.readouterr().out == "Nothing is sealed yet: there are no data keys.\n"


def test_a_key_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    JournalEntry.objects.create(words="x", author_id=new_id())
    assert main(["keys", "retire", "k9"]) == 1
    assert main(["keys", "retire"]) == 1
    assert "Say which key" in capsys.readouterr().err


def test_a_set_from_elsewhere_is_changed_there(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.KEYS = "k1:" + "A" * 43 + "="
    assert main(["keys", "add"]) == 1
    assert "where it is kept" in capsys.readouterr().err
