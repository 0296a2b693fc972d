"""What the result shows, and to whom: no style without its chance, no style word for the young, none in a heading."""

import re
from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from tests.factories.visits import answered, keyed, visit

from homeport.web.visitor import seal
from homeport.web.visitor.result import result
from homeport.web.visitor.state import Journey

STYLE = re.compile(r"\b(secure|anxious|avoidant|fearful)\b", re.IGNORECASE)
PERCENT = re.compile(r"\d ?%|\bin 100\b|\d per ?cent", re.IGNORECASE)


def drawn(journey: Journey) -> str:
    context = {"visit": seal.seal(journey), "result": result(journey, "en"), "thanks": False}
    return render_to_string("web/check/result.html", context)


def visible(html: str) -> str:
    """Words without the hidden field, links' addresses and the library's own titles."""
    html = re.sub(r"<ul class=\"reads\".*?</ul>", " ", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("worry", [1, 3, 5])
@pytest.mark.parametrize("distance", [1, 3, 5])
def test_our_own_questions_give_no_percentages_and_name_styles_only_as_names_of_corners(
    worry: int, distance: int
) -> None:
    words = visible(drawn(answered(visit("mother"), keyed(worry, distance))))
    assert not PERCENT.search(words)
    assert not STYLE.search(words.replace(str(result_names()), ""))
    assert "They have not yet been tested with many people" in words


def result_names() -> str:
    from homeport.web.visitor.texts import frame

    return str(frame.CORNER_NAMES)


@pytest.mark.parametrize("worry", [1, 3, 5])
@pytest.mark.parametrize("distance", [1, 5])
def test_at_16_or_17_no_style_word_is_read_anywhere(worry: int, distance: int) -> None:
    html = drawn(answered(visit("mother", "friend", age="16-17"), keyed(worry, distance)))
    assert not STYLE.search(html)
    assert "At your age this moves a lot" in html
    assert "/youth/" in html
    assert "/library/" not in html
    assert "Give my answers" not in html


def test_no_heading_holds_a_style_word() -> None:
    html = drawn(answered(visit("mother", "partner"), [1, 5, 4]))
    headings = re.findall(r"<h[1-6][^>]*>(.*?)</h[1-6]>", html, flags=re.DOTALL)
    assert len(headings) > 10
    assert not [heading for heading in headings if STYLE.search(heading)]


def test_one_relationship_has_a_map_a_table_and_words() -> None:
    html = drawn(answered(visit("mother"), keyed(2, 4)))
    assert html.count('role="img"') == 1
    assert html.count("<table") == 1
    assert "2.0 of 5" in html
    assert "4.0 of 5" in html
    for heading in ("When you are close", "When you argue", "When you are apart", "When life is hard"):
        assert heading in html
    assert "What this does not say" in html


def test_several_stand_side_by_side_on_one_map_and_each_on_its_own() -> None:
    found = result(answered(visit("mother", "friend", "colleague"), [1, 4, 2, 5]), "en")
    assert [person.number for person in found.people] == [1, 2, 3]
    assert [len(each.marks) for each in found.maps] == [3]
    assert [len(person.map.marks) for person in found.people] == [1, 1, 1]
    assert not found.mixed


def test_a_difference_between_people_is_told_in_words() -> None:
    calm = answered(visit("mother"), keyed(1, 1))
    both = Journey(calm.key, "adult", (calm.runs[0], answered(visit("friend"), keyed(5, 4)).runs[0]))
    assert result(both, "en").differences == (
        "About your mother and about your friend you answered quite differently.",
    )


def test_too_few_answers_are_said_and_the_others_still_shown() -> None:
    done = answered(visit("mother"), [3])
    found = result(Journey(done.key, "adult", (done.runs[0], visit("friend").run)), "en")
    assert len(found.people) == 1
    assert [each.text for each in found.missing] == ["With 20 more answers we can draw the map."]
    assert "Not enough to draw yet" in drawn(Journey(done.key, "adult", (done.runs[0], visit("friend").run)))


def test_answers_are_asked_for_once() -> None:
    journey = answered(visit("mother"), [3])
    assert result(journey, "en").may_give
    assert not result(replace(journey, given=True), "en").may_give
