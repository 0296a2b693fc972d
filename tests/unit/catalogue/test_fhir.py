"""FHIR Questionnaires: nested groups, weights of every kind, value sets."""

from collections.abc import Callable
from typing import Any

import pytest

from homeport.catalogue.readers.instrument import NotAnInstrument, ReadInstrument

Make = Callable[..., dict[str, Any]]
Read = Callable[..., ReadInstrument]
BASE = "http://hl7.org/fhir/StructureDefinition/"


def values(read: ReadInstrument, place: int = 0) -> list[int | None]:
    return [option.value for option in read.items[place].options]


def option(label: str, code: str = "", **extension: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"valueCoding": {"display": label}}
    if code:
        made["valueCoding"]["code"] = code
    if extension:
        made["extension"] = [extension]
    return made


def test_questions_are_found_in_nested_groups_in_reading_order(
    read_one: Read, question: Make, questionnaire: Make
) -> None:
    inner = {
        "linkId": "g2",
        "type": "group",
        "text": "Rain",
        "item": [question("b", "Second"), question("c", "Third")],
    }
    outer = {"linkId": "g1", "type": "group", "item": [question("a", "First"), inner]}
    read = read_one(questionnaire([outer, question("d", "Fourth")]))
    assert [item.code for item in read.items] == ["a", "b", "c", "d"]
    assert read.kind == "fhir"


@pytest.mark.parametrize(
    "name",
    ["ordinalValue", "itemWeight", "questionnaire-ordinalValue", "iso21090-CO-value"],
)
@pytest.mark.parametrize("inside", [True, False])
def test_weights_are_read_from_every_extension_beside_or_inside_the_coding(
    read_one: Read, questionnaire: Make, name: str, inside: bool
) -> None:
    options = []
    for value, label in ((2, "Never"), (7, "Always")):
        made = option(label, "x" + label)
        place = made["valueCoding"] if inside else made
        place["extension"] = [{"url": BASE + name, "valueDecimal": float(value)}]
        options.append(made)
    read = read_one(
        questionnaire([{"linkId": "a", "type": "choice", "text": "Rain?", "answerOption": options}])
    )
    assert values(read) == [2, 7]


def test_two_weights_of_one_answer_are_refused(read_one: Read, questionnaire: Make) -> None:
    made = option("Never")
    made["extension"] = [
        {"url": BASE + "ordinalValue", "valueDecimal": 0},
        {"url": BASE + "itemWeight", "valueDecimal": 1},
    ]
    with pytest.raises(NotAnInstrument, match="weights 0 and 1"):
        read_one(questionnaire([{"linkId": "a", "type": "choice", "text": "Rain?", "answerOption": [made]}]))


def test_a_weight_of_a_half_is_doubted_and_gives_no_value(read_one: Read, questionnaire: Make) -> None:
    made = option("Never", url=BASE + "ordinalValue", valueDecimal=0.5)
    read = read_one(
        questionnaire([{"linkId": "a", "type": "choice", "text": "Rain?", "answerOption": [made]}])
    )
    assert values(read) == [None]
    assert "no whole number" in read.items[0].doubts[0]


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ([option("Never", "0"), option("Often", "1")], "codes"),
        ([option("0 - Never"), option("1 - Often")], "labels"),
        ([option("0 = Never"), option("1 = Often")], "labels"),
        (
            [
                option("Never", url=BASE + "questionnaire-optionPrefix", valueString="0"),
                option("Often", url=BASE + "questionnaire-optionPrefix", valueString="1"),
            ],
            "prefixes",
        ),
    ],
)
def test_numbers_stand_in_for_missing_weights_with_a_doubt(
    read_one: Read, questionnaire: Make, options: list[dict[str, Any]], what: str
) -> None:
    read = read_one(
        questionnaire([{"linkId": "a", "type": "choice", "text": "Rain?", "answerOption": options}])
    )
    assert values(read) == [0, 1]
    assert any(f"in their {what}" in doubt for doubt in read.doubts)


def test_the_place_of_an_answer_is_never_taken_for_its_value(read_one: Read, questionnaire: Make) -> None:
    options = [option("Never", "n"), option("Often", "o")]
    read = read_one(
        questionnaire([{"linkId": "a", "type": "choice", "text": "Rain?", "answerOption": options}])
    )
    assert values(read) == [None, None]


