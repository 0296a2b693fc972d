"""The components, each as a page would use it."""

from typing import Any

import pytest
from django.template import engines
from django_cotton.compiler_regex import CottonCompiler


def draw(source: str, **context: Any) -> str:
    """What a template with components in it shows."""
    return engines["django"].from_string(CottonCompiler().process(source)).render(context)


def test_a_button_is_a_link_where_it_leads_somewhere() -> None:
    assert draw('<c-button href="/x/">Go</c-button>').strip().startswith('<a class="button button-primary')
    drawn = draw('<c-button variant="quiet" name="back" value="1">Back</c-button>')
    assert '<button class="button button-quiet' in drawn
    assert 'type="submit"' in drawn
    assert 'name="back"' in drawn


def test_a_field_keeps_what_was_typed_and_says_what_is_wrong() -> None:
    drawn = draw(
        '<c-field name="age" label="Age" hint="In years" error="A number, please" :value="typed" />',
        typed='"><b>',
    )
    assert 'value="&quot;&gt;&lt;b&gt;"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'aria-describedby="age-hint age-error"' in drawn
    assert 'id="age-error"' in drawn
    assert '<label for="age">Age</label>' in drawn


def test_a_field_without_fault_says_nothing_of_faults() -> None:
    drawn = draw('<c-field name="age" label="Age" />')
    assert "aria-invalid" not in drawn
    assert "aria-describedby" not in drawn


def test_a_long_answer_keeps_its_lines() -> None:
    drawn = draw('<c-field name="words" label="Words" rows="3" :value="typed" />', typed="a\n</textarea><b>")
    assert "a\n&lt;/textarea&gt;&lt;b&gt;</textarea>" in drawn


def test_a_select_shows_what_was_chosen() -> None:
    drawn = draw(
        '<c-select name="n" label="N" :options="options" :value="value" />',
        options=[(1, "One"), (2, "Two")],
        value="2",
    )
    assert '<option value="2" selected>' in drawn
    assert drawn.count("selected") == 1


def test_a_list_of_answers_is_one_group_with_its_question_as_heading() -> None:
    drawn = draw(
        '<c-radio-list name="a" legend="How?" :options="options" :value="value" heading="yes" error="Choose one" />',
        options=[("1", "Little"), ("2", "Much")],
        value=2,
    )
    assert "<legend><h1>How?</h1></legend>" in drawn
    assert 'value="2" checked' in drawn
    assert 'aria-describedby=" a-error"' in drawn
    assert 'id="a-error"' in drawn


def test_a_checkbox_is_ticked_only_when_it_was() -> None:
    assert " checked" in draw('<c-checkbox name="x" label="X" checked="yes" />')
    assert " checked" not in draw('<c-checkbox name="x" label="X" />')


def test_the_summary_of_faults_leads_to_each_and_is_absent_without_any() -> None:
    drawn = draw('<c-error-summary :errors="errors" />', errors=[("age", "A number, please")])
    assert '<a href="#age">A number, please</a>' in drawn
    assert 'role="alert"' in drawn
    assert draw('<c-error-summary :errors="errors" />', errors=[]).strip() == ""


def test_a_table_has_a_caption_and_scopes() -> None:
    drawn = draw('<c-table caption="Areas" :head="head" :rows="rows" />', head=["A", "B"], rows=[["x", 1]])
    assert "<caption>Areas</caption>" in drawn
    assert '<th scope="col">A</th>' in drawn
    assert '<th scope="row">x</th><td>1</td>' in drawn


def test_progress_tells_its_numbers() -> None:
    drawn = draw('<c-progress value="6" max="15" label="Question 6" />')
    assert '<progress id="progress" value="6" max="15">' in drawn
    assert '<label class="progress-label" for="progress">Question 6</label>' in drawn


@pytest.mark.parametrize(("value", "width"), [(0, "0%"), (58, "58%"), (100, "100%")])
def test_a_bar_is_as_long_as_its_number(value: int, width: str) -> None:
    assert f'width="{width}" height="10" rx="5"/></svg>' in draw(
        '<c-bar label="A" :value="value" text="t" />', value=value
    )


@pytest.mark.parametrize("tone", ["info", "good", "care", "danger"])
def test_a_notice_has_a_sign_beside_its_colour(tone: str) -> None:
    drawn = draw(f'<c-notice tone="{tone}" title="T"><p>x</p></c-notice>')
    assert f"notice-{tone}" in drawn
    assert "<svg" in drawn


def test_nothing_of_the_page_leaks_into_a_component() -> None:
    drawn = draw(
        '<c-field name="a" label="A" />', error="of the page", hint="of the page", value="of the page"
    )
    assert "of the page" not in drawn
