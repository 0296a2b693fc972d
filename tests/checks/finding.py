"""What a check finds, and which files there are to look at."""

import subprocess
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
_NEVER = {".venv", ".git", "var", "dist", "build", "__pycache__", "node_modules", "screenshots"}


@dataclass(slots=True)
class Outcome:
    """``faults`` fail the check; ``notes`` are worth knowing and fail nothing."""

    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def files_of(root: Path, *endings: str) -> list[Path]:
    """The files of a checkout with one of the endings (all without): tracked ones and new ones, none that git ignores.

    Where there is no git (an unpacked archive), every file outside hidden and build folders.
    """
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=False,
    )
    if (root / ".git").exists() and listed.returncode == 0:
        found = [root / name for name in listed.stdout.decode().split("\0") if name]
    else:
        found = [path for path in root.rglob("*") if not _hidden(path.relative_to(root))]
    return sorted(
        path for path in set(found) if path.is_file() and (not endings or path.name.endswith(endings))
    )


def _hidden(path: Path) -> bool:
    return any(part in _NEVER or (part.startswith(".") and part != ".ci") for part in path.parts)


def read(path: Path) -> str | None:
    """The text of a file; None where it is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
