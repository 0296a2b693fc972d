"""YAML that means what it says."""

from datetime import date

import pytest

from homeport.content.strict_yaml import LARGEST, read_yaml
from homeport.core.errors import ContentError


def test_only_plain_values_are_more_than_text() -> None:
    text = (
        "country: NO\ncall: 0800\nopens: 12:30\nsure: yes\non: true\n"
        "day: 2026-11-23\nnothing: null\nn: 12\nx: 1.5\n"
    )
    assert read_yaml(text, "a.yaml") == {
        "country": "NO",
        "call": "0800",
        "opens": "12:30",
        "sure": "yes",
        "on": True,
        "day": date(2026, 11, 23),
        "nothing": None,
        "n": 12,
        "x": 1.5,
    }


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: &x 1\nb: *x", r"aliases are not allowed \(line 2\)"),
        ("a: 1\nb: 2\na: 3", r"'a' appears twice \(line 3\)"),
        ("1: 2", "a key must be text"),
        ("a: !!python/object/apply:os.system [ls]", "could not determine a constructor"),
        ("a: [", "expected"),
        ("day: 2026-13-45", "month must be in 1..12"),
        ("---\na: 1\n---\nb: 2", "another document"),
        ("[" * 5000, "nested too deeply"),
        ("a: \x00", "unacceptable character"),
    ],
)
def test_anything_else_is_refused_in_one_line_that_names_the_file(text: str, fault: str) -> None:
    with pytest.raises(ContentError, match=fault) as refused:
        read_yaml(text, "a.yaml")
    assert str(refused.value).startswith("a.yaml is not readable")
    assert "\n" not in str(refused.value)


def test_a_file_beyond_all_measure_is_not_parsed() -> None:
    with pytest.raises(ContentError, match="too large"):
        read_yaml("a" * (LARGEST + 1), "a.yaml")
