"""A therapist's Markdown: laid out, and nothing else."""

import pytest

from homeport.directory.own_words import as_html, as_text


def test_what_people_write_is_laid_out() -> None:
    html = as_html("I *listen*.\n\n## First\n\n- one\n- two\n\n> You set the pace.")
    for part in ("<em>listen</em>", "<h3>First</h3>", "<li>one</li>", "<blockquote>"):
        assert part in html


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![a](https://example.org/a.png)",
        "[a](javascript:alert(1))",
        "[a](https://example.org)",
        "<https://example.org>",
        "| a | b |\n| - | - |",
        "# <b onclick=x>",
        "    <script>",
        "```\n<script>\n```",
        "&lt;script&gt;",
    ],
)
def test_nothing_else_comes_out(written: str) -> None:
    html = as_html(written)
    for tag in ("<script", "<img", "<a ", "<table", "<b ", "href", "src=x>", "<code", "<pre"):
        assert tag not in html


def test_headings_stand_below_those_of_the_page() -> None:
    assert "<h1" not in as_html("# A\n\n## B\n\n### C\n\n###### D")
    assert as_html("# A") == "<h3>A</h3>\n"


def test_the_search_reads_the_words_without_their_marks() -> None:
    assert as_text("I **know** *grief*.\n\n- slowly") == "I know grief. slowly"
