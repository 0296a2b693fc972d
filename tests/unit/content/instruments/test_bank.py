"""Homeport's own questions: enough of them, keyed both ways, plain, and natural for every relationship."""

import itertools
import re

import pytest

from homeport.content.instruments import bank
from homeport.content.instruments.bank import bank_key, bank_words, form_for, own_wording, render
from homeport.content.reading import grade
from homeport.core.errors import ContentError

KEY = bank_key()
SLOTS = [
    "partner", "mother", "father", "friend", "colleague", "step-parent", "foster-parent", "grandparent",
    "people-in-general", "therapist",
]  # fmt: skip
PAIRS = [(item.id, slot) for item in KEY.items for slot in (item.fits or KEY.slots)]


def keyed(items: list[str], scale: str) -> tuple[int, int]:
    """How many of these items are on a scale, as (straight, reversed)."""
    on = [KEY.item(item) for item in items if scale in KEY.item(item).scales]
    return sum(not item.reversed for item in on), sum(item.reversed for item in on)


@pytest.mark.parametrize("scale", ["anxiety", "avoidance"])
def test_there_are_enough_items_keyed_both_ways(scale: str) -> None:
    straight, backwards = keyed(list(KEY.item_ids), scale)
    assert (straight, backwards) == (16, 12)


def test_every_slot_is_offered_in_order() -> None:
    assert list(KEY.slots) == SLOTS
    assert list(bank.slot_labels()) == SLOTS
    assert bank.slot_labels()["people-in-general"] == "People in general"


@pytest.mark.parametrize("slot", SLOTS)
def test_every_slot_has_enough_items_and_a_balanced_form(slot: str) -> None:
    fitting = [item.id for item in KEY.items if bank.fits(item, slot)]
    form = form_for(slot)
    assert len(form.items) == len(set(form.items)) == 24
    for scale in ("anxiety", "avoidance"):
        assert sum(keyed(fitting, scale)) >= 12
        assert keyed(list(form.items), scale) == (6, 6)
    assert set(form.items) <= set(fitting)


@pytest.mark.parametrize("form", KEY.forms, ids=lambda form: form.name)
def test_a_form_mixes_its_questions(form: bank.Form) -> None:
    """The two scales alternate, and no more than two questions in a row lean the same way."""
    scales = [KEY.item(item).scales[0] for item in form.items]
    assert all(one != next_ for one, next_ in itertools.pairwise(scales))
    leanings = [KEY.item(item).reversed for item in form.items]
    assert all(len(set(leanings[place : place + 3])) > 1 for place in range(len(leanings) - 2))
    for scale in ("anxiety", "avoidance"):
        assert keyed(list(form.items), scale) == (6, 6)


def test_the_core_form_is_the_same_for_everyone_and_the_second_holds_other_items() -> None:
    assert {form_for(slot).items for slot in SLOTS} == {form_for("partner").items}
    assert not set(form_for("partner").items) & set(form_for("partner", "second").items)


@pytest.mark.parametrize(("item", "slot"), PAIRS)
def test_a_question_reads_plainly_for_its_slot(item: str, slot: str) -> None:
    text = render(item, slot)
    assert grade(text) <= 6.0, text
    assert len(text) <= 90, text
    assert text[0].isupper()
    assert text.endswith(".")
    assert not re.search(r"[{}]|  ", text)


SINGULAR_AFTER_PLURAL = re.compile(r"(?<!from )(?<!with )other people (?:\w+s|is|has|does)\b")
PLURAL_AFTER_SINGULAR = re.compile(
    r"my (?:partner|mother|father|friend|colleague|stepparent|foster parent|grandparent|therapist)"
    r" (?:are|have|do|take|sound|cancel|say|ask|offer|hurt|forget|change|want|need|get)\b"
)
WRONG_PRONOUN = re.compile(r"\b(?:they|we) (?:is|has|was)\b|\b(?:he|she) (?:are|have|were)\b")


