"""The measure of rooms can be exceeded, and that shows."""

from pathlib import Path

from tests.checks import room_sizes


def test_what_is_over_is_noted_and_what_is_far_over_fails(tmp_path: Path) -> None:
    (tmp_path / "long.py").write_text("x = 1\n" * 301)
    (tmp_path / "longer.py").write_text("x = 1\n" * 401)
    (tmp_path / "page.html").write_text("<p>\n" * 151)
    (tmp_path / "pages.html").write_text("<p>\n" * 201)
    body = "    x = 1\n"
    (tmp_path / "f.py").write_text(
        f"def fits():\n{body * 39}\n\ndef over():\n{body * 40}\n\nasync def far():\n{body * 60}"
    )
    outcome = room_sizes.check(tmp_path)
    assert outcome.notes == [
        "f.py: over() has 41 lines (aim 40)",
        "long.py: 301 lines (aim 300)",
        "page.html: 151 lines (aim 150)",
    ]
    assert outcome.faults == [
        "f.py: far() has 61 lines (ceiling 60)",
        "longer.py: 401 lines (ceiling 400)",
        "pages.html: 201 lines (ceiling 200)",
    ]