def test_whole_number_and_text_answers_are_read(read_one: Read, questionnaire: Make) -> None:
    numbers = {
        "linkId": "a",
        "type": "choice",
        "text": "Rain?",
        "answerOption": [{"valueInteger": n} for n in (1, 2)],
    }
    texts = {
        "linkId": "b",
        "type": "choice",
        "text": "Wind?",
        "answerOption": [{"valueString": "1: low"}, {"valueString": "2: high"}],
    }
    read = read_one(questionnaire([numbers, texts]))
    assert values(read, 0) == [1, 2]
    assert values(read, 1) == [1, 2]
    assert [item.label for item in read.items[1].options] == ["1: low", "2: high"]


def test_codes_that_say_otherwise_than_weights_are_doubted(read_one: Read, questionnaire: Make) -> None:
    options = [
        option("Never", "1", url=BASE + "ordinalValue", valueDecimal=0),
        option("Often", "2", url=BASE + "ordinalValue", valueDecimal=1),
    ]
    read = read_one(
        questionnaire([{"linkId": "a", "type": "choice", "text": "Rain?", "answerOption": options}])
    )
    assert values(read) == [0, 1]
    assert "weights count" in read.items[0].doubts[0]


SET = {
    "resourceType": "ValueSet",
    "id": "often",
    "url": "http://example.org/often",
    "compose": {
        "include": [
            {
                "system": "http://example.org/s",
                "concept": [
                    {
                        "code": "n",
                        "display": "Never",
                        "extension": [{"url": BASE + "ordinalValue", "valueDecimal": 0}],
                    },
                    {
                        "code": "o",
                        "display": "Often",
                        "extension": [{"url": BASE + "itemWeight", "valueDecimal": 1}],
                    },
                ],
            }
        ]
    },
}


@pytest.mark.parametrize("address", ["#often", "http://example.org/often", "http://example.org/often|1.0"])
def test_a_contained_value_set_gives_the_answers(read_one: Read, questionnaire: Make, address: str) -> None:
    item = {"linkId": "a", "type": "choice", "text": "Rain?", "answerValueSet": address}
    read = read_one(questionnaire([item], contained=[SET]))
    assert [(o.value, o.label) for o in read.items[0].options] == [(0, "Never"), (1, "Often")]


def test_an_expansion_and_a_code_system_give_the_answers(read_one: Read, questionnaire: Make) -> None:
    weights = [{"url": BASE + "itemWeight", "valueDecimal": value} for value in (3, 4)]
    concepts = [
        {"code": c, "display": d, "extension": [w]}
        for c, d, w in zip("xy", ("Low", "High"), weights, strict=True)
    ]
    expanded = {"resourceType": "ValueSet", "id": "e", "expansion": {"contains": concepts}}
    system = {"resourceType": "CodeSystem", "url": "http://example.org/c", "concept": concepts}
    composed = {
        "resourceType": "ValueSet",
        "id": "s",
        "compose": {"include": [{"system": "http://example.org/c"}]},
    }
    items = [
        {"linkId": name, "type": "choice", "text": f"Rain {name}?", "answerValueSet": f"#{name}"}
        for name in ("e", "s")
    ]
    read = read_one(questionnaire(items, contained=[expanded, system, composed]))
    assert values(read, 0) == values(read, 1) == [3, 4]


def test_a_list_that_loinc_keeps_is_known_and_doubted(read_one: Read, questionnaire: Make) -> None:
    item = {"linkId": "a", "type": "choice", "text": "Rain?", "answerValueSet": "http://loinc.org/vs/LL358-3"}
    read = read_one(questionnaire([item]))
    assert values(read) == [0, 1, 2, 3]
    assert "LL358-3" in read.doubts[0]


def test_a_list_that_is_nowhere_gives_no_answers_and_a_doubt(read_one: Read, questionnaire: Make) -> None:
    item = {"linkId": "a", "type": "choice", "text": "Rain?", "answerValueSet": "http://example.org/unknown"}
    read = read_one(questionnaire([item]))
    assert values(read) == []
    assert "http://example.org/unknown" in read.items[0].doubts[0]


def test_known_loinc_answers_have_their_values_without_extensions(
    read_one: Read, questionnaire: Make
) -> None:
    options = [option("Not at all", "LA6568-5"), option("Nearly every day", "LA6571-9")]
    read = read_one(
        questionnaire([{"linkId": "a", "type": "choice", "text": "Rain?", "answerOption": options}])
    )
    assert values(read) == [0, 3]
