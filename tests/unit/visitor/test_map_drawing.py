"""The numbers of the drawn map, and its words."""

from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from tests.factories.visits import answered, keyed, visit

from homeport.web.visitor import questions
from homeport.web.visitor.map_drawing import CENTRE_X, CENTRE_Y, HALF, Map, corners, draw, place_in_words
from homeport.web.visitor.reading import Reading, read

SVG = "{http://www.w3.org/2000/svg}"


def reading(worry: int, distance: int, who: str = "mother") -> Reading:
    journey = answered(visit(who), keyed(worry, distance))
    found = read(journey.run, questions.questionnaire(journey.run, "en"))
    assert isinstance(found, Reading)
    return found


def one(worry: int, distance: int) -> Map:
    return draw([reading(worry, distance)], ["Your mother"], key="m", named=False, numbers=[0])


@pytest.mark.parametrize(
    ("worry", "distance", "right", "down"),
    [(1, 1, -1, 1), (5, 1, 1, 1), (1, 5, -1, -1), (5, 5, 1, -1), (3, 3, 0, 0)],
)
def test_worry_grows_to_the_right_and_distance_upwards(
    worry: int, distance: int, right: int, down: int
) -> None:
    mark = one(worry, distance).marks[0]
    assert (mark.x, mark.y) == (CENTRE_X + right * HALF, CENTRE_Y + down * HALF)


def test_the_inner_ring_lies_within_the_outer_one() -> None:
    mark = one(2, 4).marks[0]
    assert mark.inner_across / mark.across == pytest.approx(0.481, abs=0.02)
    assert 0 < mark.inner_up < mark.up


@pytest.mark.parametrize(
    ("worry", "distance", "words"),
    [
        (3, 3, "worry at the middle, distance at the middle"),
        (1, 5, "worry far below the middle, distance far above the middle"),
        (4, 2, "worry above the middle, distance below the middle"),
    ],
)
def test_the_place_is_told_in_words(worry: int, distance: int, words: str) -> None:
    assert place_in_words(reading(worry, distance)) == words
    assert one(worry, distance).description == f"Your mother: {words}."


def test_style_names_stand_on_the_map_only_where_asked_for() -> None:
    plain = " ".join(corner.name for corner in corners(named=False))
    assert [corner.name for corner in corners(named=True)] == ["Secure", "Anxious", "Avoidant", "Fearful"]
    assert not any(word in plain.lower() for word in ("secure", "anxious", "avoidant", "fearful"))


def test_the_drawing_is_well_formed_named_for_those_who_do_not_see_it_and_has_no_inline_style() -> None:
    both = draw(
        [reading(1, 2), reading(4, 5, "friend")],
        ["Mother & <i>", "Your friend"],
        key="a",
        named=False,
        numbers=[1, 2],
    )
    drawn = render_to_string("web/check/map.svg", {"map": both})
    tree = ElementTree.fromstring(drawn)
    assert tree.get("role") == "img"
    names = (tree.get("aria-labelledby") or "").split()
    told = {each.get("id"): each.text for each in (*tree.iter(f"{SVG}title"), *tree.iter(f"{SVG}desc"))}
    assert [told[name] for name in names] == [both.title, both.description]
    assert "Mother & <i>" in both.description
    assert not [each for each in tree.iter() if "style" in each.attrib]
    numbers = [each.text for each in tree.iter(f"{SVG}text") if each.get("class") == "dot-number"]
    assert numbers == ["1", "2"]
    ids = [each.get("id") for each in tree.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
