"""Settings: the environment wins over the file, the file over the default, and a slip is said in a sentence."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import homeport
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


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe", b"short"])
def test_a_damaged_secret_is_said_and_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret-key").write_bytes(content)
    with pytest.raises(HomeportError, match="damaged"):
        stored_secret_key(tmp_path)
    assert (tmp_path / "secret-key").read_bytes() == content


def test_a_data_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(HomeportError, match="cannot use its data folder"):
        stored_secret_key(tmp_path / "data")


def test_a_secret_that_another_process_is_writing_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "secret-key"
    path.touch()
    other = threading.Timer(0.05, path.write_text, ["x" * 64])
    other.start()
    assert stored_secret_key(tmp_path) == "x" * 64
    other.join()


def test_a_table_where_a_value_belongs_is_said(tmp_path: Path) -> None:
    (tmp_path / "homeport.toml").write_text("[HOMEPORT_X]\na = 1\n")
    with pytest.raises(HomeportError, match=r"HOMEPORT_X .* one value"):
        environment.text("HOMEPORT_X")


def test_slips_are_found_wherever_they_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(environment.os, "environ", {"HOMEPORT_HOST": "x", "HOMEPORT_HOSTS": "y", "PATH": "z"})
    (tmp_path / "homeport.toml").write_text('HOMEPORT_NAME = "x"\nHOMEPORT_DATA = "y"\n')
    assert environment.unknown() == ["HOMEPORT_HOST", "HOMEPORT_NAME"]


def test_every_setting_is_described() -> None:
    described = Path(__file__).parents[3].joinpath("docs/reference/settings.md").read_text(encoding="utf-8")
    assert [name for name in sorted(environment.KNOWN) if f"`{name}`" not in described] == []


def test_every_setting_that_is_read_is_known() -> None:
    asked = re.compile(
        r'(?:env|environment)\.(?:text|flag|names|number)\(\s*"(HOMEPORT_\w+)"|_store\("(HOMEPORT_\w+)"'
    )
    modules = Path(homeport.__file__).parent.rglob("*.py")
    read = {
        one or other for path in modules for one, other in asked.findall(path.read_text(encoding="utf-8"))
    }
    assert len(read) > 20
    assert read <= environment.KNOWN
