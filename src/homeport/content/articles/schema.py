"""What an article is, and reading one from its Markdown file with its header."""

import math
import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, get_args

from homeport.content.articles.rendering import Heading, Link, beside, render
from homeport.content.instruments.marks import Mark
from homeport.content.reading import measure
from homeport.content.strict_yaml import read_yaml
from homeport.core.errors import ContentError

Audience = Literal["adult", "youth"]

WORDS_A_MINUTE = 200  # unhurried silent reading; a page with feeling in it is not skimmed
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_ADDRESS = re.compile(r"https://[^\s/]+\.[^\s/]+(?:/\S*)?")
_HEADER = re.compile(r"---\n(.*?\n)---\n(.*)", re.DOTALL)
_NEEDED = ("title", "summary", "section", "order", "audience", "reviewed", "sources")
_OPTIONAL = ("related", "keywords")
_WHERE_READ = {Mark.READ, Mark.RECHECK, Mark.UNSURE, Mark.CALC}


@dataclass(frozen=True, slots=True)
class ArticleSource:
    """Where a statement comes from. ``mark`` says how far it was checked."""

    text: str
    doi: str
    url: str
    mark: Mark

    @property
    def link(self) -> str:
        """The address of the source (https), or "" where it has none: a book, a leaflet."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url

    @property
    def provisional(self) -> bool:
        """True where the page must say that this source is still to be checked."""
        return self.mark.provisional


@dataclass(frozen=True)
class Article:
    """One page of the library. ``reviewed_date`` is the day on which a person last read it through."""

    slug: str
    language: str
    title: str
    summary: str
    section: str
    order: int
    audience: Audience
    reviewed_date: date
    sources: tuple[ArticleSource, ...]
    declared_related: tuple[str, ...]
    keywords: tuple[str, ...]
    body_markdown: str

    @cached_property
    def minutes(self) -> int:
        """Reading time in whole minutes, at least 1."""
        return max(1, math.ceil(measure(self.body_markdown).words / WORDS_A_MINUTE))

    @property
    def html(self) -> str:
        """The body as HTML, with links to other articles as ``../slug/``. Safe to show as it is."""
        return self._rendered[0]

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings of the body, for a table of contents."""
        return self._rendered[1]

    def html_with(self, link: Link) -> str:
        """The body as HTML; ``link(slug)`` gives the address of another article."""
        return render(self.body_markdown, self.slug, link)[0]

    @cached_property
    def _rendered(self) -> tuple[str, tuple[Heading, ...]]:
        return render(self.body_markdown, self.slug, beside)


def read_article(path: Path, language: str) -> Article:
    """The article in a file. Raises ContentError, naming file and fault, when anything is amiss."""
    slug, name = path.stem, path.name
    if not SLUG.fullmatch(slug):
        raise ContentError(f"{name}: an article's file name is small letters, digits and hyphens.")
    try:
        text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(f"{name} cannot be read as UTF-8 text.") from error
    found = _HEADER.fullmatch(text)
    if not found:
        raise ContentError(f"{name} does not begin with a header between two lines of ---.")
    header = _header(read_yaml(found[1], name), name)
    body = found[2].strip()
    if not body:
        raise ContentError(f"{name} has no body.")
    if slug in _list(header, "related", name):
        raise ContentError(f"{name}: related names the article itself.")
    article = Article(
        slug=slug,
        language=language,
        title=_text(header, "title", name),
        summary=_text(header, "summary", name),
        section=_slug(header["section"], "section", name),
        order=_order(header["order"], name),
        audience=_audience(header["audience"], name),
        reviewed_date=_reviewed(header["reviewed"], name),
        sources=_sources(header["sources"], name),
        declared_related=tuple(_slug(each, "related", name) for each in _list(header, "related", name)),
        keywords=tuple(_word(each, "keywords", name) for each in _list(header, "keywords", name)),
        body_markdown=body,
    )
    _ = article.headings  # a body that may not be shown is refused here, not when somebody reads it
    return article


def _header(header: Any, name: str) -> dict[str, Any]:
    if not isinstance(header, dict):
        raise ContentError(f"{name}: the header must be names and values.")
    unknown = sorted(set(header) - {*_NEEDED, *_OPTIONAL})
    if unknown:
        raise ContentError(f"{name}: unknown in the header: {', '.join(unknown)}.")
    missing = [field for field in _NEEDED if field not in header]
    if missing:
        raise ContentError(f"{name}: missing from the header: {', '.join(missing)}.")
    return header


def _word(value: Any, field: str, name: str) -> str:
    if not isinstance(value, str) or not value.strip() or "\n" in value.strip():
        raise ContentError(f"{name}: {field} must be one line of text, not {value!r}.")
    return " ".join(value.split())


def _text(header: dict[str, Any], field: str, name: str) -> str:
    return _word(header[field], field, name)


def _list(header: dict[str, Any], field: str, name: str) -> list[Any]:
    value = header.get(field, [])
    if not isinstance(value, list):
        raise ContentError(f"{name}: {field} must be a list.")
    if len({str(each) for each in value}) < len(value):
        raise ContentError(f"{name}: {field} names something twice.")
    return value


def _slug(value: Any, field: str, name: str) -> str:
    if not isinstance(value, str) or not SLUG.fullmatch(value):
        raise ContentError(f"{name}: {field} must be small letters, digits and hyphens, not {value!r}.")
    return value


def _order(value: Any, name: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ContentError(f"{name}: order must be a whole number, not {value!r}.")
    return value


def _audience(value: Any, name: str) -> Audience:
    for audience in get_args(Audience):
        if value == audience:
            return audience  # type: ignore[no-any-return]
    raise ContentError(f"{name}: audience must be one of {', '.join(get_args(Audience))}, not {value!r}.")


def _reviewed(value: Any, name: str) -> date:
    if not isinstance(value, date):
        raise ContentError(f"{name}: reviewed must be a date such as 2026-11-23, not {value!r}.")
    return value


def _sources(value: Any, name: str) -> tuple[ArticleSource, ...]:
    if not isinstance(value, list) or not value:
        raise ContentError(f"{name}: sources must be a list with at least one source.")
    return tuple(_source(each, f"{name}, source {number}") for number, each in enumerate(value, start=1))


def _source(value: Any, name: str) -> ArticleSource:
    if not isinstance(value, dict) or not {"text", "mark"} <= set(value) <= {"text", "mark", "doi", "url"}:
        raise ContentError(f"{name}: a source has text, mark, and doi or url; nothing else.")
    doi, url = value.get("doi", ""), value.get("url", "")
    if doi and url:
        raise ContentError(f"{name}: give the doi or the url, not both.")
    if doi and not (isinstance(doi, str) and _DOI.fullmatch(doi)):
        raise ContentError(f"{name}: {doi!r} is not a DOI (10.1234/abc).")
    if url and not (isinstance(url, str) and _ADDRESS.fullmatch(url)):
        raise ContentError(f"{name}: {url!r} is not an https address.")
    if value["mark"] not in _WHERE_READ:
        raise ContentError(f"{name}: mark must be one of {', '.join(sorted(_WHERE_READ))}.")
    return ArticleSource(_word(value["text"], "text", name), doi, url, Mark(value["mark"]))
