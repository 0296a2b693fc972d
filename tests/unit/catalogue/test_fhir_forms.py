"""FHIR Questionnaires: what is no question, what Homeport does otherwise, versions, bundles, languages, broken fields."""

import contextlib
from collections.abc import Callable
from typing import Any

import pytest

from homeport.catalogue.readers.instrument import NotAnInstrument, ReadInstrument

Make = Callable[..., dict[str, Any]]
Read = Callable[..., ReadInstrument]
BASE = "http://hl7.org/fhir/StructureDefinition/"


def values(read: ReadInstrument, place: int = 0) -> list[int | None]:
    return [option.value for option in read.items[place].options]


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


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"type": "string", "answerOption": None}, "free text"),
        ({"type": "date", "answerOption": None}, "date"),
        ({"type": "attachment", "answerOption": None}, "upload"),
        ({"type": "integer", "answerOption": None}, "without answers to choose from"),
        ({"type": "display", "answerOption": None}, "a line of text"),
        ({"type": "banana", "answerOption": None}, "unknown kind"),
        ({"readOnly": True}, "computed"),
        ({"repeats": True}, "several answers"),
        ({"text": ""}, "no text"),
        ({"text": "<b> </b>"}, "no text"),
        ({"extension": [{"url": BASE + "questionnaire-hidden", "valueBoolean": True}]}, "hidden"),
        (
            {
                "extension": [
                    {
                        "url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
                        "valueExpression": {"expression": "1+1"},
                    }
                ]
            },
            "computed",
        ),
    ],
)
def test_what_is_no_question_is_dropped_with_the_reason(
    read_one: Read, question: Make, questionnaire: Make, more: dict[str, Any], why: str
) -> None:
    odd = {name: value for name, value in (question("odd", "Odd one") | more).items() if value is not None}
    read = read_one(questionnaire([question("a", "Rain?"), odd]))
    assert [item.code for item in read.items] == ["a"]
    assert [dropped.code for dropped in read.dropped] == ["odd"]
    assert why in read.dropped[0].why


def test_a_hidden_group_hides_all_that_is_in_it(read_one: Read, question: Make, questionnaire: Make) -> None:
    hidden = {
        "linkId": "g",
        "type": "group",
        "extension": [{"url": BASE + "questionnaire-hidden", "valueBoolean": True}],
        "item": [question("b", "Wind?")],
    }
    read = read_one(questionnaire([question("a", "Rain?"), hidden]))
    assert [item.code for item in read.items] == ["a"]
    assert {dropped.code for dropped in read.dropped} == {"g", "b"}


def test_lines_before_the_first_question_are_the_instruction(
    read_one: Read, question: Make, questionnaire: Make
) -> None:
    lines = [
        {"linkId": f"d{n}", "type": "display", "text": text}
        for n, text in enumerate(("Think of rain.", "Take time."))
    ]
    last = {"linkId": "z", "type": "display", "text": "Thank you."}
    read = read_one(questionnaire([*lines, question("a", "Rain?"), last]))
    assert read.instruction == "Think of rain. Take time."
    assert [dropped.code for dropped in read.dropped] == ["z"]


@pytest.mark.parametrize(
    ("more", "doubt"),
    [
        (
            {"enableWhen": [{"question": "a", "operator": "exists", "answerBoolean": True}]},
            "under a condition",
        ),
        ({"type": "open-choice"}, "words of one's own"),
        ({"initial": [{"valueInteger": 1}]}, "filled in beforehand"),
    ],
)
def test_what_homeport_does_otherwise_is_doubted(
    read_one: Read, question: Make, questionnaire: Make, more: dict[str, Any], doubt: str
) -> None:
    read = read_one(questionnaire([question("a", "Rain?"), question("b", "Wind?", **more)]))
    assert doubt in read.items[1].doubts[0]
    assert read.items[0].doubts == ()


def test_link_ids_that_are_there_twice_or_not_at_all_are_refused(
    read_one: Read, question: Make, questionnaire: Make
) -> None:
    with pytest.raises(NotAnInstrument, match="'a' is there twice"):
        read_one(questionnaire([question("a", "Rain?"), question("a", "Wind?")]))
    with pytest.raises(NotAnInstrument, match="no link id"):
        read_one(questionnaire([question("", "Rain?")]))


