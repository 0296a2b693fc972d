"""The tags behind the components."""

import pytest
from django.template import engines
from heroicons import IconDoesNotExist

from homeport.web.templatetags.homeport import choices, icon


def test_an_icon_is_drawn_inline_and_hidden_from_screen_readers() -> None:
    drawn = icon("phone", 20, "mini")
    assert drawn.startswith("<svg")
    assert 'aria-hidden="true"' in drawn
    assert 'width="20"' in drawn


def test_an_icon_that_does_not_exist_is_an_error_not_a_hole() -> None:
    with pytest.raises(IconDoesNotExist):
        icon("no-such-icon")


def test_choices_mark_the_chosen_one_alone_and_escape_what_they_show() -> None:
    drawn = choices("who", "who", [("1", "A <b>"), ("2", 'B & "C"', "a hint"), ("22", "D")], chosen=2)
    assert drawn.count("checked") == 1
    assert 'value="2" checked' in drawn
    assert "A &lt;b&gt;" in drawn
    assert "B &amp; &quot;C&quot;" in drawn
    assert '<span class="choice-hint">a hint</span>' in drawn
    assert drawn.count('class="choice-hint"') == 1


def test_choices_can_be_led_to_from_an_error() -> None:
    drawn = choices("who", "name", [("1", "A"), ("2", "B")])
    assert 'id="who"' in drawn
    assert 'id="who-2"' in drawn
    assert drawn.count('name="name"') == 2
    assert "checked" not in drawn


def test_choices_escape_their_own_name() -> None:
    assert "<script" not in choices('"><script>', '"><script>', [('"><script>', "x")])


def test_every_template_has_the_tags_without_loading_them() -> None:
    template = engines["django"].from_string("{% icon 'phone' 16 'micro' %}")
    assert "<svg" in template.render({})
