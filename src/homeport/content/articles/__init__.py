"""The library: articles in Markdown with a strict header, read once and kept in memory.

One folder a language (``en/``), one file an article; the file's name is its slug. The header (YAML) holds
title, summary, section, order, audience (adult or youth), reviewed, sources (text, mark, doi or url),
and may hold related (slugs) and keywords.
"""

from homeport.content.articles.library import Library, languages, library
from homeport.content.articles.rendering import Heading
from homeport.content.articles.schema import Article, ArticleSource, Audience
from homeport.content.articles.searching import Found, Piece

__all__ = [
    "Article",
    "ArticleSource",
    "Audience",
    "Found",
    "Heading",
    "Library",
    "Piece",
    "all_articles",
    "find_article",
    "languages",
    "library",
    "related",
    "search",
    "sections",
]


def all_articles(language: str = "en") -> tuple[Article, ...]:
    """The articles of a language (English where it has none), in the order of the library."""
    return library(language).articles


def find_article(slug: str, language: str = "en") -> Article | None:
    """The article with this slug, or None."""
    return library(language).find(slug)


def sections(language: str = "en") -> tuple[tuple[str, tuple[Article, ...]], ...]:
    """Each section's key with its articles, in order."""
    return library(language).sections


def related(article: Article, limit: int = 4) -> tuple[Article, ...]:
    """What to read after an article: what its author named, then what is most like it."""
    return library(article.language).related(article, limit)


def search(query: str, language: str = "en", audience: Audience | None = None) -> tuple[Found, ...]:
    """The articles that fit a query, best first; forgives other endings, half-typed words and one slip.

    For one audience, or for all where none is named.
    """
    found = library(language).search(query)
    return tuple(each for each in found if audience in {None, each.article.audience})
