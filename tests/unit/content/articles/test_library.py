"""Order, sections, likeness and search, on a library of a few lines."""

from collections.abc import Callable
from pathlib import Path

import pytest

from homeport.content.articles import all_articles, library, search
from homeport.content.articles.library import Library
from homeport.content.articles.words import Slips, stem

Write = Callable[..., Path]


@pytest.fixture
def small(write: Write, tmp_path: Path) -> Library:
    write(
        "avoidant",
        "Some people keep their distance. They manage alone and say little about what they feel.",
        title="Keeping a distance",
        summary="The avoidant pattern.",
        section="patterns",
        order="20",
        keywords="[avoidant, dismissing]",
        related="[therapist]",
    )
    write(
        "anxious",
        "Some people fear to be left. They look for signs that love is going. Distance hurts them.",
        title="Fearing to be left",
        summary="The anxious pattern.",
        section="patterns",
        order="10",
        keywords="[anxious, preoccupied]",
    )
    write(
        "therapist",
        "Ask how they work.\n\n- Ask about the fee.\n- Ask what happens when you feel worse.",
        title="Choosing a therapist",
        summary="Questions to ask before you begin.",
        section="help",
        order="30",
    )
    write("school", "At school some people feel left out.", title="At school", audience="youth", order="40")
    return Library(tmp_path, "en")


def slugs(library: Library, query: str) -> list[str]:
    return [found.article.slug for found in library.search(query)]


def test_sections_come_in_the_order_of_their_first_article(small: Library) -> None:
    assert [article.slug for article in small.articles] == ["anxious", "avoidant", "therapist", "school"]
    assert [(name, len(articles)) for name, articles in small.sections] == [
        ("patterns", 2),
        ("help", 1),
        ("basics", 1),
    ]
    assert small.find("anxious") is small.articles[0]
    assert small.find("nothing") is None


def test_related_begins_with_what_the_author_named_and_keeps_to_the_audience(small: Library) -> None:
    avoidant = small.articles[1]
    assert [article.slug for article in small.related(avoidant)] == ["therapist", "anxious"]
    assert small.related(avoidant, limit=1) == (small.find("therapist"),)


def test_what_is_named_and_not_there_is_passed_over_and_told(write: Write, tmp_path: Path) -> None:
    write("page", "See [this](gone) and [that](other).", related="[lost, other]")
    write("other")
    library = Library(tmp_path, "en")
    page = library.find("page")
    assert page is not None
    assert library.missing(page) == ("lost", "gone")
    assert library.related(page) == (library.find("other"),)


def test_a_word_in_the_title_weighs_more_than_one_in_the_body(small: Library) -> None:
    assert slugs(small, "distance") == ["avoidant", "anxious"]


def test_other_forms_of_a_word_are_found(small: Library) -> None:
    assert slugs(small, "avoidance") == ["avoidant"]
    assert slugs(small, "therapists") == ["therapist"]
    assert slugs(small, "ANXIETY") == ["anxious"]


def test_one_slip_and_a_half_typed_word_are_forgiven(small: Library) -> None:
    for typed in ("avoidnat", "aviodant", "avoidantt", "avoidan", "avojdant", "avoi"):
        assert slugs(small, typed) == ["avoidant"], typed
    assert slugs(small, "xvxidant") == []


def test_common_words_do_not_decide(small: Library) -> None:
    assert slugs(small, "how do I choose a therapist?")[0] == "therapist"
    assert slugs(small, "what about the") != slugs(small, "distance")


def test_a_title_said_word_for_word_comes_first(write: Write, tmp_path: Path) -> None:
    write(
        "a", "Help, help, help. Many ways to help, and who can help.", title="Ways to help", keywords="[help]"
    )
    write("b", "Some text about studies.", title="Does it help?")
    assert slugs(Library(tmp_path, "en"), "does it help") == ["b", "a"]
    assert slugs(Library(tmp_path, "en"), "help") == ["a", "b"]


def test_more_of_the_words_is_better(small: Library) -> None:
    assert slugs(small, "people distance alone")[0] == "avoidant"


def test_nothing_asked_or_nothing_there_finds_nothing(small: Library) -> None:
    for query in ("", "   ", "?!", "zebra", "\x00"):
        assert small.search(query) == ()


def test_a_query_beyond_measure_is_cut(small: Library) -> None:
    assert slugs(small, "distance " + "x" * 100_000)[0] == "avoidant"
    assert len(small.search("people " * 10_000)) == 3


def test_a_snippet_shows_the_sentence_and_marks_the_word(small: Library) -> None:
    (found, *_) = small.search("manage")
    assert (
        "".join(piece.text for piece in found.snippet)
        == "They manage alone and say little about what they feel."
    )
    assert [piece.text for piece in found.snippet if piece.hit] == ["manage"]


def test_a_word_only_in_the_keywords_shows_the_summary(small: Library) -> None:
    (found,) = small.search("dismissing")
    assert [(piece.text, piece.hit) for piece in found.snippet] == [("The avoidant pattern.", False)]


def test_a_long_sentence_is_cut_around_the_word(write: Write, tmp_path: Path) -> None:
    write("long", "word " * 80 + "needle " + "word " * 80 + ".")
    (found,) = Library(tmp_path, "en").search("needle")
    text = "".join(piece.text for piece in found.snippet)
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert "needle" in text
    assert len(text) < 200


def test_the_same_question_has_the_same_answer_in_the_same_order(small: Library) -> None:
    assert small.search("people") == small.search("people")
    assert slugs(small, "people") == ["anxious", "avoidant", "school"]


@pytest.mark.parametrize(
    "forms",
    [
        "attach attached attaching attachment attachments",
        "avoid avoids avoided avoiding avoidant avoidance",
        "anxious anxiety anxieties",
        "secure security",
        "therapy therapies therapist therapists",
        "relation relations",
        "different difference differences",
        "fear fears feared fearing fearful",
        "choose chooses",
        "parent parents parenting",
    ],
)
def test_forms_of_a_word_share_a_stem(forms: str) -> None:
    assert len({stem(word) for word in forms.split()}) == 1


def test_different_words_keep_different_stems() -> None:
    words = "parent part partner party person patient pattern peer fear far care careful secure secret anger"
    assert len({stem(word) for word in words.split() if word != "careful"}) == len(words.split()) - 1


def test_slips_are_exactly_one_letter_or_one_swap() -> None:
    slips = Slips(["distance", "instance", "form", "from"])
    assert slips.near("distnace") == ["distance"]
    assert slips.near("distence") == ["distance"]
    assert slips.near("disstance") == ["distance"]
    assert slips.near("istance") == ["distance", "instance"]
    assert slips.near("form") == ["from"]
    assert slips.near("dsitnace") == []
    assert slips.near("fro") == []


def test_a_search_can_keep_to_one_audience() -> None:
    everyone = search("school")
    assert {found.article.audience for found in everyone} == {"adult", "youth"}
    young = search("school", audience="youth")
    assert young == tuple(found for found in everyone if found.article.audience == "youth")


def test_an_unknown_language_is_answered_in_english() -> None:
    for language in ("en", "en-GB", "xx", "", "../../etc", "EN"):
        assert library(language) is library("en")
    assert all_articles("xx") == all_articles()
