"""Settings: the environment wins over the file, the file over the default, and a slip is said in a sentence."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from homeport.config import environment
from homeport.config.secret import stored_secret_key
from homeport.core.errors import HomeportError


@pytest.fixture(autouse=True)
def apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    environment._file.cache_clear()
    yield
    environment._file.cache_clear()


def test_environment_then_file_then_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert environment.text("HOMEPORT_X", "default") == "default"
    (tmp_path / "homeport.toml").write_text('HOMEPORT_X = "file"\nHOMEPORT_HOSTS = ["a", "b"]\n')
    environment._file.cache_clear()
    assert environment.text("HOMEPORT_X", "default") == "file"
    assert environment.names("HOMEPORT_HOSTS") == ["a", "b"]
    monkeypatch.setenv("HOMEPORT_X", "environment")
    assert environment.text("HOMEPORT_X") == "environment"


@pytest.mark.parametrize("text", ["not toml", 'OTHER = "x"', "\xff"])
def test_a_file_that_cannot_be_used_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(text.encode("latin-1"))
    monkeypatch.setenv("HOMEPORT_SETTINGS", str(path))
    with pytest.raises(HomeportError, match=r"mine\.toml"):
        environment.text("HOMEPORT_X")


def test_a_file_that_is_named_and_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOMEPORT_SETTINGS", "nowhere.toml")
    with pytest.raises(HomeportError, match="does not exist"):
        environment.text("HOMEPORT_X")


def test_yes_and_no(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.flag("HOMEPORT_X") is False
    assert environment.flag("HOMEPORT_X", default=True) is True
    monkeypatch.setenv("HOMEPORT_X", "Yes")
    assert environment.flag("HOMEPORT_X") is True
    monkeypatch.setenv("HOMEPORT_X", "perhaps")
    with pytest.raises(HomeportError, match="yes or no"):
        environment.flag("HOMEPORT_X")


def test_the_secret_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    key = stored_secret_key(tmp_path / "data")
    assert len(key) > 50
    assert stored_secret_key(tmp_path / "data") == key
    assert (tmp_path / "data" / "secret-key").stat().st_mode & 0o077 == 0
