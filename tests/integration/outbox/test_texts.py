"""The program that sends texts: what it gets, and that nothing of it is told when it fails."""

from pathlib import Path

import pytest
from pytest_django import Settings

from homeport.core.errors import HomeportError
from homeport.outbox.gateways import NotTaken, text_gateway


def a_program(folder: Path, lines: str) -> str:
    program = folder / "send-text"
    program.write_text(f"#!/bin/sh\n{lines}\n")
    program.chmod(0o755)
    return f"program:{program}"


def test_the_program_gets_number_reference_and_text(settings: Settings, tmp_path: Path) -> None:
    settings.TEXTS = a_program(tmp_path, f'printf "%s|%s|" "$1" "$2" > {tmp_path}/got; cat >> {tmp_path}/got')
    text_gateway().send("+14165550100", "Tuesday at 2 – \u2713", "<id@x>")
    assert (tmp_path / "got").read_text() == "+14165550100|<id@x>|Tuesday at 2 – \u2713"


def test_a_program_that_fails_says_nothing_of_what_it_was_given(settings: Settings, tmp_path: Path) -> None:
    settings.TEXTS = a_program(tmp_path, "cat >&2; exit 3")
    with pytest.raises(NotTaken) as failed:
        text_gateway().send("+14165550100", "Tuesday", "<id@x>")
    assert "Tuesday" not in str(failed.value)
    assert "4165550100" not in str(failed.value)
    assert failed.value.__cause__ is None


def test_the_terminal_shows_it(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.TEXTS = "console:"
    text_gateway().send("+14165550100", "Tuesday", "<id@x>")
    assert capsys.readouterr().out == "Text to +14165550100 (<id@x>):\nTuesday\n"


@pytest.mark.parametrize(
    "texts", ["", "program:relative", "program:/nowhere/at-all", "https://texts.example.org"]
)
def test_what_is_no_gateway_is_refused(settings: Settings, texts: str) -> None:
    settings.TEXTS = texts
    with pytest.raises(HomeportError):
        text_gateway()
