"""All articles of one language: in order, by slug, by section, by likeness, by search."""

import math
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path

from homeport.content.articles.rendering import links_to
from homeport.content.articles.schema import Article, read_article
from homeport.content.articles.searching import Found, Index

PACKAGED = Path(__file__).parent
FALLBACK = "en"
LIKE = 4  # how many related articles a page shows
FAINT = 0.05  # cosine below which two articles are not alike enough to be named together


class Library:
    """The articles of a folder. Raises ContentError for a file that is not as it must be."""

    def __init__(self, folder: Path, language: str) -> None:
        articles = [read_article(path, language) for path in sorted(folder.glob("*.md"))]
        first: dict[str, int] = {}
        for article in articles:
            first[article.section] = min(article.order, first.get(article.section, article.order))
        self.articles = tuple(sorted(articles, key=lambda a: (first[a.section], a.section, a.order, a.slug)))
        self._by_slug = {article.slug: article for article in self.articles}

    def missing(self, article: Article) -> tuple[str, ...]:
        """The slugs an article names or links to that are not in this library."""
        named = dict.fromkeys([*article.declared_related, *links_to(article.body_markdown)])
        return tuple(slug for slug in named if slug not in self._by_slug)

    def find(self, slug: str) -> Article | None:
        """The article with this slug, or None."""
        return self._by_slug.get(slug)

    @cached_property
    def sections(self) -> tuple[tuple[str, tuple[Article, ...]], ...]:
        """Each section's key with its articles, in order."""
        names = dict.fromkeys(article.section for article in self.articles)
        return tuple((name, tuple(a for a in self.articles if a.section == name)) for name in names)

    @cached_property
    def _index(self) -> Index:
        return Index(self.articles)

    def search(self, query: str) -> tuple[Found, ...]:
        """The articles that fit a query, best first."""
        return self._index.search(query)

    def related(self, article: Article, limit: int = LIKE) -> tuple[Article, ...]:
        """What its author named, then what is most like it among articles for the same audience.

        A named article that is not there (a language may lack it) is passed over: `missing` tells of it.
        """
        named = [self._by_slug[slug] for slug in article.declared_related if slug in self._by_slug]
        alike = [other for other in self._alike[article.slug] if other not in named]
        return tuple([*named, *alike][:limit])

    @cached_property
    def _alike(self) -> Mapping[str, tuple[Article, ...]]:
        vectors = [_unit(self._index.vector(number)) for number in range(len(self.articles))]
        alike: dict[str, tuple[Article, ...]] = {}
        for here, article in enumerate(self.articles):
            near = [
                (-_product(vectors[here], vectors[there]), there)
                for there, other in enumerate(self.articles)
                if there != here and other.audience == article.audience
            ]
            alike[article.slug] = tuple(self.articles[n] for unlike, n in sorted(near) if unlike <= -FAINT)

        return alike


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
    return {word: value / length for word, value in vector.items()}


def _product(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    return sum(value * second[word] for word, value in first.items() if word in second)


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The languages there are articles in."""
    return tuple(sorted(path.name for path in PACKAGED.iterdir() if path.is_dir() and any(path.glob("*.md"))))


def library(language: str = FALLBACK) -> Library:
    """The packaged articles in a language such as ``fr`` or ``fr-CA``; in English where there are none in
    it."""
    base = language.partition("-")[0].lower()
    return _packaged(base if base in languages() else FALLBACK)


@lru_cache(maxsize=32)
def _packaged(language: str) -> Library:
    return Library(PACKAGED / language, language)
