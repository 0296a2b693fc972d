"""Made-up questionnaires in every format. No sentence here is from a published instrument."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from homeport.catalogue import fingerprints
from homeport.catalogue.fit import Fit
from homeport.catalogue.known_answers import answer_list
from homeport.catalogue.readers.instrument import ReadInstrument
from homeport.catalogue.readers.opening import Supplied
from homeport.catalogue.readers.reading import read
from homeport.catalogue.services.fit_wording import fit_wording
from homeport.content.instruments import WordingSource, load_key

HELD = WordingSource("", "", "made-up.json", "0" * 64, "")
DAYS = [answer.label for answer in answer_list("http://loinc.org/vs/LL358-3")]  # 0 to 3, from never to daily


def encoded(data: Any) -> bytes:
    """Bytes as they are, text as UTF-8, anything else as JSON."""
    if isinstance(data, bytes):
        return data
    return (data if isinstance(data, str) else json.dumps(data)).encode()


@pytest.fixture
def read_one() -> Callable[..., ReadInstrument]:
    """Read one file, given as bytes, text or JSON value."""

    def reading(data: Any, **choices: str) -> ReadInstrument:
        return read(Supplied("made-up", {"made-up": encoded(data)}, "made-up"), **choices)

    return reading


@pytest.fixture
def read_folder() -> Callable[..., ReadInstrument]:
    """Read a folder, given as path -> content."""

    def reading(files: Mapping[str, Any], **choices: str) -> ReadInstrument:
        return read(Supplied("folder", {name: encoded(data) for name, data in files.items()}), **choices)

    return reading


@pytest.fixture
def fit_one(read_one: Callable[..., ReadInstrument]) -> Callable[..., Fit]:
    """Read one file and fit it."""

    def fitting(data: Any, **choices: str) -> Fit:
        return fit_wording(read_one(data), source=HELD, **choices)

    return fitting


@pytest.fixture
def question() -> Callable[..., dict[str, Any]]:
    """A FHIR question with labelled answers that carry ordinal values from ``first`` on."""

    def making(
        link: str, text: str, labels: Sequence[str] = DAYS, *, first: int = 0, loinc: str = "", **more: Any
    ) -> dict[str, Any]:
        options = [
            {
                "extension": [
                    {"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": value}
                ],
                "valueCoding": {
                    "system": "http://example.org/made-up",
                    "code": f"c{value}",
                    "display": label,
                },
            }
            for value, label in enumerate(labels, first)
        ]
        made: dict[str, Any] = {"linkId": link, "type": "choice", "text": text, "answerOption": options}
        if loinc:
            made["code"] = [{"system": "http://loinc.org", "code": loinc}]
        return made | more

    return making


@pytest.fixture
def questionnaire() -> Callable[..., dict[str, Any]]:
    """A FHIR Questionnaire around items."""

    def making(
        items: Sequence[dict[str, Any]], title: str = "Harbour walk questions", **more: Any
    ) -> dict[str, Any]:
        return {
            "resourceType": "Questionnaire",
            "status": "active",
            "title": title,
            "item": list(items),
            **more,
        }

    return making


@pytest.fixture
def phq(
    question: Callable[..., dict[str, Any]], questionnaire: Callable[..., dict[str, Any]]
) -> Callable[..., dict[str, Any]]:
    """A Questionnaire with the codes of the PHQ-9 and made-up texts, one per item."""

    def making(**more: Any) -> dict[str, Any]:
        items = [
            question(f"link-{item.number}", f"Made-up sentence about {item.id}", loinc=item.codes["loinc"])
            for item in load_key("phq-9").items
        ]
        code = [{"system": "http://loinc.org", "code": "44249-1"}]
        return questionnaire(items, "Nine made-up questions", code=code, language="en") | more

    return making


@pytest.fixture
def known_texts(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, dict[str, str]]], None]:
    """Make these texts (instrument -> item -> text) the only ones that are known by their fingerprint."""

    def knowing(texts: dict[str, dict[str, str]]) -> None:
        known = {
            name: {item: [fingerprints.fingerprint(text)] for item, text in items.items()}
            for name, items in texts.items()
        }
        monkeypatch.setattr(fingerprints, "_known", lambda: known)

    return knowing


@pytest.fixture
def zipped() -> Callable[..., bytes]:
    """A zip of (name, content) pairs."""

    def making(entries: Sequence[tuple[str, Any]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", method) as archive:
            for name, content in entries:
                archive.writestr(name, encoded(content))
        return buffer.getvalue()

    return making
