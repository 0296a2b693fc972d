"""Made-up questionnaires as files, and the command that brings them in."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from homeport.catalogue.fit import Fit
from homeport.catalogue.services.read_supplied import fit_path
from homeport.config.cli import main
from homeport.content.instruments import load_key

AGREE = ["strongly disagree", "disagree", "neither agree nor disagree", "agree", "strongly agree"]
SEVEN = [
    "disagree strongly",
    "disagree",
    "disagree slightly",
    "neutral",
    "agree slightly",
    "agree",
    "agree strongly",
]


def _question(number: int, word: str, labels: dict[int, str]) -> dict[str, Any]:
    weight = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
    options = [
        {"extension": [{"url": weight, "valueDecimal": value}], "valueCoding": {"display": label}}
        for value, label in labels.items()
    ]
    text = f"Made-up sentence {number} about {word}"
    return {"linkId": f"q{number}", "type": "choice", "text": text, "answerOption": options}


@pytest.fixture
def form(tmp_path: Path) -> Callable[..., Path]:
    """A Questionnaire file for a key, with made-up texts: ``form("ecr", AGREE, word="rain")``."""

    def making(
        name: str = "ecr",
        labels: list[str] = AGREE,
        *,
        first: int = 1,
        word: str = "rain",
        language: str = "en",
        file: str = "form.json",
    ) -> Path:
        key = load_key(name)
        items = [_question(item.number, word, dict(enumerate(labels, first))) for item in key.items]
        content = {
            "resourceType": "Questionnaire",
            "title": key.title,
            "name": key.abbreviation,
            "item": items,
        }
        path = tmp_path / file
        path.write_text(json.dumps(content | ({"language": language} if language else {})))
        return path

    return making


@pytest.fixture
def fit(form: Callable[..., Path]) -> Callable[..., Fit]:
    """A made-up file, read and fitted."""
    return lambda *args, **kwargs: fit_path(form(*args, **kwargs))


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run `homeport instruments …`: the exit code, standard output, standard error."""

    def running(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(["instruments", *map(str, words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return running


@pytest.fixture
def told(command: Callable[..., tuple[int, str, str]]) -> Callable[..., dict[str, Any]]:
    """Run with --json and give the result; the command must succeed and say nothing else."""

    def running(*words: object) -> dict[str, Any]:
        code, out, err = command(*words, "--json")
        assert (code, err) == (0, "")
        assert out.count("\n") == 1
        result: dict[str, Any] = json.loads(out)
        return result

    return running
