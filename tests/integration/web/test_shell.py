"""What is around every page."""

import re

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from homeport.content.reading import measure
from homeport.web.shell import EXIT_ADDRESS
from homeport.web.templatetags.homeport import part

PAGES = (
    "/",
    "/library/",
    "/library/attachment-theory/",
    "/youth/",
    "/help/",
    "/about/",
    "/privacy/",
    "/nowhere/",
)
WORDS = ("/", "/library/", "/youth/", "/help/?country=CA", "/about/", "/privacy/", "/nowhere/")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_its_language_one_heading_help_and_a_way_out(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert page.count("<h1") == 1
    assert '<a class="skip" href="#main">' in page
    assert re.search(r'<header.*href="/help/".*</header>', page, re.DOTALL)
    assert f'href="{EXIT_ADDRESS}" rel="noreferrer nofollow"' in page


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_loaded_from_another_host(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    loaded = re.findall(r"<(?:script|link|img|source|iframe)[^>]*?(?:src|href)=\"([^\"]*)\"", page)
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)


@pytest.mark.parametrize("path", PAGES)
def test_a_visit_reads_nothing_from_the_database_and_leaves_no_cookie(client: Client, path: str) -> None:
    # Without the django_db mark any query fails the test.
    assert not client.get(path).cookies


@pytest.mark.parametrize("path", WORDS)
def test_words_are_plain(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    main = re.search(r"<main.*</main>", page, re.DOTALL)
    assert main
    assert measure(main[0]).grade <= 8


@pytest.mark.parametrize("path", PAGES)
def test_titles_are_neutral(client: Client, path: str) -> None:
    title = re.search(r"<title>(.*)</title>", client.get(path).content.decode())
    assert title
    assert re.fullmatch(r"(?:(?:Library|About|Privacy|Under 16) · )?Homeport", title[1])


def test_the_demo_says_that_it_is_one(client: Client, settings: Settings) -> None:
    settings.DEMO = False
    assert "This is a demo." not in client.get("/").content.decode()
    settings.DEMO = True
    assert "This is a demo." in client.get("/").content.decode()


def test_the_practice_is_named_where_it_has_a_name(client: Client, settings: Settings) -> None:
    settings.PRACTICE_NAME = "Harbour <Street>"
    assert "run by Harbour &lt;Street&gt;" in client.get("/about/").content.decode()


def test_the_area_one_is_in_is_marked(client: Client) -> None:
    assert (
        'href="/library/" aria-current="true"' in client.get("/library/attachment-theory/").content.decode()
    )
    assert "aria-current" not in client.get("/").content.decode()


def test_a_part_is_drawn_once_a_language(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO = False  # voids what was drawn before
    drawn: list[str] = []

    class Template:
        def render(self, context: dict[str, object]) -> str:
            drawn.append(translation.get_language() or "")
            return "x"

    monkeypatch.setattr("homeport.web.templatetags.homeport.get_template", lambda name: Template())
    for language in ("en", "en", "fr", "fr"):
        with translation.override(language):
            part("web/parts/foot.html")
    assert drawn == ["en", "fr"]
    settings.DEMO = True
    part("web/parts/foot.html")
    assert len(drawn) == 3
    settings.DEMO = False
