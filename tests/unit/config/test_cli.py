"""The `homeport` command: our words, Django's words, and clean ends."""

import argparse
import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.factories.installations import embedded

from homeport.config.cli import COMMANDS, main


def test_alone_it_says_what_it_can_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    assert f"homeport {name}" in capsys.readouterr().out


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1", "80.5"])
def test_a_port_that_is_none_is_said(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["serve", f"--port={port}"])
    assert "not a port" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["score", "simulate", "calibrate"])
def test_researchers_do_not_wait_for_the_web(name: str) -> None:
    code = f"import sys; import homeport.config.commands.{name}; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_djangos_own_words_work() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "homeport.config.cli", "check"], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("words", [["serve"], ["doctor"], ["instruments", "list"], ["worker"], ["check"]])
def test_a_data_folder_that_cannot_be_used_is_one_clear_line(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    done = subprocess.run(
        [sys.executable, "-m", "homeport.config.cli", *words],
        env=embedded(tmp_path / "data"),
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "cannot use its data folder" in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_demo_takes_nothing_from_a_real_installation(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Not from the environment and not from a settings file: redirected to HTTPS, it could not be reached at all."""
    (tmp_path / "homeport.toml").write_text(
        'HOMEPORT_HTTPS = "yes"\nHOMEPORT_HOSTS = "care.example.org"\nHOMEPORT_SECRET_KEY = "theirs"\n'
    )
    code = (
        "from homeport.config import preparing, running\npreparing.prepare = lambda **_: None\n"
        "class Site:\n    def __init__(self, **_): pass\n    def run(self): return 0\n"
        "running.Site = Site\n"
        "from homeport.config.commands import demo\ndemo.fill = demo.check_alone = lambda: None\n"
        "from homeport.config.cli import main\nmain(['demo'])\n"
        "from homeport.config import settings\n"
        "print(settings.HTTPS, settings.HOSTS, settings.SECRET_KEY == 'theirs', settings.DEMO, settings.ADDRESS,"
        " settings.EMAIL_BACKEND.rpartition('.')[0].rpartition('.')[2])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={
            "HOMEPORT_HOSTS": "other.example.org",
            "HOMEPORT_MAIL_URL": "smtp://u:p@mail.example.org",
            "PATH": os.environ["PATH"],
        },
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == (
        "False ['localhost', '127.0.0.1', '[::1]'] False True http://localhost:8000 console"
    ), done.stderr


def _options(parser: argparse.ArgumentParser) -> set[str]:
    """The long options of a command and its verbs."""
    found: set[str] = set()
    for action in parser._actions:
        found |= {option for option in action.option_strings if option.startswith("--")}
        if isinstance(action, argparse._SubParsersAction):
            found = found.union(*(_options(verb) for verb in action.choices.values()))
    return found - {"--help"}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_is_described_and_none_that_is_not_there(name: str) -> None:
    page = Path(__file__).parents[3].joinpath("docs/reference/commands.md").read_text(encoding="utf-8")
    (section,) = re.findall(rf"^## homeport {name}\b[^\n]*\n(.*?)(?=^## )", page, re.MULTILINE | re.DOTALL)
    described = set(re.findall(r"^\| `(--[a-z-]+)", section, re.MULTILINE))
    described |= set(re.findall(r"^\| `--[^|]*, `(--[a-z-]+)", section, re.MULTILINE))
    parser = argparse.ArgumentParser()
    importlib.import_module(f"homeport.config.commands.{name}").add_arguments(parser)
    assert described == _options(parser)
