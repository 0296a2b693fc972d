"""What the doctor says: each fault in a sentence, and nothing where there is none."""

import json
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.factories.people import a_person

from homeport.config import diagnosis
from homeport.config.cli import main
from homeport.core.clock import now
from homeport.core.ids import new_id
from homeport.core.keys import store
from homeport.exercises.models import JournalEntry
from homeport.outbox.models import OutgoingMessage, QueuedJob
from homeport.outbox.services.put_message import put_message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sound(settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir(mode=0o700)


def problems() -> list[str]:
    return [finding.text for finding in diagnosis.findings() if finding.level == "problem"]


def test_a_sound_installation_has_nothing_to_mend() -> None:
    assert problems() == []


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("SECRET_KEY", "short", "HOMEPORT_SECRET_KEY"),
        ("DEBUG", True, "HOMEPORT_DEBUG"),
        ("ALLOWED_HOSTS", ["*"], "HOMEPORT_HOSTS"),
        ("ALLOWED_HOSTS", ["care.example.org"], "without encryption"),
    ],
)
def test_what_is_unsafe_is_said(settings: Settings, setting: str, value: object, said: str) -> None:
    setattr(settings, setting, value)
    assert any(said in text for text in problems())


def test_a_setting_with_a_slip_in_its_name_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOMEPORT_HOST", "care.example.org")
    assert any("HOMEPORT_HOST is set" in text and "Was HOMEPORT_HOSTS meant?" in text for text in problems())


def test_a_public_site_with_encryption_is_sound(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["care.example.org"]
    settings.HTTPS = True
    assert problems() == []


def test_a_data_folder_open_to_others_is_said(settings: Settings) -> None:
    settings.DATA.chmod(0o755)
    (settings.DATA / "secret-key").write_text("key")
    (settings.DATA / "secret-key").chmod(0o644)
    assert sum("Other users" in text for text in problems()) == 2


def test_a_missing_data_folder_is_said(settings: Settings) -> None:
    settings.DATA = settings.DATA / "nowhere"
    assert any("does not exist" in text for text in problems())


def test_jobs_that_failed_or_wait_too_long_are_said() -> None:
    QueuedJob.objects.create(name="a", state=QueuedJob.State.FAILED)
    QueuedJob.objects.create(name="b", run_at=now() - 2 * diagnosis.LATE)
    assert any("failed for good" in text for text in problems())
    assert any("is a worker running?" in text for text in problems())


@pytest.mark.parametrize(
    ("texts", "said"), [("program:/nowhere/at-all", "cannot be run"), ("https://x", "not understood")]
)
def test_texts_that_cannot_leave_are_said(settings: Settings, texts: str, said: str) -> None:
    settings.TEXTS = texts
    assert any(said in text for text in problems())


def test_what_did_not_arrive_is_noted() -> None:
    to = a_person()
    message = put_message(kind="test", to=to, subject="s", body="b", key="k")
    message.move_to(OutgoingMessage.State.SENDING)
    message.move_to(OutgoingMessage.State.UNREACHABLE)
    notes = [finding.text for finding in diagnosis.findings() if finding.level == "note"]
    assert any("1 messages did not arrive" in text for text in notes)


def test_crisis_lines_grown_old_are_noted() -> None:
    notes = [finding.text for finding in diagnosis.findings() if finding.level == "note"]
    assert any("crisis lines" in text for text in notes)


def test_the_command_says_it_for_machines_too(capsys: pytest.CaptureFixture[str], settings: Settings) -> None:
    assert main(["doctor", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["problems"] == 0
    settings.DEBUG = True
    assert main(["doctor", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["problems"] == 1
    assert main(["doctor"]) == 1
    assert "1 to mend." in capsys.readouterr().out


def test_keys_that_were_not_restored_are_said(settings: Settings, tmp_path: Path) -> None:
    store.forget_opened()
    JournalEntry.objects.create(words="sealed", author_id=new_id())
    assert problems() == []
    settings.KEY_FILE = tmp_path / "not there"
    assert any("not in the installation's key set" in text for text in problems())
    assert not settings.KEY_FILE.exists()
    store.DataKey.objects.all().delete()
    assert any("no data key is here" in text for text in problems())
