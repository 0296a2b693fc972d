"""The body of an article: Markdown in, HTML out, and nothing that a page of ours may not hold.

No raw HTML, no pictures, no addresses of other hosts: an article links to other articles by their slug, to
its own headings, or to a page of this site by its path. Sources are in the header, with their links.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from homeport.core.errors import ContentError

Link = Callable[[str], str]

_TO_ARTICLE = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)(?:\.md)?(#[a-z0-9-]+)?")
_ON_THIS_SITE = re.compile(r"#[a-z0-9-]+|/(?:[a-z0-9-]+/)*(?:#[a-z0-9-]+)?")
_RAW_HTML = re.compile(r"<[A-Za-z/!?]")
_BREAKS = {"softbreak", "hardbreak"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a body: ``level`` 2 to 4 (1 is the title of the page), ``anchor`` its id."""

    level: int
    anchor: str
    text: str


def beside(slug: str) -> str:
    """The address of another article as seen from an article."""
    return f"../{slug}/"


@cache
def _parser() -> MarkdownIt:
    options = {"html": False, "typographer": True}
    return MarkdownIt("commonmark", options).enable(["table", "smartquotes", "replacements"])


def render(markdown: str, slug: str, link: Link = beside) -> tuple[str, tuple[Heading, ...]]:
    """The body as HTML, and its headings, each with an anchor unique within the body.

    Raises ContentError, naming the article, for raw HTML, a picture, a first-level heading, a link elsewhere.
    """
    parser = _parser()
    tokens = parser.parse(markdown)
    for token in _every(tokens):
        if token.type == "text" and _RAW_HTML.search(token.content):
            # It would be shown as it is written; nobody means that.
            raise ContentError(f"{slug}: the body holds raw HTML.")
        if token.type == "image":
            raise ContentError(f"{slug}: the body holds a picture.")
        if token.type == "link_open":
            token.attrSet("href", _address(str(token.attrGet("href") or ""), slug, link))
    headings = _anchor(tokens, slug)
    return parser.renderer.render(tokens, parser.options, {}), headings


def links_to(markdown: str) -> tuple[str, ...]:
    """The slugs of the articles that a body links to, in order, each once."""
    hrefs = (str(t.attrGet("href")) for t in _every(_parser().parse(markdown)) if t.type == "link_open")
    return tuple(dict.fromkeys(found[1] for href in hrefs if (found := _TO_ARTICLE.fullmatch(href))))


def _every(tokens: Sequence[Token]) -> list[Token]:
    return [each for token in tokens for each in (token, *(token.children or ()))]


def _address(href: str, slug: str, link: Link) -> str:
    found = _TO_ARTICLE.fullmatch(href)
    if found:
        return link(found[1]) + (found[2] or "")
    if _ON_THIS_SITE.fullmatch(href):
        return href
    raise ContentError(
        f"{slug}: the body links to {href!r}; only articles and pages of this site may be linked."
    )


def _anchor(tokens: Sequence[Token], slug: str) -> tuple[Heading, ...]:
    headings: list[Heading] = []
    taken: set[str] = set()
    for token, inside in pairwise(tokens):
        if token.type != "heading_open":
            continue
        level = int(token.tag[1:])
        if level not in range(2, 5):
            raise ContentError(
                f"{slug}: headings of the body are of level 2 to 4 (##); the title is the first."
            )
        text = "".join(" " if part.type in _BREAKS else part.content for part in inside.children or ())
        base = anchor = _as_anchor(text)
        number = 1
        while anchor in taken:
            number += 1
            anchor = f"{base}-{number}"
        taken.add(anchor)
        token.attrSet("id", anchor)
        headings.append(Heading(level, anchor, text))
    return tuple(headings)


def _as_anchor(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-") or "part"
