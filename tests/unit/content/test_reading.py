"""Syllables and grades against examples counted by hand."""

import pytest

from homeport.content.reading import Reading, grade, measure, plain
from homeport.content.syllables import syllables

BY_HAND = {
    1: "cat home made strength through use cared reached please queue don't it's you've friend's weren't",
    2: "table wanted changes being quiet homework safely people didn't handled therefore lonely client",
    3: "attachment avoidance family area together beautiful violence suicide carefully caregivers' everyone",
    4: "anxiety security reliable communicate relationship experience PTSD",
    5: "individual association unconditional university",
    6: "vulnerability responsibility",
}


@pytest.mark.parametrize(("word", "count"), [(w, n) for n, words in BY_HAND.items() for w in words.split()])
def test_a_word_has_the_syllables_one_claps(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_is_the_published_formula() -> None:
    # 6 words, 1 sentence, 6 syllables: .39 * 6 + 11.8 * 1 - 15.59
    assert measure("The cat sat on the mat.") == Reading(words=6, sentences=1, syllables=6)
    assert grade("The cat sat on the mat.") == pytest.approx(-1.45)


def test_a_passage_counted_by_hand() -> None:
    text = (
        "When we are small, we learn what to expect from others. A child who is comforted learns that "
        "closeness is safe. Another learns to manage alone."
    )
    # 11 + 10 + 5 words; 13 + 13 + 9 syllables.
    assert measure(text) == Reading(words=26, sentences=3, syllables=35)
    assert grade(text) == pytest.approx(0.39 * 26 / 3 + 11.8 * 35 / 26 - 15.59)


def test_marks_are_not_words() -> None:
    marked = (
        "---\ntitle: Unseen words here\n---\n# A heading\n\nOne *plain* [link](/somewhere/else) and\n"
        "<strong>one</strong> &amp; more.\n\n- a list entry\n- another\n\n<script>var hidden = 1;</script>\n"
    )
    assert plain(marked) == "A heading\nOne plain link and one & more.\na list entry\nanother"


def test_headings_entries_and_paragraphs_end_a_sentence() -> None:
    assert measure("# One heading\n- first entry\n- second entry\n\nA line\nthat goes on.").sentences == 4
    assert measure("<h1>One</h1><p>Two words</p><ul><li>three</li></ul>").sentences == 3


def test_an_abbreviation_or_a_decimal_ends_no_sentence() -> None:
    assert measure("Dr. Bowlby saw this, e.g. at 3.5 years of age.").sentences == 1
    assert measure("Is it you? Yes! It is.").sentences == 3


def test_nothing_to_read_has_no_grade() -> None:
    assert grade("") == 0.0
    assert grade("<p>123</p>") == 0.0


def test_hard_words_raise_the_grade() -> None:
    plain_words = "You may feel close to some people and far from others. That is fine."
    hard_words = (
        "Individuals characterised by dysregulated attachment representations habitually experience "
        "difficulties establishing interpersonal intimacy."
    )
    assert grade(plain_words) < 4
    assert grade(hard_words) > 16


def test_a_row_of_a_table_is_one_line() -> None:
    assert plain("Before.\n\n| a | b |\n|---|---|\n| one | two |\n") == "Before.\na; b\none; two"
