"""Inline style, foreign parts and words outside the translation tags all show."""

from pathlib import Path

import pytest
from tests.checks import template_rules
from tests.checks.visible_text import spoken_by, translated, untranslated


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    (tmp_path / "templates").mkdir()
    return tmp_path / "templates" / "page.html"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('<p style="color: red">', "an inline style"),
        ("<style>p {}</style>", "a style element"),
        ("<script>alert(1)</script>", "a script in the page"),
        ("<button onclick='x()'>", "an event handler"),
        ("<a href='javascript:x()'>", "a script as an address"),
        ('<script src="https://cdn.example.org/x.js"></script>', "loaded from another host"),
        ('<link rel="stylesheet" href="//fonts.example.org/x.css">', "loaded from another host"),
        ('<img src="http://example.org/x.png">', "loaded from another host"),
    ],
)
def test_what_the_content_policy_would_stop_fails(sheet: Path, text: str, fault: str) -> None:
    sheet.write_text(text)
    (found,) = template_rules.inline(sheet.parents[1]).faults
    assert fault in found


@pytest.mark.parametrize(
    "text",
    [
        '<script type="module" src="{% static \'web/js/x.js\' %}"></script>',
        '<script type="application/json" id="zones">{}</script>',
        '<a href="https://example.org/">{% translate "Elsewhere" %}</a>',
        '{# <p style="color: red"> #}',
        '<p class="style" data-on="x">{{ onward }}</p>',
    ],
)
def test_what_the_content_policy_allows_passes(sheet: Path, text: str) -> None:
    sheet.write_text(text)
    assert template_rules.inline(sheet.parents[1]).faults == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ('<p>{% translate "Hello" %} there</p>', ["there"]),
        ('<img alt="A boat">', ["A boat"]),
        ('<c-card title="Your week" class="wide">', ["Your week"]),
        ("<a title='{% translate \"x\" %} more'>", ["more"]),
        ("{% if a > b %}Words{% endif %}", ["Words"]),
        ('<p data-x="a > b">Words</p>', ["Words"]),
        ('<p>{% translate "Hello" %} · {{ name }} 12 &amp; &nbsp;</p>', []),
        ("{% blocktranslate count n=n %}One{% plural %}Many{% endblocktranslate %}", []),
        ("<svg><title>Boat</title></svg><code>make run</code>{# Note #}<!-- Note -->", []),
        ("<input type='text' name='page' aria-labelledby='x' :title='label'>", []),
        ("{% comment %}Words{% endcomment %}", []),
    ],
)
def test_words_outside_the_translation_tags_show(text: str, words: list[str]) -> None:
    assert untranslated(text) == words


def test_a_page_for_builders_and_a_name_are_left_alone(sheet: Path) -> None:
    sheet.write_text("<p>Homeport</p>")
    sheet.with_name("gallery.html").write_text("<p>Anything</p>")
    assert template_rules.translation(sheet.parents[1]).faults == []
    sheet.write_text("<p>Homeport is here</p>")
    (fault,) = template_rules.translation(sheet.parents[1]).faults
    assert fault == "templates/page.html: 'Homeport is here' cannot be translated"


def test_the_text_that_is_read_is_found_in_order() -> None:
    template = (
        "<p>{% blocktranslate %}Run by {{ name }}.{% endblocktranslate %}</p>{% trans 'Two.' %}"
        '{% translate "Three." as three %}{# {% translate "Hidden." %} #}'
    )
    assert translated(template) == ["Run by it.", "Two.", "Three."]


def test_the_text_that_a_view_speaks_is_found() -> None:
    module = 'x = _("One %(n)s.")\ny = pgettext("context", "Two.")\nz = print("Three.")\nw = gettext_lazy("Four {}.")\n'
    assert spoken_by(module) == ["One it.", "Two.", "Four it."]
