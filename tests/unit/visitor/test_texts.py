"""The words of the result: one text a place, plain, warm, without verdicts."""

import re
from dataclasses import fields

import pytest

from homeport.content.articles import find_article
from homeport.content.reading import grade
from homeport.web.visitor import relationships
from homeport.web.visitor.texts import frame
from homeport.web.visitor.texts.places import PLACES
from homeport.web.visitor.texts.shape import PlaceText

LEVELS = ("low", "middle", "high")
STYLE = re.compile(
    r"\b(secure|anxious|avoidant|fearful|dismissing|preoccupied|disorgani[sz]ed)\b", re.IGNORECASE
)
VERDICT = re.compile(
    r"\b(disorder|symptom|toxic|clingy|needy|cold-hearted|damaged|broken|wrong with you|your fault|you always|you never)\b",
    re.IGNORECASE,
)


def sentences(text: PlaceText) -> list[str]:
    found = []
    for field in fields(text):
        value = getattr(text, field.name)
        if field.name != "articles":
            found += [str(each) for each in value] if isinstance(value, tuple) else [str(value)]
    return found


def test_every_place_has_a_text_and_no_two_share_one() -> None:
    assert set(PLACES) == {(worry, distance) for worry in LEVELS for distance in LEVELS}
    every = [sentence for text in PLACES.values() for sentence in sentences(text)]
    assert len(every) == len(set(every))


@pytest.mark.parametrize("place", PLACES)
def test_a_text_is_plain_enough_for_a_twelve_year_old(place: tuple[str, str]) -> None:
    text = "\n\n".join(sentences(PLACES[place])).replace("%(who)s", "your foster parent")
    assert grade(text) <= 8


@pytest.mark.parametrize("place", PLACES)
def test_a_text_names_no_style_and_passes_no_verdict(place: tuple[str, str]) -> None:
    text = "\n".join(sentences(PLACES[place]))
    assert not STYLE.findall(text)
    assert not VERDICT.findall(text)


@pytest.mark.parametrize("place", PLACES)
def test_the_lead_speaks_of_every_relationship(place: tuple[str, str]) -> None:
    for relationship in relationships.ALL:
        told = PLACES[place].lead % {"who": relationship.who}
        assert f"With {relationship.who} you " in told


@pytest.mark.parametrize("place", PLACES)
def test_what_helps_is_a_handful_of_things_to_do(place: tuple[str, str]) -> None:
    assert 4 <= len(PLACES[place].helps) <= 5
    assert any(word in "\n".join(map(str, PLACES[place].helps)) for word in ("you", "your", "someone"))


@pytest.mark.parametrize("slug", sorted({slug for text in PLACES.values() for slug in text.articles}))
def test_the_articles_named_are_in_the_library(slug: str) -> None:
    article = find_article(slug)
    assert article is not None
    assert article.audience == "adult"


def test_the_pages_for_young_people_are_in_the_library() -> None:
    assert all((article := find_article(slug)) and article.audience == "youth" for slug in frame.YOUNG_READS)


def test_what_is_said_to_young_people_is_plainer_still_and_names_no_style() -> None:
    text = "\n\n".join(map(str, (*frame.NOT_SAID_YOUNG, frame.YOUNG_INTRO)))
    assert grade(text) <= 6
    assert not STYLE.search(text)


def test_between_reads_as_good_to_know() -> None:
    assert "good to know" in str(frame.BETWEEN)
    assert "most common" in str(frame.BETWEEN)


def test_fear_of_someone_is_called_good_sense_not_a_style() -> None:
    for lines in (frame.NOT_SAID, frame.NOT_SAID_YOUNG):
        assert any("scares or hurts you" in str(line) for line in lines)
