"""Whether answers fit: values, ranges, the way labels run, the lowest label, answers that mean none."""

from collections.abc import Callable
from typing import Any

import pytest

from homeport.catalogue.fit import Fit
from homeport.catalogue.joining import WordingRefused
from homeport.catalogue.known_answers import ranks
from homeport.content.instruments import load_key, misfits

Make = Callable[..., dict[str, Any]]
FitOne = Callable[..., Fit]


@pytest.fixture
def maas(question: Make, questionnaire: Make) -> Make:
    """A made-up form with the MAAS's number of questions, and the given answers."""

    def making(labels: list[str], *, first: int = 1, **more: Any) -> dict[str, Any]:
        items = [
            question(f"m{n}", f"Made-up sentence {n}", labels, first=first, **more) for n in range(1, 16)
        ]
        return questionnaire(items, "Mindful Attention Awareness Scale", language="en")

    return making


SIX = ["almost always", "very often", "often", "sometimes", "rarely", "almost never"]


def refused(fit_one: FitOne, data: dict[str, Any], **choices: str) -> str:
    with pytest.raises(WordingRefused) as refusal:
        fit_one(data, **choices)
    return str(refusal.value)


def test_what_fits_is_a_wording_without_misfits(fit_one: FitOne, maas: Make) -> None:
    fit = fit_one(maas(SIX))
    key = load_key("maas-15")
    assert fit.key == key
    assert misfits(fit.wording, key) == ()
    assert fit.wording.options == {"often": dict(enumerate(SIX, 1))}
    assert fit.wording.item_options == {}
    assert [kept.item for kept in fit.kept] == list(key.item_ids)


def test_labels_that_run_against_the_key_are_refused(fit_one: FitOne, maas: Make, phq: Make) -> None:
    assert "every item run against the key" in refused(fit_one, maas([*reversed(SIX)]))
    form = phq()
    for item in form["item"]:
        for value, option in enumerate(item["answerOption"]):
            option["extension"][0]["valueDecimal"] = 3 - value
    assert "0 “Nearly every day”" in refused(fit_one, form)


def test_two_labels_that_changed_places_are_refused(fit_one: FitOne, phq: Make) -> None:
    form = phq()
    options = form["item"][4]["answerOption"]
    options[1]["valueCoding"], options[2]["valueCoding"] = (
        options[2]["valueCoding"],
        options[1]["valueCoding"],
    )
    assert "The answers of link-5 run against the key" in refused(fit_one, form)


def test_answers_listed_backwards_with_their_right_values_fit(fit_one: FitOne, phq: Make) -> None:
    form = phq()
    for item in form["item"]:
        item["answerOption"].reverse()
    assert fit_one(form).wording.options["days"][0] == "Not at all"


def test_answers_listed_in_disorder_are_doubted(fit_one: FitOne, phq: Make) -> None:
    form = phq()
    options = form["item"][0]["answerOption"]
    options[0], options[1] = options[1], options[0]
    assert any("out of order (1, 0, 2, 3)" in doubt for doubt in fit_one(form).doubts)


@pytest.mark.parametrize(
    ("labels", "first", "why"),
    [
        (SIX, 0, "offers the answers 0 to 5 where the key has 1 to 6"),
        (SIX[:5], 1, "offers the answers 1 to 5 where the key has 1 to 6"),
        ([*SIX, "none of these"], 1, "offers the answers 1 to 7"),
        (["", *SIX[1:]], 1, "no words for its lowest or highest answer"),
        ([], 1, "answers"),
    ],
)
def test_other_values_are_refused_with_the_difference(
    fit_one: FitOne, maas: Make, labels: list[str], first: int, why: str
) -> None:
    if not labels:
        with pytest.raises(Exception, match=why):
            fit_one(maas(labels, first=first))
    else:
        assert why in refused(fit_one, maas(labels, first=first))


def test_one_item_that_differs_is_named(fit_one: FitOne, phq: Make, question: Make) -> None:
    form = phq()
    form["item"][3] = question("link-4", "Made-up", ["Not at all", "Several days"], loinc="44254-1")
    assert "energy offers the answers 0, 1 where the key has 0 to 3" in refused(fit_one, form)


def test_answers_without_a_value_are_refused(fit_one: FitOne, phq: Make) -> None:
    form = phq()
    for item in form["item"]:
        for option in item["answerOption"]:
            option.pop("extension")
    assert "gives no whole number for the answer “Not at all”" in refused(fit_one, form)


def test_a_range_that_contradicts_the_answers_is_doubted(
    fit_one: FitOne, read_one: Callable[..., object], maas: Make
) -> None:
    form = maas(SIX)
    base = "http://hl7.org/fhir/StructureDefinition/"
    for item in form["item"]:
        item["extension"] = [
            {"url": base + "minValue", "valueInteger": 0},
            {"url": base + "maxValue", "valueInteger": 3},
        ]
    assert any("allow 0 to 3 but offer other answers" in doubt for doubt in fit_one(form).doubts)


