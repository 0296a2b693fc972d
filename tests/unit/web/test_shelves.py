"""How the library's sections are named and ordered."""

import re
from pathlib import Path

import homeport.web
from homeport.content.articles import all_articles, sections
from homeport.web.shelves import ARTICLE_EMBLEMS, EMBLEMS, emblem_for, place_of, section_title

DRAWN = (Path(homeport.web.__file__).parent / "templates/cotton/emblem.html").read_text(encoding="utf-8")


def test_every_section_in_the_library_has_a_name_and_a_place() -> None:
    for key, _ in sections():
        assert key in EMBLEMS, key
        assert section_title(key) != key.replace("-", " ").capitalize()


def test_a_section_nobody_named_still_reads_and_comes_last() -> None:
    assert section_title("new-things") == "New things"
    assert place_of("new-things") > max(place_of(key) for key in EMBLEMS)
    assert emblem_for("new-things") == "harbour"


def test_every_drawing_that_is_asked_for_exists() -> None:
    drawn = {*re.findall(r'name == "(\w+)"', DRAWN), "harbour"}
    assert {*EMBLEMS.values(), *ARTICLE_EMBLEMS.values()} <= drawn
    assert set(ARTICLE_EMBLEMS) <= {article.slug for article in all_articles()}
