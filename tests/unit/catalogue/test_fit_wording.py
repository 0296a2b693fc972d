"""Fitting a whole file: languages, names given by hand, instruments without a key, questions about risk."""

from collections.abc import Callable
from typing import Any

import pytest

from homeport.catalogue.fit import Fit
from homeport.catalogue.joining import WordingRefused
from homeport.catalogue.readers.instrument import NotAnInstrument
from homeport.catalogue.unkeyed import slug
from homeport.core.errors import ContentError, HomeportError

Make = Callable[..., dict[str, Any]]
FitOne = Callable[..., Fit]


def test_a_file_that_fits_is_told_item_by_item(fit_one: FitOne, phq: Make) -> None:
    fit = fit_one(phq())
    assert (fit.wording.instrument, fit.wording.key_version, fit.wording.language) == (
        "depression.phq-9",
        1,
        "en",
    )
    assert [(kept.item, kept.source) for kept in fit.kept][:2] == [("interest", "link-1"), ("mood", "link-2")]
    assert fit.dropped == ()


def test_one_item_missing_is_refused_with_a_way_out(fit_one: FitOne, phq: Make) -> None:
    form = phq()
    form["item"].pop(8)
    with pytest.raises(WordingRefused) as refusal:
        fit_one(form)
    assert refusal.value.differences == ("It has 8 questions; PHQ-9 has 9.", "Not found in it: self-harm.")
    assert "--as local.nine-made-up-questions" in str(refusal.value)


def test_doubts_about_a_dropped_question_are_not_told(fit_one: FitOne, phq: Make, question: Make) -> None:
    form = phq()
    extra = question("link-10", "Made-up", loinc="69722-7", enableWhen=[{"question": "link-1"}])
    form["item"].append(extra)
    fit = fit_one(form)
    assert [dropped.code for dropped in fit.dropped] == ["link-10"]
    assert not any("link-10" in doubt for doubt in fit.doubts)


def test_a_name_given_by_hand_decides(fit_one: FitOne, question: Make, questionnaire: Make) -> None:
    items = [question(f"m{n}", f"Made-up sentence {n}") for n in range(1, 10)]
    form = questionnaire(items, "Harbour mood", language="en")
    assert fit_one(form).wording.instrument == "local.harbour-mood"
    assert fit_one(form, name="phq-9").wording.instrument == "depression.phq-9"
    with pytest.raises(WordingRefused, match="It has 9 questions; MAAS has 15"):
        fit_one(form, name="maas-15")
    with pytest.raises(ContentError):
        fit_one(form, name="no-such-thing")
    with pytest.raises(ContentError):
        fit_one(form, name="maas")  # two instruments go by it
    with pytest.raises(HomeportError, match="own questions come with it"):
        fit_one(form, name="attachment.homeport")


def test_the_language_is_the_files_the_persons_or_english_with_a_doubt(fit_one: FitOne, phq: Make) -> None:
    assert fit_one(phq(language="de-AT")).wording.language == "de-at"
    form = phq()
    form.pop("language")
    assert "The file does not say its language; it was taken for English." in fit_one(form).doubts
    assert fit_one(form, language="pt_BR").wording.language == "pt-br"
    with pytest.raises(NotAnInstrument, match="not a language tag"):
        fit_one(form, language="../../etc")


GERMAN = "Ich fühle mich nicht wohl, wenn es regnet und der Wind mit mir um die Häuser zieht, ist das so?"


def test_another_language_that_the_file_hides_is_asked_for(fit_one: FitOne, phq: Make) -> None:
    form = phq()
    form.pop("language")
    for number, item in enumerate(form["item"]):
        item["text"] = f"{GERMAN} {number}"
    with pytest.raises(NotAnInstrument, match="say --language de"):
        fit_one(form)
    assert fit_one(form, language="de").wording.language == "de"
    form["language"] = "en"
    assert any("read like de" in doubt for doubt in fit_one(form).doubts)