def test_a_modifier_or_rules_kept_elsewhere_are_refused(
    read_one: Read, question: Make, questionnaire: Make
) -> None:
    odd = question("a", "Rain?", modifierExtension=[{"url": "http://example.org/not", "valueBoolean": True}])
    with pytest.raises(NotAnInstrument, match="modifier"):
        read_one(questionnaire([{"linkId": "g", "type": "group", "item": [odd]}]))
    with pytest.raises(NotAnInstrument, match="implicitRules"):
        read_one(questionnaire([question("a", "Rain?")], implicitRules="http://example.org/rules"))


def test_older_and_newer_versions_are_read(read_one: Read, question: Make, questionnaire: Make) -> None:
    newer = question("a", "Rain?", type="coding")
    older = question("b", "Wind?")
    older["option"] = older.pop("answerOption")
    oldest = {"linkId": "c", "type": "choice", "text": "Sea?", "options": {"reference": "#often"}}
    read = read_one(questionnaire([newer, older, oldest], contained=[SET]))
    assert [len(item.options) for item in read.items] == [4, 4, 2]


def test_a_bundle_with_one_questionnaire_is_read_with_its_value_sets(
    read_one: Read, questionnaire: Make
) -> None:
    form = questionnaire([{"linkId": "a", "type": "choice", "text": "Rain?", "answerValueSet": SET["url"]}])
    bundle = {"resourceType": "Bundle", "entry": [{"resource": SET}, {"resource": form}]}
    assert values(read_one(bundle)) == [0, 1]
    bundle["entry"] = [{"resource": form}, {"resource": form}]
    with pytest.raises(NotAnInstrument, match="2 questionnaires"):
        read_one(bundle)


def test_other_resources_are_named(read_one: Read) -> None:
    with pytest.raises(NotAnInstrument, match="somebody's answers"):
        read_one({"resourceType": "QuestionnaireResponse"})
    with pytest.raises(NotAnInstrument, match="FHIR Patient"):
        read_one({"resourceType": "Patient"})


def test_translations_are_read_by_language(read_one: Read, question: Make, questionnaire: Make) -> None:
    def said(text: str) -> dict[str, Any]:
        parts = [{"url": "lang", "valueCode": "de"}, {"url": "content", "valueString": text}]
        return {"extension": [{"url": BASE + "translation", "extension": parts}]}

    item = question("a", "Rain?", ["Never", "Often"], _text=said("Regen?"))
    for made, label in zip(item["answerOption"], ("Nie", "Oft"), strict=True):
        made["valueCoding"]["_display"] = said(label)
    form = questionnaire([item], language="en")
    read = read_one(form, language="de")
    assert read.items[0].text == "Regen?"
    assert [made.label for made in read.items[0].options] == ["Nie", "Oft"]
    assert (read.language, read.languages) == ("de", ("de", "en"))
    assert read_one(form).items[0].text == "Rain?"
    with pytest.raises(NotAnInstrument, match="not fr"):
        read_one(form, language="fr")


def test_codes_without_a_system_are_not_taken_for_loinc(
    read_one: Read, question: Make, questionnaire: Make
) -> None:
    form = questionnaire([question("a", "Rain?", code=[{"code": "44250-9"}])], code=[{"code": "44249-1"}])
    read = read_one(form)
    assert read.codes == ()
    assert read.items[0].loinc == ()


@pytest.mark.parametrize(
    "broken",
    [
        {"item": "x"},
        {"item": [5, None, "x"]},
        {"title": {"a": 1}, "name": 5, "id": [], "code": {"a": 1}, "status": []},
        {
            "contained": [
                {"resourceType": "ValueSet", "id": 1, "compose": [1], "expansion": {"contains": "x"}}
            ]
        },
        {
            "item": [
                {"linkId": "a", "type": ["choice"], "text": ["t"], "answerOption": "x", "extension": [5, {}]}
            ]
        },
        {
            "item": [
                {"linkId": "a", "type": "choice", "text": "t", "answerOption": [{"valueCoding": "x"}, {}]}
            ]
        },
        {"extension": {"url": 1}, "language": 7, "derivedFrom": "x", "copyright": 3},
    ],
)
def test_fields_of_the_wrong_kind_never_break_the_reader(
    fit_one: Callable[..., object], question: Make, questionnaire: Make, broken: dict[str, Any]
) -> None:
    # Anything but a refusal in one sentence fails the test by itself.
    with contextlib.suppress(NotAnInstrument):
        fit_one(questionnaire([question("a", "Rain?")]) | broken)
