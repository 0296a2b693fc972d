"""Crisis lines in words."""

from dataclasses import replace
from datetime import date

from homeport.content.crisis import place_for, places
from homeport.web.lines import emergency_lines, groups

TODAY = date(2026, 11, 24)
ONTARIO = place_for("CA", "ON")


def test_groups_stand_in_the_order_of_need_and_hold_every_line_once() -> None:
    for place in places():
        shown = [line.line for group in groups(place, TODAY) for line in group.lines]
        assert sorted(each.id for each in shown) == sorted(each.id for each in place.lines)
    kinds = [group.kind for group in groups(ONTARIO, TODAY)]
    assert kinds.index("suicide") < kinds.index("violence") < kinds.index("youth") < kinds.index("legal")


def test_legal_help_is_never_called_a_crisis_line() -> None:
    legal = next(group for group in groups(ONTARIO, TODAY) if group.kind == "legal")
    assert "not a crisis line" in legal.title
    assert not legal.lines[0].line.crisis


def test_buttons_say_what_they_do() -> None:
    by_id = {line.line.id: line for group in groups(ONTARIO, TODAY) for line in group.lines}
    assert [each.label for each in by_id["ca-988"].channels] == ["Call 988", "Text 988"]
    assert "Text CONNECT or TALK to 686868" in [each.label for each in by_id["ca-kids-help-phone"].channels]
    assert emergency_lines(ONTARIO, TODAY)[0].channels[0].href == "tel:911"


def test_a_number_not_checked_is_marked_within_a_line_that_was() -> None:
    by_id = {line.line.id: line for group in groups(ONTARIO, TODAY) for line in group.lines}
    call, text = by_id["ca-kids-help-phone"].channels
    assert call.provisional
    assert not text.provisional


def test_how_far_a_line_was_checked_moves_with_the_day() -> None:
    by_id = {line.line.id: line for group in groups(ONTARIO, TODAY) for line in group.lines}
    assert by_id["ca-988"].standing == "verified"
    assert by_id["ca-on-awhl"].standing == "provisional"
    later = {line.line.id: line for group in groups(ONTARIO, date(2027, 3, 1)) for line in group.lines}
    assert later["ca-988"].standing == "check-again"


def test_a_line_for_one_region_says_so_where_no_region_was_chosen() -> None:
    whole = {line.line.id: line for group in groups(place_for("CA"), TODAY) for line in group.lines}
    assert whole["ca-on-legal-aid"].where == "Ontario"
    assert whole["ca-988"].where == ""
    chosen = {line.line.id: line for group in groups(ONTARIO, TODAY) for line in group.lines}
    assert chosen["ca-on-legal-aid"].where == ""


def test_languages_are_named_and_a_code_nobody_knows_stays_a_code() -> None:
    line = next(each for each in ONTARIO.lines if each.id == "ca-988")
    odd = replace(ONTARIO, lines=(replace(line, languages=("en", "xx")),))
    assert groups(odd, TODAY)[0].lines[0].languages == "English, xx"
