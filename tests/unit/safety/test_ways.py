"""Sequences of words with room between them, read in one pass; and words put right."""

from collections.abc import Sequence
from time import process_time

import pytest

from homeport.content.danger import KINDS, build_ways, danger_ways
from homeport.content.danger.spelling import Spelling
from homeport.content.danger.ways import Ways
from homeport.core.errors import ContentError
from homeport.safety.crisis_text import read_words

LISTS = {"wish": "want | wish*", "wake": "wake | open my eyes", "far": "<wish> not", "self": "<self> x"}


def found(way: str, text: str) -> bool:
    ways = Ways(LISTS)
    ways.add("kind", way)
    return any(True for _each in ways.find(text.split()))


@pytest.mark.parametrize(
    ("way", "text", "is_found"),
    [
        ("a b", "x a b", True),
        ("a b", "a x b", False),
        ("a .. b", "a x y z b", True),
        ("a .. b", "a x y z z b", False),
        ("a ... b", "a 1 2 3 4 5 6 7 b", True),
        ("a ... b", "a 1 2 3 4 5 6 7 8 b", False),
        ("a (to) b", "a b", True),
        ("a (to) b", "a to b", True),
        ("a .. (to) b", "a x to b", True),
        ("a .. b", "a . b", False),
        ("a .", "a .", True),
        ("a .", "a b .", False),
        ("a a", "a", False),
        ("a .. b", "a a x x x b", True),
        ("<wish> .. <wake>", "wishing to open my eyes", True),
        ("<wish> .. <wake>", "open my eyes wish", False),
        ("<far> .. <wake>", "want not to wake", True),
        ("a ! late|early", "a b late", False),
        ("a ! late|early", "a b c d late", True),
        ("a ! late", "a . late", True),
        ("a ! <wake>", "a wake", False),
    ],
)
def test_a_way_is_found_where_its_words_stand_in_order_with_the_room_it_leaves(
    way: str, text: str, is_found: bool
) -> None:
    assert found(way, text) is is_found


@pytest.mark.parametrize("way", ["<nobody> a", "a (b)", "..", "<self>", "a ! <nobody>"])
def test_a_way_that_is_not_well_formed_is_refused(way: str) -> None:
    with pytest.raises(ContentError):
        Ways(LISTS).add("kind", way)


def test_ways_without_all_kinds_are_refused() -> None:
    good = {
        "language": "en",
        "respelled": {},
        "near": [],
        "real": [],
        "lists": {},
        "ways": {kind: ["y"] for kind in KINDS},
    }
    assert list(build_ways(good, "here").ways.find(["y"]))
    for wrong in ({}, [], {**good, "ways": {}}):
        with pytest.raises(ContentError):
            build_ways(wrong, "here")


def test_words_are_put_right_and_real_ones_stay() -> None:
    spelling = Spelling({"u": "you", "wanna": "want to"}, ["suicide", "bridge"], ["bride"])
    assert spelling.put_right(["wanna", "u"]) == ["want", "to", "you"]
    for wrong in ("sucide", "suicidee", "siucide", "suiside", "suuicide"):
        assert spelling.put_right([wrong]) == ["suicide"], wrong
    assert spelling.put_right(["bride", "brdge", "fridge", "bridges", "be"]) == [
        "bride",
        "bridge",
        "fridge",
        "bridge",
        "be",
    ]


def _all_words() -> Sequence[str]:
    ways = danger_ways().ways
    return sorted({*ways.labels, *ways.stems, *(label for label in ways.steps if not label.startswith("<"))})


def test_each_word_costs_a_bounded_number_of_steps_whatever_stands_around_it() -> None:
    """Linear: a text costs the sum of what its words cost, and no word costs more than this."""
    ways = danger_ways().ways
    costs = {word: ways.steps_for([word]) for word in _all_words()}
    assert max(costs.values()) <= 1_500, sorted(costs, key=costs.__getitem__)[-5:]
    assert ways.steps_for(["i", "want"] * 1000) == 1000 * ways.steps_for(["i", "want"])


@pytest.mark.parametrize("words", [list(_all_words()), ["i", "want", "to", "not"], ["my"], ["if", "i"]])
def test_four_times_the_text_takes_no_more_than_about_four_times_as_long(words: list[str]) -> None:
    size = 25_000
    text = " ".join(words)
    text = (text + " ") * (size // len(text) + 1)
    short, long = _seconds(text[:size]), _seconds((text * 4)[: 4 * size])
    assert long < 9 * short + 1, (short, long)


def _seconds(text: str) -> float:
    began = process_time()
    read_words(text)
    return process_time() - began
