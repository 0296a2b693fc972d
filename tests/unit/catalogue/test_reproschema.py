"""ReproSchema folders: by reference or inline, in several languages, old and new."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from homeport.catalogue.readers.instrument import NotAnInstrument, ReadInstrument
from homeport.catalogue.readers.reading import read_path

Read = Callable[..., ReadInstrument]
ANSWERS = {
    "category": "ResponseOption",
    "minValue": 0,
    "maxValue": 1,
    "choices": [
        {"name": {"en": "Never", "de": "Nie"}, "value": 0},
        {"name": {"en": "Often", "de": "Oft"}, "value": 1},
    ],
    "multipleChoice": False,
}


def item(number: int, **more: Any) -> dict[str, Any]:
    return {
        "@context": "https://example.org/reproschema/1.0.0",
        "id": f"walk_{number}",
        "category": "Item",
        "question": {"en": f"Rain {number}?", "de": f"Regen {number}?"},
        "ui": {"inputType": "radio"},
        "responseOptions": "../valueConstraints",
    } | more


@pytest.fixture
def folder() -> dict[str, Any]:
    """A made-up activity with three items, one of them hidden, and one that is computed."""
    return {
        "walk_schema": {
            "@context": "https://example.org/reproschema/1.0.0",
            "id": "walk_schema",
            "category": "Activity",
            "prefLabel": {"en": "Harbour walk"},
            "description": {"en": "Harbour walk schema"},
            "preamble": {"en": "Think of rain.", "de": "Denk an Regen."},
            "ui": {
                "order": ["items/walk_1", "items/walk_2", "items/walk_3"],
                "addProperties": [
                    {"isAbout": "items/walk_1", "isVis": True},
                    {"isAbout": "items/walk_2", "isVis": "walk_1 > 0"},
                    {"isAbout": "items/walk_3", "isVis": False},
                    {"isAbout": "items/walk_sum", "isVis": False},
                ],
            },
        },
        "items/walk_1": item(1),
        "items/walk_2": item(2),
        "items/walk_3": item(3),
        "items/walk_sum": item(9, id="walk_sum", ui={"readonlyValue": True}),
        "items/unused": item(8),
        "valueConstraints": ANSWERS,
    }


def test_an_activity_is_read_with_what_it_drops_and_doubts(read_folder: Read, folder: dict[str, Any]) -> None:
    read = read_folder(folder)
    assert [(i.code, i.text, i.number, i.bounds) for i in read.items] == [
        ("walk_1", "Rain 1?", 1, (0, 1)),
        ("walk_2", "Rain 2?", 2, (0, 1)),
    ]
    assert [(o.value, o.label) for o in read.items[0].options] == [(0, "Never"), (1, "Often")]
    assert {d.code: d.why for d in read.dropped} == {
        "walk_3": "hidden from the person who answers",
        "walk_sum": "not asked: the activity does not list it",
        "unused": "not part of the activity",
    }
    assert "under a condition" in read.items[1].doubts[0]
    assert (read.title, read.instruction, read.language) == ("Harbour walk", "Think of rain.", "en")
    assert read.languages == ("de", "en")


def test_another_language_is_read_on_request(read_folder: Read, folder: dict[str, Any]) -> None:
    read = read_folder(folder, language="de")
    assert (read.items[0].text, read.items[0].options[1].label, read.instruction) == (
        "Regen 1?",
        "Oft",
        "Denk an Regen.",
    )
    with pytest.raises(NotAnInstrument, match="holds de, en, not fr"):
        read_folder(folder, language="fr")


def test_without_english_a_language_must_be_chosen_among_several(
    read_folder: Read, folder: dict[str, Any]
) -> None:
    for name in ("items/walk_1", "items/walk_2", "items/walk_3"):
        folder[name]["question"] = {"de": "Regen?", "fr": "Pluie?"}
    with pytest.raises(NotAnInstrument, match="holds de, fr: choose one with --language"):
        read_folder(folder)


def test_a_question_without_the_language_is_dropped(read_folder: Read, folder: dict[str, Any]) -> None:
    folder["items/walk_2"]["question"].pop("en")
    read = read_folder(folder)
    assert [i.code for i in read.items] == ["walk_1"]
    assert any(d.code == "walk_2" and "no text in en" in d.why for d in read.dropped)


def test_answers_may_stand_in_the_item_and_texts_in_json_ld(
    read_folder: Read, folder: dict[str, Any]
) -> None:
    folder["items/walk_1"]["responseOptions"] = ANSWERS
    folder["items/walk_1"]["question"] = [
        {"@language": "en", "@value": "Rain?"},
        {"@language": "de", "@value": "Regen?"},
    ]
    folder["items/walk_2"]["question"] = "Wind?"
    read = read_folder(folder)
    assert [i.text for i in read.items] == ["Rain?", "Wind?"]
    assert len(read.items[0].options) == 2


def test_an_old_activity_with_prefixes_is_read(read_folder: Read) -> None:
    files = {
        "walk_schema.jsonld": {
            "@context": ["https://example.org/contexts/generic"],
            "@type": "reproschema:Activity",
            "@id": "walk_schema",
            "skos:prefLabel": "Harbour walk",
            "ui": {"order": {"@list": [{"@id": "items/w1"}]}, "visibility": {"items/w1": True}},
        },
        "items/w1.jsonld": {
            "@type": "reproschema:Field",
            "@id": "w1",
            "schema:question": {"en": "Rain?"},
            "reproschema:responseOptions": {
                "schema:choices": [
                    {"schema:name": {"en": "Never"}, "schema:value": 0},
                    {"name": {"en": "Often"}, "value": 1},
                ]
            },
        },
    }
    read = read_folder(files)
    assert (read.title, [i.text for i in read.items]) == ("Harbour walk", ["Rain?"])
    assert [(o.value, o.label) for o in read.items[0].options] == [(0, "Never"), (1, "Often")]


def test_a_description_of_something_else_is_doubted(read_folder: Read, folder: dict[str, Any]) -> None:
    assert not any("described as" in doubt for doubt in read_folder(folder).doubts)
    folder["walk_schema"]["description"] = {"en": "Mountain climbing schema"}
    assert any("Mountain climbing" in doubt for doubt in read_folder(folder).doubts)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda f: f.pop("items/walk_2"), "'items/walk_2', which is not in the folder"),
        (lambda f: f.pop("valueConstraints"), "takes its answers from"),
        (lambda f: f["walk_schema"]["ui"]["order"].append("items/walk_1"), "'items/walk_1' twice"),
        (lambda f: f["walk_schema"]["ui"]["order"].append("../../etc/passwd"), "not in the folder"),
        (lambda f: f["walk_schema"]["ui"]["order"].append("/etc/passwd"), "not in the folder"),
        (lambda f: f["walk_schema"]["ui"]["order"].append("https://example.org/items/x"), "from elsewhere"),
        (
            lambda f: f["walk_schema"]["ui"]["order"].extend(f"i{n}" for n in range(500)),
            "is no questionnaire",
        ),
        (lambda f: f["walk_schema"]["ui"].pop("order"), "no items in their order"),
        (lambda f: f["items/walk_2"].update(id="walk_1"), "Two questions are called 'walk_1'"),
        (lambda f: f.update({"items/walk_2": "[1]"}), "not a ReproSchema object"),
        (lambda f: f.update({"items/walk_2": "{"}), "items/walk_2 is not valid JSON"),
        (
            lambda f: f["items/walk_1"].update(responseOptions={"choices": "https://example.org/c"}),
            "must be in the folder",
        ),
        (lambda f: f.update({"second_schema": copy.deepcopy(f["walk_schema"])}), "several activities"),
    ],
)
def test_broken_activities_are_refused(
    read_folder: Read, folder: dict[str, Any], change: Callable[[dict[str, Any]], object], why: str
) -> None:
    change(folder)
    with pytest.raises(NotAnInstrument, match=why) as refusal:
        read_folder(folder)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"choices": ANSWERS["choices"], "multipleChoice": True}, "several answers"),
        ({"valueType": ["xsd:string"]}, "free text or number"),
    ],
)
def test_items_without_one_answer_to_choose_are_dropped(
    read_folder: Read, folder: dict[str, Any], answers: dict[str, Any], why: str
) -> None:
    folder["items/walk_2"]["responseOptions"] = answers
    assert any(d.code == "walk_2" and why in d.why for d in read_folder(folder).dropped)


def test_one_part_alone_is_refused_with_what_to_give(read_one: Read) -> None:
    with pytest.raises(NotAnInstrument, match="give the activity's folder"):
        read_one(item(1))


def test_the_activity_file_stands_for_its_folder(tmp_path: Path, folder: dict[str, Any]) -> None:
    (tmp_path / "items").mkdir()
    for name, content in folder.items():
        (tmp_path / name).write_text(json.dumps(content))
    supplied, read = read_path(tmp_path / "walk_schema")
    assert [i.code for i in read.items] == ["walk_1", "walk_2"]
    assert read == read_path(tmp_path)[1]
    assert supplied.sha256 == read_path(tmp_path)[0].sha256


def test_answers_that_many_items_share_are_read_once(
    folder: dict[str, Any], read_folder: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four hundred items over one file of five megabytes took minutes."""
    from homeport.catalogue.readers import reproschema

    read: list[str] = []
    load = reproschema.load_json

    def counting(text: str, where: str = "") -> Any:
        read.append(where)
        return load(text, where)

    monkeypatch.setattr(reproschema, "load_json", counting)
    read_folder(folder)
    assert sum(where.endswith("valueConstraints") for where in read) == 1
