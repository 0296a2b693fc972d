"""A tool that fails, or is not there, fails the check with its own words."""

import sys
from pathlib import Path

from tests.checks import commands


def test_a_tool_that_fails_says_why(tmp_path: Path) -> None:
    outcome = commands.run(tmp_path, [sys.executable, "-c", "print('this is wrong'); raise SystemExit(1)"])
    assert outcome.faults == ["this is wrong"]
    silent = commands.run(tmp_path, [sys.executable, "-c", "raise SystemExit(3)"])
    assert silent.faults == ["failed with exit code 3"]


def test_a_tool_that_says_much_is_cut(tmp_path: Path) -> None:
    outcome = commands.run(tmp_path, [sys.executable, "-c", "print('x\\n' * 100); raise SystemExit(1)"])
    assert len(outcome.faults) == 41
    assert "60 more lines" in outcome.faults[-1]


def test_a_tool_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert commands.run(tmp_path, ["no-such-tool"]).faults == ["no-such-tool is not installed: make install"]


def test_lint_and_layout_look_at_the_folder(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("import os\nx=1\n")
    assert any("F401" in fault for fault in commands.lint(tmp_path).faults)
    assert any("a.py" in fault for fault in commands.layout(tmp_path).faults)
    (tmp_path / "a.py").write_text("x = 1\n")
    assert commands.lint(tmp_path).faults == commands.layout(tmp_path).faults == []
