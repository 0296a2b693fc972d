"""Codebooks of open data, in HTML and in plain text."""

from collections.abc import Callable

import pytest

from homeport.catalogue.readers.instrument import NotAnInstrument, ReadInstrument

Read = Callable[..., ReadInstrument]
LABELS = (
    '1 was labeled as "strongly disagree", 2 was labeled as "unsure" and 3 was labelled as "strongly agree"'
)


def cell(number: int, said: str = "", scale: str = "three point scale (1-3; -1 if missed)") -> str:
    text = said or f'"I like walk {number}." rated on a {scale}. {LABELS}.'
    return f"<tr>\n<td>Q{number}</td>\n<td>INTEGER</td>\n<td>{text}</td></tr>\n"


def page(rows: str) -> str:
    head = "This data comes from an interactive version of the Harbour Walk Scale by A. Walker and B. Sailor.<br/>"
    return f'{head}<table border="1px"><tr><th>Field</th><th>Format</th><th>Description</th></tr>\n{rows}</table>'


def test_a_page_is_read(read_one: Read) -> None:
    read = read_one(page(cell(1) + cell(2) + "<TR><TD>age</TD><TD>INTEGER</TD><TD>Age in years</TD></TR>"))
    assert [(i.code, i.number, i.text, i.bounds) for i in read.items] == [
        ("Q1", 1, "I like walk 1.", (1, 3)),
        ("Q2", 2, "I like walk 2.", (1, 3)),
    ]
    assert [(o.value, o.label) for o in read.items[0].options] == [
        (1, "strongly disagree"),
        (2, "unsure"),
        (3, "strongly agree"),
    ]
    assert read.title == "Harbour Walk Scale"
    assert [d.code for d in read.dropped] == ["age"]


def test_a_value_for_missed_answers_is_doubted(read_one: Read) -> None:
    doubts = read_one(page(cell(1) + cell(2))).doubts
    assert len(doubts) == 1
    assert "-1 means a missed answer" in doubts[0]


def test_a_scale_that_contradicts_its_range_is_doubted(read_one: Read) -> None:
    read = read_one(page(cell(1, scale="seven point scale (1-3)") + cell(2, scale="three point scale (1-3)")))
    assert read.items[0].doubts == ("Q1 is called a 7-point scale but runs 1 to 3.",)
    assert read.items[1].doubts == ()
    assert read.doubts == ()


def test_quotes_inside_and_entities_in_a_question_are_kept(read_one: Read) -> None:
    said = f'&quot;I say "ahoy" &amp; am rated by none&quot; rated on a three point scale (1-3). {LABELS}'
    assert read_one(page(cell(1, said))).items[0].text == 'I say "ahoy" & am rated by none'


def test_a_question_without_its_scale_is_dropped(read_one: Read) -> None:
    read = read_one(page(cell(1) + cell(2, "something else")))
    assert [(d.code, "does not quote" in d.why) for d in read.dropped] == [("Q2", True)]


def test_scripts_and_comments_are_no_part_of_a_page(read_one: Read) -> None:
    hidden = f"<!-- {cell(2)} --><script>{cell(3)}</script>"
    assert [i.code for i in read_one(page(cell(1) + hidden)).items] == ["Q1"]


def test_unclosed_cells_are_read_as_browsers_do(read_one: Read) -> None:
    assert [
        i.code for i in read_one(page((cell(1) + cell(2)).replace("</td>", "").replace("</tr>", ""))).items
    ] == [
        "Q1",
        "Q2",
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (page(cell(1) + cell(1)), "Question 1 is there twice"),
        (page(""), "describes no question"),
        ("<html><table><tr><td>hello</td></tr></table></html>", "describes no question"),
        ("<table>" * 600_000, "describes no question"),
        ("<table>" + "<tr><td>" * 600_000, "more than 5,000 table rows"),
        ("<table>" + "<" * 4_000_000, "describes no question"),
        ("<table>" + "<!--" * 1_000_000, "describes no question"),
        ("<table><" + "a" * 4_000_000, "describes no question"),
        (page(cell(1, '"' + "x" * 70_000)), "70,0"),
        (page(cell(1, '"' + "x" * 3_500 + '" rated on a three point scale (1-3)')), "longer than"),
    ],
)
def test_broken_and_hostile_pages_are_refused(read_one: Read, text: str, why: str) -> None:
    with pytest.raises(NotAnInstrument, match=why) as refusal:
        read_one(text)
    assert len(str(refusal.value)) < 300


BOOK = """Updated 2014-02-15

Collected with an interactive version of the Harbour Walk Scale (see Walker, A. (1990). Walks.).

The items were rated where 1=strongly disagree, 2=unsure, and 3=strongly agree (0=no answer):


Q1. I like the quay.\t
Q2. I like the pier = a lot.

Some other questions followed:

gender. Chosen from a list (1=male, 2=female)
"""


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_text_is_read(read_one: Read, ending: str) -> None:
    read = read_one(BOOK.replace("\n", ending))
    assert [(i.code, i.number, i.text) for i in read.items] == [
        ("Q1", 1, "I like the quay."),
        ("Q2", 2, "I like the pier = a lot."),
    ]
    assert [(o.value, o.label) for o in read.items[0].options] == [
        (1, "strongly disagree"),
        (2, "unsure"),
        (3, "strongly agree"),
    ]
    assert [d.code for d in read.dropped] == ["answer 0", "gender"]
    assert read.title == "Harbour Walk Scale"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (BOOK.replace("Q2.", "Q1."), "Question 1 is there twice"),
        (
            BOOK.replace("2=unsure, and 3=", "").replace("1=strongly disagree, ", ""),
            "names no answer scale|none of the files",
        ),
        (BOOK + "x" * 20_000, "lines of many thousand characters"),
        ("A shopping list:\n1. Bread\n2. Milk\n", "none of the files"),
        ("1=" * 2_000_000, "none of the files"),
        ("1=a,2=b\n" + "Q1. a\n" * 300, "there twice"),
    ],
)
def test_other_texts_are_refused(read_one: Read, text: str, why: str) -> None:
    with pytest.raises(NotAnInstrument, match=why):
        read_one(text)
