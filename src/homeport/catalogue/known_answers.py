"""What is known about answers apart from any one file: LOINC's lists, and which way everyday labels run."""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from homeport.content.instruments.strict import load_yaml


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """One answer of a public answer list."""

    code: str
    value: int
    label: str


@lru_cache(maxsize=1)
def _known() -> dict[str, Any]:
    text = resources.files("homeport.catalogue").joinpath("answers.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = load_yaml(text, "answers.yaml")
    return content


def answer_list(address: str) -> tuple[KnownAnswer, ...]:
    """The list that a LOINC address or code names (`http://loinc.org/vs/LL358-3`), or ()."""
    found = re.search(r"\b(LL\d+-\d)$", address.split("|", maxsplit=1)[0])
    answers = _known()["lists"].get(found[1], []) if found else []
    return tuple(KnownAnswer(answer["code"], answer["value"], answer["label"]) for answer in answers)


@lru_cache(maxsize=1)
def answer_values() -> dict[str, int]:
    """LOINC answer code -> value, over all known lists."""
    return {answer["code"]: answer["value"] for answers in _known()["lists"].values() for answer in answers}


def direction(instrument: str) -> str:
    """ "up", "down", or "" where nothing is known."""
    return str(_known()["directions"].get(instrument, ""))


def lowest_label(instrument: str) -> tuple[str, tuple[str, ...]]:
    """The right lowest label and the wrong ones that circulate; ("", ()) where nothing is known."""
    known = _known()["lowest"].get(instrument)
    return (known["right"], tuple(known["wrong"])) if known else ("", ())


def bare(label: str) -> str:
    """A label as it is looked up: lower case, without a value before it and without marks."""
    words = re.sub(r"^\s*[-+]?\d+\s*[-=:.)–]?\s*", "", label.casefold())
    return " ".join(re.findall(r"[^\W_]+(?:/[^\W_]+)?", words))


def ranks(labels: list[str]) -> list[int | None]:
    """The rank of each label within the kind of answer that knows most of them; None for the others."""
    best: list[int | None] = [None] * len(labels)
    for kind in _known()["ranks"].values():
        places = {phrase: place for place, phrases in enumerate(kind) for phrase in phrases}
        found = [places.get(bare(label)) for label in labels]
        if sum(rank is not None for rank in found) > sum(rank is not None for rank in best):
            best = found
    return best
