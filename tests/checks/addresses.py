"""No file names a package index, or a folder of the machine it was written on."""

import re
from pathlib import Path

from tests.checks.finding import Outcome, files_of, read

# Written in parts, so that this file does not find itself.
_INDEXES = re.compile(
    "|".join(
        [
            r"pypi\." + "org",
            r"pythonhosted\." + "org",
            r"registry\." + r"npmjs",
            r"crates\." + "io" + "/",
            r"proxy\.golang\." + "org",
            r"(?:index|find-links|extra-index)" + r"(?:-url)?[ =]+[\"']?(?:https?|file):",
        ]
    ),
    re.IGNORECASE,
)
_FOLDERS = re.compile(
    r"(?<![\w.~/}-])/(?:" + "|".join(["work", "root", "tmp", r"home/\w+", "Users"]) + r")(?:/|\b(?=[\"'` ]))"
)
# A folder that means the same on every machine that reads the file.
MEANT: dict[str, str] = {}


def check(root: Path) -> Outcome:
    """Lines that name an index or a machine's own folder."""
    outcome = Outcome()
    for path in files_of(root):
        text = read(path)
        name = path.relative_to(root).as_posix()
        for number, line in enumerate((text or "").splitlines(), start=1):
            if _INDEXES.search(line):
                outcome.faults.append(f"{name}:{number}: names a package index")
            found = _FOLDERS.search(line)
            if found and MEANT.get(name) != found.group():
                outcome.faults.append(f"{name}:{number}: names a folder of one machine ({found.group()})")
    return outcome
