"""Every part says why it is here and is free to use; every instrument states its licence; no key holds
wording."""

import re
import tomllib
from collections.abc import Callable, Iterable
from importlib import metadata
from pathlib import Path
from typing import Any

from tests.checks.finding import Outcome

from homeport.content.instruments.strict import load_yaml
from homeport.core.errors import ContentError

Requires = Callable[[str], Iterable[str]]

_REQUIREMENT = re.compile(r"^\s*\"[A-Za-z0-9]")
_NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*")
_FREE = re.compile(
    r"MIT|BSD|Apache|LGPL|Lesser General Public|Mozilla Public License|MPL|ISC|Python Software|PSF|0BSD|Zlib|CC0|Unlicense",
    re.IGNORECASE,
)
_ROW = re.compile(r"^\| (`.*?) \|(.*)\|$", re.MULTILINE)
SHIPPED = "requirements.txt"
PAGE = "docs/reference/dependencies.md"
KEYS = "src/homeport/content/instruments/keys"
_LONGEST_TEXT = 3  # words that a value inside an item may have: an id, a tag, a scale's name
_REASONS = {"unscored"}  # fields of an item that explain, in our own words


def check(root: Path) -> Outcome:
    """Parts without a reason, without a free licence or without a root; keys without a licence or with
    wording."""
    outcome = parts(root)
    project, page = ((root / name).read_text(encoding="utf-8") for name in ("pyproject.toml", PAGE))
    outcome.faults.extend(untold(declared_names(project), page))
    outcome.faults.extend(instruments(root / KEYS))
    return outcome


def parts(root: Path) -> Outcome:
    """What is amiss in ``pyproject.toml`` and ``requirements*.txt``. What only developing needs may have any licence."""
    project = (root / "pyproject.toml").read_text(encoding="utf-8")
    declared = declared_names(project)
    outcome = Outcome([f"pyproject.toml: no reason beside {line}" for line in unexplained(project)])
    known = with_what_they_need(declared, _requires)
    for path in sorted(root.glob("requirements*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        locked = sorted({normal(line) for line in lines if _NAME.match(line)})
        unneeded = [name for name in locked if name not in known]
        outcome.faults += [f"{path.name}: {name} is not needed by any declared part" for name in unneeded]
        unfree = [f"{path.name}: {name}: {fault}" for name in locked if (fault := _unfree(name))]
        (outcome.faults if path.name == SHIPPED else outcome.notes).extend(unfree)
    return outcome


def unexplained(project: str) -> list[str]:
    """The lines of ``pyproject.toml`` that name a part and have no comment."""
    inside = project.partition("dependencies = [")[2].partition("\n[tool.")[0]
    return [line.strip() for line in inside.splitlines() if _REQUIREMENT.match(line) and "#" not in line]


def declared_names(project: str) -> set[str]:
    """The parts that ``pyproject.toml`` names: base, extras and groups."""
    content = tomllib.loads(project)
    groups = [
        content["project"].get("dependencies", []),
        *content["project"].get("optional-dependencies", {}).values(),
        *content.get("dependency-groups", {}).values(),
    ]
    return {normal(each) for group in groups for each in group}


def untold(declared: set[str], page: str) -> list[str]:
    """Where the page about parts and what ``pyproject.toml`` names differ, and lines of it with a gap."""
    told, gaps = set[str](), []
    for names, rest in _ROW.findall(page):
        found = {normal(name) for name in re.findall(r"`([^`]+)`", names)}
        told |= found
        cells = [cell.strip() for cell in rest.split("|")]
        if len(cells) != 4 or not all(cells):
            gaps.append(f"{PAGE}: the line of {', '.join(sorted(found))} says not all five things")
    return [
        *(f"{PAGE}: {name} of pyproject.toml is missing" for name in sorted(declared - told)),
        *(f"{PAGE}: {name} is not in pyproject.toml" for name in sorted(told - declared)),
        *gaps,
    ]


def normal(requirement: str) -> str:
    """The comparable name of a part from a requirement such as ``Django>=5.2; python_version > "3"``."""
    found = _NAME.match(requirement.strip())
    return re.sub(r"[-_.]+", "-", found.group().lower()) if found else ""


def with_what_they_need(names: Iterable[str], requires: Requires) -> set[str]:
    """The names and everything they need, however deep, on any system."""
    waiting, known = list(names), set[str]()
    while waiting:
        name = waiting.pop()
        if name not in known:
            known.add(name)
            waiting += [normal(each) for each in requires(name)]
    return known


def _requires(name: str) -> list[str]:
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []  # a part for another system


def _unfree(name: str) -> str:
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    fields = ("License-Expression", "License", "Classifier")
    said = [text for field in fields for text in about.get_all(field) or []]
    licences = [text[:80] for text in said if "::" not in text or text.startswith("License")]
    return "" if any(map(_FREE.search, licences)) else f"its licence is not known to be free ({licences})"


def instruments(folder: Path) -> list[str]:
    """Faults of the keys in a folder."""
    faults = []
    for path in sorted(folder.glob("*.v*.yaml")):
        try:
            key = load_yaml(path.read_text(encoding="utf-8"), path.name)
        except ContentError as error:
            faults.append(str(error))
            continue
        licence = key.get("licence") or {}
        if not str(licence.get("statement") or "").strip():
            faults.append(f"{path.name}: states no licence")
        faults += [
            f"{path.name}: item {item.get('id')} holds wording: {text!r}"
            for item in key.get("items") or []
            for text in _texts(item)
            if len(text.split()) > _LONGEST_TEXT
        ]
    return faults


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for field, each in value.items() if field not in _REASONS for text in _texts(each)]
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    return [value] if isinstance(value, str) else []