def test_the_usual_format_leaves_no_doubt_and_another_one_does(
    fit_one: FitOne, question: Make, questionnaire: Make
) -> None:
    def ecr(labels: list[str]) -> dict[str, Any]:
        items = [question(f"q{n}", f"Made-up sentence {n}", labels, first=1) for n in range(1, 37)]
        return questionnaire(items, "Experiences in Close Relationships", language="en")

    seven = ["disagree strongly", "", "", "neutral", "", "", "agree strongly"]
    fit = fit_one(ecr(seven))
    assert fit.wording.format == "seven"
    assert fit.wording.options["seven"][2] == "2"
    assert "Answers without words (2, 3, 5, 6) are shown as their number." in fit.doubts
    assert not any("usual form" in doubt for doubt in fit.doubts)
    five = fit_one(
        ecr(["strongly disagree", "disagree", "neither agree nor disagree", "agree", "strongly agree"])
    )
    assert five.wording.format == "five"
    assert "Its answers run 1 to 5; the usual form runs 1 to 7." in five.doubts
    assert "against the key" in refused(
        fit_one, ecr(["strongly agree", "agree", "neutral", "disagree", "strongly disagree"])
    )


@pytest.mark.parametrize("value", [99, -9, -1, 88])
def test_an_answer_that_means_none_is_dropped_and_told(fit_one: FitOne, phq: Make, value: int) -> None:
    form = phq()
    for item in form["item"]:
        extra = {
            "extension": [
                {"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": value}
            ],
            "valueCoding": {"display": "Prefer not to say"},
        }
        item["answerOption"].append(extra)
    fit = fit_one(form)
    assert set(fit.wording.options["days"]) == {0, 1, 2, 3}
    assert any("Prefer not to say" in dropped.code for dropped in fit.dropped)


def test_two_neighbours_of_one_value_are_shown_as_one_and_doubted(fit_one: FitOne, phq: Make) -> None:
    form = phq()
    options = form["item"][0]["answerOption"]
    twin = {"extension": options[0]["extension"], "valueCoding": {"display": "Never ever"}}
    options.insert(0, twin)
    fit = fit_one(form)
    assert fit.wording.item_options["interest"][0] == "Never ever / Not at all"
    assert any("2 answers worth 0" in doubt for doubt in fit.doubts)


def test_one_value_at_two_ends_is_refused(fit_one: FitOne, phq: Make) -> None:
    form = phq()
    options = form["item"][0]["answerOption"]
    options.append({"extension": options[0]["extension"], "valueCoding": {"display": "Cannot say"}})
    assert "several answers the value 0" in refused(fit_one, form)


def test_a_label_that_states_another_value_is_refused(fit_one: FitOne, maas: Make) -> None:
    stated = [f"{value} = {label}" for value, label in enumerate(SIX, 1)]
    assert fit_one(maas(stated)).wording.options["often"][2] == "2 = very often"
    stated[0], stated[1] = stated[1], stated[0]
    assert "gives the answer “2 = very often” the value 1" in refused(fit_one, maas(stated))


def test_the_wrong_lowest_label_that_circulates_is_refused(
    fit_one: FitOne, question: Make, questionnaire: Make
) -> None:
    def gad(lowest: str) -> dict[str, Any]:
        labels = [lowest, "Several days", "Most days", "Nearly every day"]
        items = [question(f"g{n}", f"Made-up sentence {n}", labels) for n in range(1, 8)]
        return questionnaire(items, "GAD-7", language="en")

    assert "a mistake that circulates" in refused(fit_one, gad("Not at all sure"))
    assert any("“never”" in doubt for doubt in fit_one(gad("Never")).doubts)
    assert not any("lowest" in doubt for doubt in fit_one(gad("Not at all")).doubts)


def test_labels_that_cannot_be_judged_are_doubted(fit_one: FitOne, maas: Make) -> None:
    doubts = fit_one(maas(["eins", "zwei", "drei", "vier", "fünf", "sechs"])).doubts
    assert sum("run the right way: 1 “eins”" in doubt for doubt in doubts) == 1


def test_labels_of_single_items_stay_with_them(fit_one: FitOne, phq: Make) -> None:
    form = phq()
    form["item"][2]["answerOption"][1]["valueCoding"]["display"] = "A few days"
    fit = fit_one(form)
    assert fit.wording.options["days"][1] == "Several days"
    assert fit.wording.item_options == {"sleep": {**fit.wording.options["days"], 1: "A few days"}}


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["Never", "Often", "Always"], True),
        (["1 - Not at all", "2. A little bit", "3) Quite a bit"], True),
        (["Agree strongly", "Neutral", "Disagree strongly"], False),
        (["All of the time", "Some of the time", "At no time"], False),
    ],
)
def test_everyday_labels_are_ranked(labels: list[str], expected: bool) -> None:
    found = [rank for rank in ranks(labels) if rank is not None]
    assert len(found) == 3
    assert (found == sorted(found)) is expected
