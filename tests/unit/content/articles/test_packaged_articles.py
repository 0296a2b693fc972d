"""One contract over every article that is packaged."""

from datetime import timedelta

import pytest

from homeport.content.articles import Article, all_articles, languages, library, related
from homeport.content.reading import grade
from homeport.core.clock import today

EVERY = [article for language in languages() for article in all_articles(language)]
HIGHEST_GRADE = {"adult": 8.0, "youth": 6.0}

pytestmark = pytest.mark.parametrize(
    "article", EVERY, ids=lambda article: f"{article.language}/{article.slug}"
)


def test_it_was_reviewed_in_the_last_two_years(article: Article) -> None:
    assert today() - timedelta(days=730) < article.reviewed_date <= today()


def test_it_names_a_source(article: Article) -> None:
    assert article.sources
    assert all(len(source.text) > 10 for source in article.sources)


def test_what_it_names_and_links_to_exists(article: Article) -> None:
    assert library(article.language).missing(article) == ()


def test_it_leads_on_to_something(article: Article) -> None:
    after = related(article)
    assert article not in after
    assert after or len(EVERY) == 1


def test_it_can_be_read_by_those_it_is_for(article: Article) -> None:
    if article.language == "en":
        assert grade(article.body_markdown) <= HIGHEST_GRADE[article.audience]


def test_its_html_is_harmless(article: Article) -> None:
    for forbidden in (
        "<script",
        "<style",
        "<iframe",
        "<img",
        " style=",
        "javascript:",
        "http://",
        "https://",
    ):
        assert forbidden not in article.html


def test_its_title_and_summary_fit_a_card(article: Article) -> None:
    assert len(article.title) <= 80
    assert 20 <= len(article.summary) <= 240
