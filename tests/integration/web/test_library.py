"""The shelves, the search, the articles."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from homeport.content.articles import all_articles

ADULT = [article for article in all_articles() if article.audience == "adult"]
YOUTH = [article for article in all_articles() if article.audience == "youth"]


def page_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_shelves_hold_every_article_for_adults_and_no_other(client: Client) -> None:
    linked = re.findall(r'href="/library/([a-z0-9-]+)/"', page_of(client, "/library/"))
    assert sorted(linked) == sorted(article.slug for article in ADULT)


def test_understanding_comes_before_therapy(client: Client) -> None:
    page = page_of(client, "/library/")
    assert page.index('id="shelf-understanding"') < page.index('id="shelf-therapy"')


def test_a_search_keeps_what_was_typed_and_shows_why_each_page_fits(client: Client) -> None:
    page = page_of(client, "/library/?q=therapist")
    assert 'value="therapist"' in page
    assert "<mark>" in page
    assert re.search(r"\d+ pages fit “therapist”", page)


def test_a_search_without_a_match_says_what_to_try(client: Client) -> None:
    page = page_of(client, "/library/?q=xyzzyq")
    assert "Nothing fits “xyzzyq” yet" in page
    assert "Try one plain word" in page


def test_words_of_danger_show_where_a_person_can_be_reached_before_anything_to_read(client: Client) -> None:
    page = page_of(client, "/library/?q=i+want+to+die")
    results = page[page.index('id="results"') :]
    assert results.index('href="/help/"') < results.index("<article")
    nothing = page_of(client, "/library/?q=suicidle+overdosing")
    assert "See who you can call or text" in nothing
    assert "See who you can call or text" not in page_of(client, "/library/?q=trust")


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", '"><b>', "%", "\x01" * 50, "a" * 5000, "   "])
def test_a_search_takes_whatever_is_typed(client: Client, query: str) -> None:
    response = client.get("/library/", {"q": query})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content
    assert b'"><b>' not in response.content


@pytest.mark.parametrize("slug", [article.slug for article in ADULT])
def test_an_article_shows_its_sources_its_date_and_where_to_go_on(client: Client, slug: str) -> None:
    article = next(each for each in ADULT if each.slug == slug)
    page = page_of(client, reverse("article", args=[slug]))
    assert f'<time datetime="{article.reviewed_date.isoformat()}">' in page
    sources = page[page.index('id="sources"') :]
    assert sources.count("<li>") >= len(article.sources)
    assert sources.count("still to be checked") == sum(source.provisional for source in article.sources)
    for heading in article.headings:
        assert f'id="{heading.anchor}"' in page
    for address in set(re.findall(r'href="(/(?:library|youth)/[^"#]*)', page)):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("article", YOUTH[:1], ids=lambda article: article.slug)
def test_each_audience_has_its_own_address(client: Client, article: object) -> None:
    slug = article.slug  # type: ignore[attr-defined]
    assert client.get(f"/library/{slug}/").headers["Location"] == f"/youth/{slug}/"
    assert client.get(f"/youth/{ADULT[0].slug}/").headers["Location"] == f"/library/{ADULT[0].slug}/"


def test_young_people_are_led_to_help_first(client: Client) -> None:
    page = page_of(client, "/youth/")
    assert 'href="/help/#youth"' in page
    for article in YOUTH:
        assert reverse("youth-article", args=[article.slug]) in page
