"""Searching the library in memory: an inverted index over stems, weighted by where a word stands.

The score of an article is the sum over the query's words of weight x rarity, times the squared share of the
query's words it holds. Weights saturate, so that a word said forty times does not beat two words said once.
Deterministic: equal scores keep the order of the library.
"""

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from homeport.content.articles.schema import Article
from homeport.content.articles.words import COMMON, Slips, folded, stem, words_of
from homeport.content.reading import plain

TITLE, KEYWORD, SUMMARY, HEADING, BODY = 8.0, 6.0, 4.0, 2.0, 1.0
SATURATION = 6.0
PHRASE = 3.0  # how much better an article is whose title holds the words as they were written
PREFIX, SLIP = 0.7, 0.5  # what a match is worth that is only a beginning, or one slip away
LONGEST_QUERY, MOST_WORDS = 200, 12
SNIPPET = 180  # characters, about two lines on a telephone
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_TOKEN = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a snippet; ``hit`` where it is a word that was searched for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Found:
    """One article that fits, with the part of it that fits best. ``score`` only orders."""

    article: Article
    score: float
    snippet: tuple[Piece, ...]


class Index:
    """The index over one language's articles, in the order of the library."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = tuple(articles)
        self._sentences = [_sentences(article) for article in self._articles]
        self._weights: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
        self._words: set[str] = set()
        for number, article in enumerate(self._articles):
            self._add(number, article)
        self._sorted_words = sorted(self._words)
        self._slips = Slips(self._words)

    def _add(self, number: int, article: Article) -> None:
        texts = [(TITLE, article.title), (SUMMARY, article.summary), (BODY, plain(article.body_markdown))]
        texts += [(KEYWORD, keyword) for keyword in article.keywords]
        texts += [(HEADING, heading.text) for heading in article.headings]
        for weight, text in texts:
            for word in words_of(text):
                self._words.add(word)
                self._weights[stem(word)][number] += weight

    def search(self, query: str) -> tuple[Found, ...]:
        """The articles that fit, best first; () for a query without words or without a match."""
        words = words_of(query[:LONGEST_QUERY])[:MOST_WORDS]
        wanted = [word for word in dict.fromkeys(words) if word not in COMMON] or list(dict.fromkeys(words))
        scores: dict[int, float] = defaultdict(float)
        held: dict[int, int] = defaultdict(int)
        stems: set[str] = set()
        for word in wanted:
            matches = self._matches(word)
            stems.update(matches)
            for number, score in self._scores(matches).items():
                scores[number] += score
                held[number] += 1
        for number in scores:
            scores[number] *= (held[number] / len(wanted)) ** 2 * self._phrase(number, words)
        ranked = sorted(scores, key=lambda number: (-round(scores[number], 9), number))
        return tuple(Found(self._articles[n], scores[n], self._snippet(n, stems)) for n in ranked)

    def _phrase(self, number: int, words: list[str]) -> float:
        """More than 1 where the title says just what was written, common words included."""
        title = f" {' '.join(words_of(self._articles[number].title))} "
        return PHRASE if len(words) > 1 and f" {' '.join(words)} " in title else 1.0

    def vector(self, number: int) -> Mapping[str, float]:
        """The article's words by stem, weighted by place and rarity; for finding what is like it."""
        return {
            word: _saturated(by_article[number]) * self._rarity(word)
            for word, by_article in self._weights.items()
            if number in by_article and word not in COMMON
        }

    def _matches(self, word: str) -> dict[str, float]:
        """Stems that stand for a written word, and what each is worth: itself, else beginnings, else
        slips."""
        if stem(word) in self._weights:
            return {stem(word): 1.0}
        if len(word) >= 2:
            begun = {stem(known): PREFIX for known in self._beginning(word)}
            if begun:
                return begun
        return {stem(known): SLIP for known in self._slips.near(word)}

    def _beginning(self, start: str) -> Iterable[str]:
        for known in self._sorted_words[bisect_left(self._sorted_words, start) :]:
            if not known.startswith(start):
                return
            yield known

    def _scores(self, matches: Mapping[str, float]) -> dict[int, float]:
        """By article, the best of the matching stems: several forms of one written word do not add up."""
        best: dict[int, float] = {}
        for found, worth in matches.items():
            rarity = self._rarity(found)
            for number, weight in self._weights[found].items():
                best[number] = max(best.get(number, 0.0), worth * rarity * _saturated(weight))
        return best

    def _rarity(self, word: str) -> float:
        return math.log(1 + len(self._articles) / len(self._weights[word]))

    def _snippet(self, number: int, stems: set[str]) -> tuple[Piece, ...]:
        sentences = self._sentences[number]
        hits = [len(stems & held) for _, held in sentences]
        best = max(range(len(sentences)), key=lambda i: (hits[i], -i), default=-1)
        text = self._articles[number].summary if best < 0 or not hits[best] else sentences[best][0]
        return _pieces(_shortened(text, stems), stems)


def _saturated(weight: float) -> float:
    return weight / (weight + SATURATION)


def _sentences(article: Article) -> list[tuple[str, frozenset[str]]]:
    parts = (part.strip() for part in _SENTENCE.split(plain(article.body_markdown)))
    return [(part, frozenset(map(stem, words_of(part)))) for part in parts if len(part) > 20]


def _is_hit(word: str, stems: set[str]) -> bool:
    return any(stem(part) in stems for part in words_of(folded(word)))


def _shortened(text: str, stems: set[str]) -> str:
    if len(text) <= SNIPPET:
        return text
    first = next((token.start() for token in _TOKEN.finditer(text) if _is_hit(token.group(), stems)), 0)
    start = max(0, min(first - SNIPPET // 3, len(text) - SNIPPET))
    start = text.rfind(" ", 0, start) + 1 if start else 0
    cut = text[start : start + SNIPPET]
    whole = start + SNIPPET >= len(text)
    return ("… " if start else "") + (cut if whole else cut.rsplit(" ", 1)[0] + " …")


def _pieces(text: str, stems: set[str]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at = 0
    for token in _TOKEN.finditer(text):
        if _is_hit(token.group(), stems):
            if token.start() > at:
                pieces.append(Piece(text[at : token.start()], hit=False))
            pieces.append(Piece(token.group(), hit=True))
            at = token.end()
    if at < len(text):
        pieces.append(Piece(text[at:], hit=False))
    return tuple(pieces)
