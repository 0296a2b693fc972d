"""All checks run, a failing or broken one is named, and the exit code says so."""

from pathlib import Path

import pytest
from tests.checks.__main__ import CHECKS, main
from tests.checks.finding import Outcome


def good(_root: Path) -> Outcome:
    return Outcome(notes=["worth knowing"])


def bad(_root: Path) -> Outcome:
    return Outcome(["this is wrong"])


def broken(_root: Path) -> Outcome:
    raise RuntimeError("no")


def test_one_failing_check_fails_all_and_stops_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], {"bad": bad, "broken": broken, "good": good}) == 1
    printed = capsys.readouterr().out
    assert "FAIL bad" in printed
    assert "this is wrong" in printed
    assert "broke: RuntimeError: no" in printed
    assert "ok   good" in printed
    assert "note: worth knowing" in printed
    assert "2 of 3 checks failed: bad, broken" in printed


def test_a_good_tree_passes_and_one_check_can_be_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["good"], {"bad": bad, "good": good}) == 0
    assert "bad" not in capsys.readouterr().out


def test_an_unknown_check_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nothing"]) == 2
    assert "no check called nothing" in capsys.readouterr().out
    assert len(CHECKS) == 13
