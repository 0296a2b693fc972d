"""What people are asked before the first session: versioned, known by its hash, at most 40 questions with the measures."""

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from homeport.content.strict_yaml import read_yaml
from homeport.core.errors import ContentError

KINDS = ("concerns", "words", "line", "lines", "one", "some")
WRITTEN = ("words", "line", "lines")
QUESTION = {"id", "kind", "text"}
MAY_HAVE = {"hint", "options", "safety", "alert", "adults", "lines"}
EVERYBODY = "everybody"
# What a person is asked about themselves; what a guardian is asked about a child.
OWN, CHILD = "intake", "child"


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``options``: what can be chosen, by value. ``safety``: those that open the private safety path;
    ``alert``: those of them that reach the care team at once."""

    id: str
    kind: str
    text: str
    hint: str = ""
    options: dict[str, str] = field(default_factory=dict)
    safety: frozenset[str] = frozenset()
    alert: frozenset[str] = frozenset()
    adults: bool = False
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that stand on one page and are kept together."""

    id: str
    title: str
    lead: str
    questions: tuple[Question, ...]

    def asked(self, *, minor: bool) -> tuple[Question, ...]:
        """The questions that are put before this person."""
        return tuple(each for each in self.questions if not (minor and each.adults))

    def opens_private_way(self, answers: Mapping[str, Any]) -> bool:
        """Whether something was chosen that leads to help now, seen by nobody else in the case."""
        return any(not each.safety.isdisjoint(answers.get(each.id) or ()) for each in self.questions)

    def written(self, answers: Mapping[str, Any]) -> str:
        """Everything that was written here in one's own words, a line each; nothing of what was chosen."""
        said = [answers.get(each.id) or "" for each in self.questions if each.kind in WRITTEN]
        return "\n".join(one for each in said for one in ([each] if isinstance(each, str) else each))

    def alerting(self, answers: Mapping[str, Any]) -> list[str]:
        """What was chosen that must reach the care team at once, by its code, each once and in a fixed order."""
        chosen = (each.alert.intersection(answers.get(each.id) or ()) for each in self.questions)
        return sorted(frozenset[str]().union(*chosen))


@dataclass(frozen=True, slots=True)
class Intake:
    """One version in one language."""

    version: int
    language: str
    sections: tuple[Section, ...]
    hash: str

    def section(self, section_id: str) -> Section | None:
        """The section of this name; None where there is none."""
        return next((each for each in self.sections if each.id == section_id), None)

    def question(self, section_id: str, question_id: str) -> Question | None:
        """One question; None where there is none."""
        section = self.section(section_id)
        found = section.questions if section else ()
        return next((each for each in found if each.id == question_id), None)


@lru_cache(maxsize=16)
def intake(language: str = "en", version: int = 1, form: str = OWN) -> Intake:
    """The packaged questions, in English where ``language`` has none. Raises ``ContentError`` for no such version.

    ``form``: ``OWN`` or ``CHILD``.
    """
    if form not in (OWN, CHILD):
        raise ContentError("There are no such questions.")
    spoken = language.partition("-")[0]
    for code in dict.fromkeys((spoken if spoken.isalpha() else "en", "en")):
        source = files(__package__).joinpath(code, f"{form}.v{int(version)}.yaml")
        if source.is_file():
            text = source.read_text(encoding="utf-8")
            return _read(text, code, version, form)
    raise ContentError("There are no such questions.")


def _read(text: str, language: str, version: int, form: str) -> Intake:
    fields: dict[str, Any] = read_yaml(text, f"{form}.v{version}.yaml")
    if set(fields) != {"id", "version", "sections"} or fields["version"] != version:
        raise ContentError("The questions of the intake are not what they must be.")
    sections = tuple(
        Section(each["id"], each["title"], each["lead"], tuple(_question(one) for one in each["questions"]))
        for each in fields["sections"]
    )
    return Intake(version, language, sections, hashlib.sha256(text.encode()).hexdigest())


def _question(fields: dict[str, Any]) -> Question:
    if not QUESTION <= set(fields) <= QUESTION | MAY_HAVE or fields["kind"] not in KINDS:
        raise ContentError(f"The question {fields.get('id')!r} of the intake is not what it must be.")
    private = {**fields.get("safety", {}), **fields.get("alert", {})}
    return Question(
        id=fields["id"],
        kind=fields["kind"],
        text=fields["text"],
        hint=fields.get("hint", ""),
        options={**fields.get("options", {}), **private},
        safety=frozenset(private),
        alert=frozenset(fields.get("alert", {})),
        adults=fields.get("adults", False),
        lines=fields.get("lines", 1),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """For whom, and the instruments of which one is asked."""

    of: frozenset[str]
    one_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Which measures come with an intake. ``most``: questions in all; ``own``: those of the intake itself."""

    most: int
    own: int
    lines: tuple[Line, ...]

    def chosen(self, about: Collection[str], questions: Callable[[str], int | None]) -> list[str]:
        """Ids of the instruments to ask, in their order.

        ``about``: what they chose as their concerns, and "couple", "teen" … for the format. ``questions``: how many an
        instrument would ask this person here; None where it can not be asked (not installed, not for their age).
        """
        left, found = self.most - self.own, list[str]()
        for line in self.lines:
            if EVERYBODY not in line.of and line.of.isdisjoint(about):
                continue
            for instrument in line.one_of:
                asked = None if instrument in found else questions(instrument)
                if asked is not None and asked <= left:
                    found.append(instrument)
                    left -= asked
                    break
        return found


@lru_cache(maxsize=1)
def plan() -> Plan:
    """The packaged plan."""
    text = files(__package__).joinpath("measures.yaml").read_text(encoding="utf-8")
    fields: dict[str, Any] = read_yaml(text, "measures.yaml")
    lines = (
        Line(frozenset([of] if isinstance(of := each["of"], str) else of), tuple(each["one_of"]))
        for each in fields["lines"]
    )
    return Plan(fields["most"], fields["own"], tuple(lines))
