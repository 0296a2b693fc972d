"""Checks that other tools make; their own words are the faults."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.checks.finding import Outcome

_SHOWN = 40  # lines of a tool's output; the rest is one command away
_BIN = Path(sys.executable).parent


def run(root: Path, words: Sequence[str], **environment: str) -> Outcome:
    """Run a tool of the virtual environment; what it prints is a fault when it fails."""
    command = [str(_BIN / words[0]) if (_BIN / words[0]).exists() else words[0], *words[1:]]
    try:
        done = subprocess.run(
            command, cwd=root, env={**os.environ, **environment}, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return Outcome([f"{words[0]} is not installed: make install"])
    if done.returncode == 0:
        return Outcome()
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    more = [f"... and {len(lines) - _SHOWN} more lines: {' '.join(words)}"] if len(lines) > _SHOWN else []
    return Outcome((lines[:_SHOWN] or [f"failed with exit code {done.returncode}"]) + more)


def lint(root: Path) -> Outcome:
    """ruff check."""
    return run(root, ["ruff", "check", "--output-format", "concise", "."])


def layout(root: Path) -> Outcome:
    """ruff format --check: which files are laid out otherwise, not how."""
    return run(root, ["ruff", "format", "--check", "--output-format", "concise", "."])


def types(root: Path) -> Outcome:
    """mypy, strict, over the package; its settings stand in pyproject.toml."""
    return run(root, ["mypy"])


def rooms(root: Path) -> Outcome:
    """A room imports only from the rooms above it."""
    return run(root, ["lint-imports"])


def migrations(root: Path) -> Outcome:
    """The models and their migrations agree. Looked at with a data folder of its own."""
    with tempfile.TemporaryDirectory() as data:
        return run(root, ["homeport", "makemigrations", "--check", "--dry-run"], HOMEPORT_DATA=data)
