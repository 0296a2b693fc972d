"""A therapist's own words as HTML: Markdown, and nothing that a page of ours may not hold.

No raw HTML, no pictures, no links: what looks like one is shown as it was written. Headings stand below those of the page.
"""

from functools import cache

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

LEVELS = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}


@cache
def _parser() -> MarkdownIt:
    options = {"html": False, "typographer": True, "breaks": True}
    rules = ["emphasis", "list", "heading", "blockquote", "newline", "smartquotes", "replacements", "escape"]
    return MarkdownIt("zero", options).enable(rules)


def as_html(words: str) -> SafeString:
    """The words, laid out. The parser escapes whatever is text."""
    parser = _parser()
    tokens = parser.parse(words)
    for token in tokens:
        token.tag = LEVELS.get(token.tag, token.tag)
    # Only the tags of the rules above come out of the parser; text within them is escaped by it.
    html: str = parser.renderer.render(tokens, parser.options, {})
    return mark_safe(html)  # noqa: S308


def as_text(words: str) -> str:
    """The words without their marks, for the search."""
    blocks = (token.children for token in _parser().parse(words) if token.children)
    said = (
        "".join(part.content if part.type == "text" else _gap(part.type) for part in block)
        for block in blocks
    )
    return " ".join(said)


def _gap(kind: str) -> str:
    return " " if kind in {"softbreak", "hardbreak"} else ""
