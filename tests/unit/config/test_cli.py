"""The `homeport` command: our words, Django's words, and clean ends."""

import subprocess
import sys

import pytest

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
