"""A stencil gives, byte for byte, what the template would."""

import pytest
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from homeport.web.visitor.stencil import Stencil, stencil

GAPS = ("visit", "whom", "text", "choices", "count", "done", "instruction", "complaint")
VALUES = {
    "visit": "abc:def",
    "whom": 'About <you> & "me"',
    "text": "I can't say {{ this }} {% or that %}.",
    "choices": mark_safe("<b>whole</b>"),
    "count": "Question 1 of 24",
    "done": 0,
    "instruction": "Think & answer",
    "complaint": gettext_lazy("Pick the answer that fits best, or choose “Skip this question”."),
}


@pytest.mark.parametrize("left_out", [(), ("instruction",), ("complaint",), ("instruction", "complaint")])
def test_it_equals_the_template_and_escapes_alike(left_out: tuple[str, ...]) -> None:
    absent = dict.fromkeys(left_out, "")
    gaps = tuple(gap for gap in GAPS if gap not in left_out)
    filled = stencil("web/check/question.html", "en", gaps, words_language="", **absent).fill(VALUES)
    whole = render_to_string("web/check/question.html", {**VALUES, **absent, "words_language": ""})
    assert filled == whole
    assert "<you>" not in filled


def test_nothing_of_one_visitor_is_kept_for_the_next() -> None:
    kept = stencil("web/check/question.html", "en", GAPS, words_language="")
    kept.fill({**VALUES, "visit": "a secret"})
    assert "a secret" not in "".join(kept.literals)
    assert stencil("web/check/question.html", "en", GAPS, words_language="") is kept


def test_a_gap_left_open_is_an_error_of_ours() -> None:
    with pytest.raises(KeyError):
        Stencil("a\x00visit\x00b").fill({})
