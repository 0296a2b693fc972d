"""What is so of many questions is said once, and what a file wrongly says of itself is said at all."""

from collections.abc import Callable
from typing import Any

import pytest

from homeport.catalogue.doubts import told_once
from homeport.catalogue.fit import Fit
from homeport.catalogue.joining import WordingRefused
from homeport.catalogue.readers.instrument import NotAnInstrument
from homeport.content.instruments import load_key

Make = Callable[..., dict[str, Any]]
Know = Callable[[dict[str, dict[str, str]]], None]


def test_sentences_that_differ_in_their_question_alone_become_one() -> None:
    doubts = ["Look.", *(f"Q{n} is hidden." for n in range(1, 9)), "Look.", "Q1 is upside down."]
    assert told_once(doubts, [f"Q{n}" for n in range(1, 9)]) == (
        "Look.",
        "Q1 is hidden. So with Q2, Q3, Q4, Q5 and 3 more.",
        "Q1 is upside down.",
    )


def test_two_are_told_one_by_one_and_codes_may_hold_spaces() -> None:
    doubts = ["walk is hidden.", "walk one is hidden."]
    assert told_once(doubts, ["walk", "walk one"]) == tuple(doubts)


def test_sentences_about_no_question_are_never_joined() -> None:
    doubts = ["A is so.", "B is so.", "C is so."]
    assert told_once(doubts, ["Q1"]) == tuple(doubts)


def test_codes_of_other_questions_are_doubted(
    phq: Make, fit_one: Callable[..., Fit], known_texts: Know
) -> None:
    made = phq()
    known_texts(
        {"depression.phq-9": {i.id: f"Made-up sentence about {i.id}" for i in load_key("phq-9").items}}
    )
    for item in made["item"][:2]:
        item["code"] = [{"system": "http://loinc.org", "code": "99999-9"}]
    doubts = [doubt for doubt in fit_one(made).doubts if "LOINC codes" in doubt]
    assert len(doubts) == 1
    assert (
        "link-1 (99999-9, where interest has 44250-9), link-2 (99999-9, where mood has 44255-8)." in doubts[0]
    )


def test_its_own_codes_are_not_doubted(phq: Make, fit_one: Callable[..., Fit]) -> None:
    assert not [doubt for doubt in fit_one(phq()).doubts if "LOINC codes" in doubt]


@pytest.mark.parametrize("title", ["Self-Compassion Scale, Short Form", "GAD-7"])
def test_a_file_that_calls_itself_another_instrument_is_doubted(
    phq: Make, fit_one: Callable[..., Fit], title: str
) -> None:
    fit = fit_one(phq(title=title))
    assert fit.wording.instrument == "depression.phq-9"
    assert [doubt for doubt in fit.doubts if doubt.startswith("It calls itself ") and "phq-9" in doubt]


def test_a_file_that_calls_itself_what_it_is_is_not_doubted(phq: Make, fit_one: Callable[..., Fit]) -> None:
    fit = fit_one(phq(title="Patient Health Questionnaire (PHQ-9)"))
    assert not [doubt for doubt in fit.doubts if "calls itself" in doubt]


def test_an_order_that_there_is_not_is_refused_even_where_none_is_needed(
    phq: Make, fit_one: Callable[..., Fit]
) -> None:
    with pytest.raises(WordingRefused, match="There is no order 'upwards'"):
        fit_one(phq(), order="upwards")


def test_a_form_is_chosen_in_a_redcap_dictionary_alone(phq: Make, read_one: Callable[..., object]) -> None:
    with pytest.raises(NotAnInstrument, match="REDCap dictionary alone"):
        read_one(phq(), form="baseline")
