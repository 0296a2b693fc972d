"""The header is strict, the body is ours alone, and a fault is named."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from homeport.content.articles.schema import read_article
from homeport.content.instruments.marks import Mark
from homeport.core.errors import ContentError

Write = Callable[..., Path]


def test_a_whole_article_is_read(write: Write) -> None:
    path = write(
        "feeling-close",
        "Words. " * 401,
        related="[other]",
        keywords="[near, far]",
        sources='[{text: "A paper.", doi: "10.1000/abc", mark: recheck}, '
        '{text: "A page.", url: "https://example.org/x", mark: read}, {text: "A book.", mark: unsure}]',
    )
    article = read_article(path, "en")
    assert (article.slug, article.language, article.title) == ("feeling-close", "en", "Feeling close")
    assert (article.section, article.order, article.audience) == ("basics", 1, "adult")
    assert article.reviewed_date == date(2026, 11, 1)
    assert article.declared_related == ("other",)
    assert article.keywords == ("near", "far")
    assert article.minutes == 3  # 401 words at 200 a minute, rounded up
    assert [source.link for source in article.sources] == [
        "https://doi.org/10.1000/abc",
        "https://example.org/x",
        "",
    ]
    assert [source.mark for source in article.sources] == [Mark.RECHECK, Mark.READ, Mark.UNSURE]
    assert [source.provisional for source in article.sources] == [True, False, True]


@pytest.mark.parametrize(
    ("header", "fault"),
    [
        ({"title": None}, "missing from the header: title"),
        ({"author": "me"}, "unknown in the header: author"),
        ({"title": "[a, b]"}, "title must be one line of text"),
        ({"summary": '""'}, "summary must be one line"),
        ({"section": "Not A Slug"}, "section must be small letters"),
        ({"order": "first"}, "order must be a whole number"),
        ({"order": "true"}, "order must be a whole number"),
        ({"audience": "child"}, "audience must be one of adult, youth"),
        ({"reviewed": "yesterday"}, "reviewed must be a date"),
        ({"related": "other"}, "related must be a list"),
        ({"related": "[page]"}, "related names the article itself"),
        ({"keywords": "[a, a]"}, "keywords names something twice"),
        ({"related": "[Not A Slug]"}, "related must be small letters"),
        ({"sources": "[]"}, "at least one source"),
        ({"sources": "[{text: A}]"}, "source 1: a source has text, mark"),
        ({"sources": "[{text: A, mark: read, page: 3}]"}, "nothing else"),
        ({"sources": "[{text: A, mark: sure}]"}, "mark must be one of"),
        ({"sources": '[{text: A, mark: read, doi: "doi:10.1"}]'}, "is not a DOI"),
        ({"sources": '[{text: A, mark: read, url: "http://x.org"}]'}, "not an https address"),
        ({"sources": '[{text: A, mark: read, url: "https://x.org", doi: "10.1000/a"}]'}, "not both"),
    ],
)
def test_a_faulty_header_is_refused_by_name(write: Write, header: dict[str, str | None], fault: str) -> None:
    with pytest.raises(ContentError, match=fault) as refused:
        read_article(write("page", **header), "en")
    assert str(refused.value).startswith("page.md")


def test_what_is_no_article_at_all_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Just text.", encoding="utf-8")
    (tmp_path / "b.md").write_bytes(b"---\n\xff\n---\n")
    (tmp_path / "Not a slug.md").write_text("", encoding="utf-8")
    (tmp_path / "c.md").write_text("---\n- a list\n---\nBody", encoding="utf-8")
    for name, fault in {
        "a": "header between",
        "b": "UTF-8",
        "Not a slug": "file name",
        "c": "names and",
    }.items():
        with pytest.raises(ContentError, match=fault):
            read_article(tmp_path / f"{name}.md", "en")


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("", "has no body"),
        ("Text <b>bold</b>.", "raw HTML"),
        ("<script>alert(1)</script>", "raw HTML"),
        ("![a](/picture/)", "picture"),
        ("# A first-level heading", "level 2 to 4"),
        ("[a](https://example.org/)", "only articles and pages of this site"),
        ("[a](//example.org/)", "only articles"),
        ("<https://example.org/>", "only articles"),
        ("[a](mailto:x@example.org)", "only articles"),
        ("[a](../../secret)", "only articles"),
    ],
)
def test_a_body_that_may_not_be_shown_is_refused_when_read(write: Write, body: str, fault: str) -> None:
    with pytest.raises(ContentError, match=fault):
        read_article(write("page", body), "en")


def test_a_script_address_never_becomes_a_link(write: Write) -> None:
    article = read_article(write("page", "[a](javascript:alert(1))"), "en")
    assert "<a" not in article.html


def test_the_body_becomes_html_with_anchors_and_addresses(write: Write) -> None:
    body = (
        "## What is it?\n\nIt's *here* -- see [that page](other), [a part](other.md#part), [help](/help-now/)\n"
        "or [below](#more).\n\n### More\n\n## What is it?\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    article = read_article(write("page", body), "en")
    assert [(h.level, h.anchor, h.text) for h in article.headings] == [
        (2, "what-is-it", "What is it?"),
        (3, "more", "More"),
        (2, "what-is-it-2", "What is it?"),
    ]
    assert '<h2 id="what-is-it-2">' in article.html
    assert 'href="../other/"' in article.html
    assert 'href="../other/#part"' in article.html
    assert 'href="/help-now/"' in article.html
    assert "It’s <em>here</em> –" in article.html
    assert "<table>" in article.html
    assert 'href="/library/other/"' in article.html_with(lambda slug: f"/library/{slug}/")
