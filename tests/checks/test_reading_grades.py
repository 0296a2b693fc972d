"""A page that is too hard shows, whether its words stand in a template or in a view."""

from pathlib import Path

from tests.checks import reading_grades
from tests.checks.finding import Outcome

from homeport.content.reading import measure

HARD = "Individuals characterised by considerable attachment avoidance habitually deactivate emotional expression. "
PLAIN = "You may need some time alone. That is fine. Say when you will be back. "


def test_a_hard_page_shows_and_a_short_one_cannot() -> None:
    outcome = Outcome()
    reading_grades.weigh(outcome, "hard", HARD * 10, 8)
    reading_grades.weigh(outcome, "short", HARD, 8)
    reading_grades.weigh(outcome, "plain", PLAIN * 10, 6)
    (fault,) = outcome.faults
    assert fault.startswith("hard: grade ")
    assert outcome.notes == []


def test_a_page_close_to_its_measure_is_noted() -> None:
    outcome = Outcome()
    grade = measure(PLAIN * 10).grade
    reading_grades.weigh(outcome, "page", PLAIN * 10, grade + 0.4)
    assert len(outcome.notes) == 1
    assert outcome.faults == []


def test_templates_and_views_are_read(tmp_path: Path) -> None:
    web = tmp_path / reading_grades.WEB
    (web / "templates").mkdir(parents=True)
    (web / "templates" / "page.html").write_text('{% translate "' + HARD * 10 + '" %}')
    (web / "templates" / "gallery.html").write_text('{% translate "' + HARD * 10 + '" %}')
    (web / "youth_views.py").write_text(f'text = _("""{HARD * 10}""")')
    assert [(name, highest) for name, _, highest in reading_grades.pages(tmp_path)] == [
        ("src/homeport/web/templates/page.html", 8.0)
    ]
    (view,) = reading_grades.views(tmp_path)
    assert view == ("src/homeport/web/youth_views.py", HARD * 10, 6.0)


def test_all_kinds_of_content_are_read() -> None:
    names = [name for name, _, _ in reading_grades.content()]
    assert "crisis lines" in names
    assert any(name.startswith("article ") for name in names)
    assert any(name.startswith("questions about ") for name in names)
