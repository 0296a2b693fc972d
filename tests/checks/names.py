"""A module is named for what it does: no utils, helpers or manager."""

import re
from pathlib import Path

from tests.checks.finding import Outcome, files_of

_EMPTY = re.compile(r"(?:^|_)(?:utils?|utilities|helpers?|managers?|misc|common)(?:_|$)")


def check(root: Path) -> Outcome:
    """Folders and files whose name says nothing."""
    parts = {
        part
        for path in files_of(root, ".py", ".html", ".js", ".css")
        for part in _parents(path.relative_to(root))
    }
    return Outcome([f"{part}: name it for what it does" for part in sorted(parts)])


def _parents(path: Path) -> list[str]:
    return [
        each.as_posix()
        for each in (path, *path.parents)
        if each.name and _EMPTY.search(each.stem.lower().replace("-", "_"))
    ]
