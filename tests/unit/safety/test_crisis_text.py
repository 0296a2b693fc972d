"""The rule for words of danger, against our own red-team list: every explicit one is found, always."""

from pathlib import Path
from time import process_time
from typing import Any

import pytest

from homeport.content.danger import KINDS, build_rule, danger_words
from homeport.content.strict_yaml import read_yaml
from homeport.core.errors import ContentError
from homeport.directory.models import Request
from homeport.directory.services.put_request import urgency_of
from homeport.safety.crisis_text import Danger, kind_words, plain_words, read_words
from homeport.safety.levels import Level

PHRASES: dict[str, Any] = read_yaml(
    Path(__file__).with_name("phrases.yaml").read_text(encoding="utf-8"), "phrases.yaml"
)
EXPLICIT = [(kind, phrase) for kind, phrases in PHRASES["explicit"].items() for phrase in phrases]


def test_the_list_is_long_enough_and_says_nothing_twice() -> None:
    phrases = [phrase for _kind, phrase in EXPLICIT]
    assert len(phrases) >= 200
    assert len(set(phrases)) == len(phrases)
    assert set(PHRASES["explicit"]) == set(KINDS)


@pytest.mark.parametrize(("kind", "phrase"), EXPLICIT)
def test_every_explicit_phrase_is_found(kind: str, phrase: str) -> None:
    assert Danger(kind) in read_words(phrase).kinds or _is_urgent_all_the_same(kind, phrase)


def _is_urgent_all_the_same(kind: str, phrase: str) -> bool:
    """An attempt and a means, a plan and a wish are often one sentence: found as its neighbour, it reaches somebody too."""
    near = {"suicide", "means", "attempt", "self-harm", "goodbye"}
    found = {each.value for each in read_words(phrase).kinds}
    return bool(found & near) if kind in near else bool(found & {"abuse", "child", "others"})


@pytest.mark.parametrize(("kind", "phrase"), EXPLICIT[::3])
def test_found_in_the_middle_of_anything_and_however_it_is_written(kind: str, phrase: str) -> None:
    long = "We went to the market on Sunday and it rained. " * 20
    for written in (
        f"{long}{phrase} {long}",
        phrase.upper(),
        phrase.replace(" ", "   \n"),
        phrase.replace("'", "\u2019"),
        f"\u201c{phrase}\u201d, I thought.",
        phrase.replace(" ", "\u00a0"),
    ):
        assert read_words(written), f"{kind}: {written[:80]!r}"


def test_a_not_before_it_takes_nothing_away() -> None:
    for phrase in ("I do not want to die.", "I'm not suicidal.", "I would never kill myself."):
        assert read_words(phrase), phrase


def test_what_is_indirect_is_missed_often_and_that_is_known() -> None:
    """No promise: this is why every page says that nobody reads along. The number is here so that a change is seen."""
    found = [phrase for phrase in PHRASES["indirect"] if read_words(phrase)]
    assert len(found) <= len(PHRASES["indirect"])


def test_idioms_and_ordinary_sorrow_raise_nothing() -> None:
    raised = [phrase for phrase in PHRASES["harmless"] if read_words(phrase)]
    assert len(raised) <= len(PHRASES["harmless"]) // 10, raised


def test_an_idiom_hides_nothing_beside_it() -> None:
    assert read_words("My back is killing me and I want to kill myself.")
    assert read_words("I am dying to see you, and I want to die.")


def test_words_that_were_shared_are_urgent() -> None:
    reading = read_words("I want to die, I wrote a goodbye letter.").reading
    assert reading.level is Level.URGENT
    assert reading.reasons == ("words-goodbye", "words-suicide")
    assert set(reading.reasons) <= set(kind_words())
    assert read_words("We had a good week.").reading.level is Level.NONE


def test_plain_words() -> None:
    assert plain_words("I  DON’T\twant—this!") == "i dont want this"
    assert plain_words("s.u.i.c.i.d.e") == "suicide"
    assert plain_words("wannaaaaa") == "wannaa"
    assert plain_words("") == ""


@pytest.mark.parametrize(
    "text", ["a " * 50_000, "i want " * 20_000, "my " * 30_000 + "!", "e" * 100_000, "i " * 40_000]
)
def test_a_long_text_takes_no_long_time(text: str) -> None:
    began = process_time()
    read_words(text)
    assert process_time() - began < 20


def test_a_rule_that_is_not_well_formed_is_refused() -> None:
    good = {"language": "en", "named": {}, "idioms": ["x"], "kinds": {kind: ["y"] for kind in KINDS}}
    assert build_rule(good, "here").language == "en"
    wrongs: tuple[Any, ...] = (
        {}, [], {**good, "kinds": {}}, {**good, "idioms": ["("]}, {**good, "idioms": ["<nobody>"]},
    )  # fmt: skip
    for wrong in wrongs:
        with pytest.raises(ContentError):
            build_rule(wrong, "here")
    with pytest.raises(ContentError):
        danger_words("xx")


@pytest.mark.parametrize(("kind", "phrase"), EXPLICIT)
def test_what_is_written_to_a_therapist_is_read_by_the_same_rule(kind: str, phrase: str) -> None:
    assert urgency_of(phrase) == Request.Urgency.URGENT


@pytest.mark.parametrize("word", ["unsafe", "raped", "she is abusive", "scared of my mum"])
def test_one_word_is_enough_for_a_card_where_it_raises_no_alert(word: str) -> None:
    assert urgency_of(word) == Request.Urgency.URGENT
