"""Reading YAML without trust: what is refused, and in which words."""

import pytest

from homeport.content.instruments.strict import LARGEST, Fields, load_yaml
from homeport.core.errors import ContentError

REFUSED = {
    "a: 1\nb: 2\na: 3\n": "x.yaml: line 3: the field 'a' is there twice.",
    "a:\n  - {b: 1, b: 1}\n": "x.yaml: line 2: the field 'b' is there twice.",
    "a: &one [1]\nb: *one\n": "x.yaml: line 1: anchors are not used here.",
    "a: !!python/object/apply:os.system ['true']\n": "x.yaml: line 1: this is not valid YAML",
    "a: !expression 1 + 1\n": "x.yaml: line 1: this is not valid YAML",
    "{[a]: 1}": "x.yaml: line 1: a field needs a plain name.",
    "a: !!timestamp 2026-01-01": "x.yaml: 2026-01-01 is a date; quote it if it is text.",
    "a: !!set {b, c}": "x.yaml: {",
    "a: !!binary aGVsbG8=": "x.yaml: b'hello' is a bytes; quote it if it is text.",
    "a: !!float .nan": "x.yaml: nan is not a number to work with.",
    "a: [1\n": "x.yaml: line 2: this is not valid YAML",
    "a: 1\n---\nb: 2\n": "x.yaml: line 2: this is not valid YAML",
    "a: " + "[" * 100_000: "x.yaml: line 1: this is nested more than 30 deep.",
    " " * (LARGEST + 1): "x.yaml: the file is larger than",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_plain_is_refused_by_place(text: str) -> None:
    with pytest.raises(ContentError) as caught:
        load_yaml(text, "x.yaml")
    assert str(caught.value).startswith(REFUSED[text])


def test_a_bomb_of_aliases_never_unfolds() -> None:
    layers = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    layers += [
        f"{new}: &{new} [{', '.join(['*' + old] * 9)}]"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    with pytest.raises(ContentError, match="anchors"):
        load_yaml("\n".join(layers), "x.yaml")


def test_words_stay_words() -> None:
    content = load_yaml(
        "{a: no, b: 012, c: 12:30, d: 2026-01-01, e: .inf, f: 1.50, g: -3, h: true}", "x.yaml"
    )
    assert content == {
        "a": "no", "b": "012", "c": "12:30", "d": "2026-01-01", "e": ".inf", "f": 1.5, "g": -3, "h": True
    }  # fmt: skip


def read(text: str) -> Fields:
    return Fields(load_yaml(text, "x.yaml"), "x.yaml")


@pytest.mark.parametrize(
    ("text", "method", "message"),
    [
        ("a: 1", "text", "x.yaml: 'a' must be text, not 1."),
        ("a: '1'", "number", "x.yaml: 'a' must be a number, not '1'."),
        ("a: true", "integer", "x.yaml: 'a' must be a whole number, not true or false."),
        ("a: 1.5", "integer", "x.yaml: 'a' must be a whole number, not 1.5."),
        ("a: [1]", "text", "x.yaml: 'a' must be text, not a list."),
        ("a:", "text", "x.yaml: 'a' must be text, not nothing."),
        ("a: 1", "flag", "x.yaml: 'a' must be true or false, not 1."),
        ("b: 1", "text", "x.yaml: the field 'a' is missing."),
        ("a: [x, x]", "texts", "x.yaml: 'a' names something twice."),
        ("a: [x, 1]", "texts", "x.yaml: 'a' must be a list of texts."),
        ("a: [true]", "numbers", "x.yaml: 'a' must be a list of numbers."),
        ("a: {b: 1}", "words", "x.yaml: 'a' must map text to text."),
        ("a: [1]", "each", "x.yaml: a[1]: expected fields with values, found 1."),
    ],
)
def test_a_wrong_type_is_named(text: str, method: str, message: str) -> None:
    with pytest.raises(ContentError) as caught:
        getattr(read(text), method)("a")
    assert str(caught.value) == message


def test_a_word_outside_the_choice_is_named() -> None:
    with pytest.raises(ContentError, match=r"'a' is 'c'; it must be one of x, y\."):
        read("a: c").choice("a", ("x", "y"))


def test_an_unknown_field_is_refused_once_everything_known_was_asked() -> None:
    fields = read("{a: 1, formula: 'a + b'}")
    fields.integer("a")
    with pytest.raises(ContentError, match=r"x\.yaml: unknown field 'formula'\."):
        fields.done()


def test_an_absent_optional_field_is_none_and_a_default_is_not_checked() -> None:
    fields = read("{a: 1}")
    assert fields.optional_number("b") is None
    assert fields.optional_integer("a") == 1
    assert fields.text("c", "x") == "x"
    fields.done()