@pytest.mark.parametrize(("item", "slot"), PAIRS)
def test_verbs_agree(item: str, slot: str) -> None:
    text = render(item, slot)
    assert not SINGULAR_AFTER_PLURAL.search(text), text
    assert not PLURAL_AFTER_SINGULAR.search(text), text
    assert not WRONG_PRONOUN.search(text), text
    if slot == "mother":
        assert not re.search(r"\b(?:they|them|their|he|him|his)\b(?! do\.)", text), text
    if slot == "father":
        assert not re.search(r"\b(?:they|them|their|she|her)\b(?! do\.)", text), text


def test_examples_as_a_person_reads_them() -> None:
    assert (
        render("a01", "mother")
        == "When my mother takes a long time to answer me, I fear I did something wrong."
    )
    assert render("a12", "partner") == "I can say no to my partner and trust that they will still like me."
    assert render("a15", "father") == "On a quiet night in with my father, I fear that he is bored with me."
    assert (
        render("v04", "people-in-general") == "If I have to cry, I make sure that other people do not see it."
    )
    assert render("v11", "therapist") == "If my therapist hurts my feelings, I let them know."


@pytest.mark.parametrize("slot", SLOTS)
def test_the_words_around_the_questions_are_plain(slot: str) -> None:
    words = bank_words()
    assert bank.instruction(slot).startswith("Think of ")
    texts = [bank.instruction(slot), words.validated]
    texts += [told.text for bands in words.bands.values() for told in bands.values()]
    assert max(grade(text) for text in texts) <= 6.0
    assert "%" not in "".join(texts)


COMMON = re.compile(
    r"\{\w+\}|\b(?:i|a|the|to|of|and|that|in|when|if|my|for|is|am|not|me|it|do|can|so|with|will|from)\b"
)


def test_no_two_questions_are_alike() -> None:
    """Across the whole bank no two questions share more than half of their telling words."""
    bags = {
        item.id: set(re.findall(r"[a-z']+", COMMON.sub(" ", bank_words().items[item.id].lower())))
        for item in KEY.items
    }
    for one, other in itertools.combinations(bags, 2):
        shared = len(bags[one] & bags[other]) / min(len(bags[one]), len(bags[other]))
        assert shared <= 0.6, (one, other)


def test_an_item_is_refused_where_it_does_not_fit() -> None:
    with pytest.raises(ContentError, match="'v17' is not meant for 'colleague'"):
        render("v17", "colleague")
    with pytest.raises(ContentError, match="no item 'q01'"):
        render("q01", "partner")
    with pytest.raises(ContentError, match="no relationship called 'dog'"):
        render("a01", "dog")
    with pytest.raises(ContentError, match="no form 'second' for 'therapist'"):
        form_for("therapist", "second")


def test_a_mean_falls_into_a_band_in_words() -> None:
    labels = [bank.band_words("anxiety", mean).label for mean in (1, 2.33, 2.34, 3.66, 3.67, 5)]
    assert labels == ["Calm", "Calm", "In between", "In between", "On the watch", "On the watch"]


def test_the_bank_never_pretends_to_be_measured() -> None:
    assert KEY.standing == "not-validated"
    assert KEY.calibrations == ()
    assert all(not scale.norms and not scale.reliabilities and not scale.changes for scale in KEY.scales)
    assert all(bands.mark.provisional for scale in KEY.scales for bands in scale.bands)
    assert "not yet been tested" in bank_words().validated


@pytest.mark.parametrize("slot", SLOTS)
def test_the_wording_for_a_slot_holds_what_fits_it(slot: str) -> None:
    wording = own_wording(slot)
    assert set(wording.items) == {item.id for item in KEY.items if bank.fits(item, slot)}
    assert list(wording.labels_for(KEY, "a01")) == [1, 2, 3, 4, 5]
    assert wording.source.sha256 == bank_words().hash
