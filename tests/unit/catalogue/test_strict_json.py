"""JSON is read without trust."""

import pytest

from homeport.catalogue.readers.instrument import NotAnInstrument
from homeport.catalogue.readers.strict_json import load_json


def test_plain_json_is_read() -> None:
    assert load_json('{"a": [1, 2.5, null, true, {"b": "c"}]}') == {"a": [1, 2.5, None, True, {"b": "c"}]}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[" * 1_000_000, "nested far too deep"),
        ('{"a":' * 500_000, "nested far too deep"),
        ("[" * 100 + "]" * 100, "nested far too deep"),
        ('{"a": NaN}', "NaN"),
        ('{"a": -Infinity}', "Infinity"),
        ('{"a": 1, "b": 2, "a": 3}', "'a' twice"),
        ("9" * 10_000, "too long"),
        ('{"a": 1,}', "not valid JSON"),
        ("{'a': 1}", "not valid JSON"),
        ('{"a": 1} extra', "not valid JSON"),
        ('{"a": "\n"}', "not valid JSON"),
    ],
)
def test_tricks_are_refused_in_one_line(text: str, why: str) -> None:
    with pytest.raises(NotAnInstrument, match=why) as refusal:
        load_json(text)
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 200


def test_a_field_that_is_there_twice_is_found_quickly_among_many() -> None:
    many = ",".join(f'"k{number}":1' for number in range(200_000))
    with pytest.raises(NotAnInstrument, match="'k7' twice"):
        load_json(f'{{{many},"k7":2}}')