def test_an_instrument_without_a_key_is_kept_apart_without_scores(
    fit_one: FitOne, question: Make, questionnaire: Make
) -> None:
    items = [question("w1", "Rain?", ["No", "Yes"]), question("w2", "Wind?", ["Low", "", "High"], first=5)]
    fit = fit_one(questionnaire(items, "Walk at the <b>harbour</b>", id="walk-2"))
    assert fit.key is None
    assert (fit.wording.instrument, fit.wording.key_version, fit.title) == (
        "local.walk-2",
        0,
        "Walk at the harbour",
    )
    assert dict(fit.wording.items) == {"w1": "Rain?", "w2": "Wind?"}
    assert fit.wording.item_options == {"w1": {0: "No", 1: "Yes"}, "w2": {5: "Low", 6: "6", 7: "High"}}
    assert "without scores" in fit.doubts[0]
    assert any("(6) are shown as their number" in doubt for doubt in fit.doubts)


def test_without_a_key_questions_without_numbers_are_dropped(
    fit_one: FitOne, question: Make, questionnaire: Make
) -> None:
    bare = question("w2", "Wind?")
    for option in bare["answerOption"]:
        option.pop("extension")
    twice = question("w3", "Sea?", ["Low", "High"])
    twice["answerOption"][1]["extension"] = twice["answerOption"][0]["extension"]
    fit = fit_one(questionnaire([question("w1", "Rain?"), bare, twice]))
    assert [kept.item for kept in fit.kept] == ["w1"]
    assert {d.code: d.why for d in fit.dropped} == {
        "w2": "its answers carry no numbers, so what a person chose could not be kept",
        "w3": "several of its answers have the same value",
    }
    with pytest.raises(NotAnInstrument, match="nothing could be kept"):
        fit_one(questionnaire([bare]))


def test_a_risk_question_without_a_key_is_refused_until_somebody_insists(
    fit_one: FitOne, question: Make, questionnaire: Make
) -> None:
    form = questionnaire(
        [question("w1", "Rain?"), question("w2", "Made-up", loinc="44260-8")], "Harbour mood"
    )
    with pytest.raises(HomeportError, match="a question about risk, w2") as refusal:
        fit_one(form)
    assert "--as local.harbour-mood" in str(refusal.value)
    fit = fit_one(form, name="local.my-own")
    assert fit.wording.instrument == "local.my-own"
    assert any("Nobody is alerted to the answers to w2" in doubt for doubt in fit.doubts)


def test_an_instrument_that_shares_texts_with_a_key_but_not_its_name_is_kept_apart(
    fit_one: FitOne,
    question: Make,
    questionnaire: Make,
    known_texts: Callable[[dict[str, dict[str, str]]], None],
) -> None:
    known_texts({"alcohol.audit-c": {"q1": "Rain?", "q2": "Wind?", "q3": "Sea?"}})
    items = [question("a", "Rain?"), question("b", "Wind?")]
    fit = fit_one(questionnaire(items, "Weather at the quay", language="en"))
    assert fit.wording.instrument == "local.weather-at-the-quay"
    assert any("those of alcohol.audit-c, which it does not fit" in doubt for doubt in fit.doubts)
    with pytest.raises(WordingRefused):
        fit_one(questionnaire(items, "AUDIT-C", language="en"))


def test_two_identical_files_have_one_hash_and_another_word_another(fit_one: FitOne, phq: Make) -> None:
    first, second, other = phq(), phq(), phq()
    second["item"].reverse()
    other["item"][0]["text"] += "!"
    assert fit_one(first).wording.hash == fit_one(second).wording.hash != fit_one(other).wording.hash


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Café — Fragen (2)", "cafe-fragen-2"),
        ("../../etc/passwd", "etc-passwd"),
        ("日本語", "questionnaire"),
        ("", "questionnaire"),
        ("x" * 300, "x" * 60),
    ],
)
def test_local_names_are_plain(text: str, made: str) -> None:
    assert slug(text) == made
