"""The files to take along: JSON that stays as documented, and a tagged PDF."""

import io
import json
from pathlib import Path

import pytest
import time_machine
from pypdf import PdfReader
from tests.factories.visits import answered, keyed, visit

from homeport.web.visitor import export_json, export_pdf
from homeport.web.visitor.state import StateError

DOCUMENTED = Path(__file__).parents[3] / "docs" / "reference" / "result-file.md"


def names(content: object, prefix: str = "") -> set[str]:
    if isinstance(content, list):
        return {name for each in content for name in names(each, prefix)}
    if isinstance(content, dict):
        found = {prefix + key for key in content}
        return found.union(*(names(value, f"{prefix}{key}.") for key, value in content.items()))
    return set()


@time_machine.travel("2026-11-23T23:59:00Z", tick=False)
def test_the_json_holds_instrument_answers_scores_errors_and_cut() -> None:
    journey = answered(visit("mother"), keyed(2, 4))
    content = json.loads(export_json.document(journey, "en"))
    assert (content["format"], content["format_version"], content["made_on"]) == (
        "homeport-attachment-result",
        1,
        "2026-11-23",
    )
    one = content["relationships"][0]
    assert (one["relationship"], one["instrument"]["id"], one["instrument"]["version"]) == (
        "mother",
        "attachment.homeport",
        1,
    )
    assert len(one["instrument"]["key_hash"]) == len(one["instrument"]["wording_hash"]) == 64
    assert "not yet been tested" in one["instrument"]["standing_in_words"]
    assert len(one["answers"]) == 24
    assert one["result"]["anxiety"] | {"interval_95": 0, "error": 0} == {
        "score": 2.0,
        "error": 0,
        "interval_95": 0,
        "cut": 3.0,
        "bands": ["low"],
        "percentile": None,
        "answered": 12,
    }
    assert one["result"]["areas"] is None


def test_the_json_holds_nothing_that_leads_back_to_the_visit() -> None:
    journey = answered(visit("mother"), [3])
    text = export_json.document(journey, "en").decode()
    assert journey.key not in text
    assert "adult" not in text


def test_every_field_of_the_json_is_documented() -> None:
    content = json.loads(export_json.document(answered(visit("mother"), [3]), "en"))
    page = DOCUMENTED.read_text(encoding="utf-8")
    missing = sorted(name for name in names(content) if f"`{name.rsplit('.', 1)[-1]}`" not in page)
    assert not missing


def test_a_relationship_with_too_few_answers_keeps_them_and_has_no_result() -> None:
    one = json.loads(export_json.document(visit("mother"), "en"))["relationships"][0]
    assert (one["answers"], one["result"]) == ([], None)


@pytest.fixture(scope="module")
def pdf() -> PdfReader:
    return PdfReader(io.BytesIO(export_pdf.document(answered(visit("mother", "friend"), [1, 4, 2, 5]), "en")))


def test_the_pdf_is_tagged_titled_and_says_its_language(pdf: PdfReader) -> None:
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert "/StructTreeRoot" in root  # type: ignore[operator]
    assert root["/Lang"] == "en"  # type: ignore[index]
    assert pdf.metadata is not None
    assert pdf.metadata.title == "A place on the map"
    assert b"pdfuaid" in pdf.xmp_metadata.stream.get_data()  # type: ignore[union-attr]


def test_the_pdf_holds_the_map_the_table_and_the_words(pdf: PdfReader) -> None:
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    for expected in (
        "About your mother",
        "About your friend",
        "When you argue",
        "What can help",
        "What this does not say",
        "Worry about being left",
        "attachment.homeport@1",
        "keeps a distance",
        "not yet been tested",
    ):
        assert expected in text
    assert "in 100" not in text


def test_the_map_in_the_pdf_has_its_words_for_those_who_do_not_see_it(pdf: PdfReader) -> None:
    kinds = [found.get("/Alt") for found in _elements(pdf.trailer["/Root"]["/StructTreeRoot"])]  # type: ignore[index]
    assert any(alt and "Your mother: worry" in alt for alt in kinds)


def _elements(node: object) -> list[dict[str, object]]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [each for part in node for each in _elements(part)]
    if not isinstance(node, dict):
        return []
    return [node, *(_elements(node["/K"]) if "/K" in node else [])]


def test_words_that_look_like_markup_stay_words(monkeypatch: pytest.MonkeyPatch) -> None:
    from homeport.web.visitor.texts import frame

    monkeypatch.setattr(
        frame, "NOT_SAID", ('#panic("boo") $x$ *bold* @cite <tag> \\ `code` #import "/etc/passwd"',)
    )
    content = export_pdf.document(answered(visit("mother"), [3]), "en")
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    assert '#panic("boo") $x$ *bold* @cite <tag>' in " ".join(text.split())


def test_without_a_result_there_is_no_pdf() -> None:
    with pytest.raises(StateError):
        export_pdf.document(visit("mother"), "en")
