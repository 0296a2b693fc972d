"""Reading keys without trust: safe YAML, no duplicate keys, no anchors, and every field accounted for.

Unlike `content.strict_yaml` this uses the C parser where there is one (a scoring command reads every key before its
first row) and lets a whole number name a field (percentiles, answer values).
"""

import math
import re
from collections.abc import Hashable, Iterable
from typing import Any, NoReturn, TypeVar

import yaml

from homeport.core.errors import ContentError

DEEPEST = 30  # our own files nest six deep
LARGEST = 1_000_000  # characters; the largest packaged file is a twentieth of it
_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_REQUIRED: Any = object()
_Choice = TypeVar("_Choice", bound=str)


class _Refused(Exception):
    """Found while parsing; the message still lacks the name of the file."""


class _UniqueKeyLoader(_BASE):  # type: ignore[misc]  # the C loader is there only where libyaml is
    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise _Refused(f"line {line}: a field needs a plain name.")
            if key_node.value in seen:
                raise _Refused(f"line {line}: the field {key_node.value!r} is there twice.")
            seen.add(key_node.value)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return mapping


# YAML 1.1 reads `no` as false, `012` as ten and `12:30` as 750. Here only these forms are more than text.
for _tag, _pattern, _first in (
    ("null", r"null|~|", ["n", "~", ""]),
    ("bool", r"true|false", ["t", "f"]),
    ("int", r"-?(?:0|[1-9][0-9]*)", list("-0123456789")),
    ("float", r"-?(?:0|[1-9][0-9]*)\.[0-9]+", list("-0123456789")),
):
    _UniqueKeyLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), _first
    )


def load_yaml(text: str, where: str) -> Any:
    """The content of a YAML text as plain dicts, lists, strings, numbers, booleans and None.

    ``where`` names the file in errors. Raises ContentError for anything else: bad syntax, a duplicate key, an anchor
    or alias (a small file could unfold into a huge one), a tag, nesting deeper than ``DEEPEST`` (a hundred thousand
    brackets take the parser twenty seconds), or more than ``LARGEST`` characters.
    """
    if len(text) > LARGEST:
        raise ContentError(f"{where}: the file is larger than {LARGEST:,} characters.")
    try:
        _check_events(text)
        content = yaml.load(text, Loader=_UniqueKeyLoader)  # noqa: S506 - a safe loader with one more check
    except _Refused as error:
        raise ContentError(f"{where}: {error}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        problem = str(getattr(error, "problem", None) or error).strip() or "unreadable"
        place = getattr(error, "problem_mark", None)
        line = f"line {place.line + 1}: " if place else ""
        raise ContentError(f"{where}: {line}this is not valid YAML ({problem}).") from None
    _check_plain(content, where)
    return content


def _check_events(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_BASE):
        line = event.start_mark.line + 1 if event.start_mark else "?"
        if getattr(event, "anchor", None):  # an alias carries the name of its anchor
            raise _Refused(f"line {line}: anchors are not used here.")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _Refused(f"line {line}: this is nested more than {DEEPEST} deep.")


def _check_plain(content: Any, where: str) -> None:
    stack = [content]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            stack += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            stack += value
        elif not isinstance(value, (str, int, float, bool, type(None))):
            raise ContentError(f"{where}: {value!s} is a {type(value).__name__}; quote it if it is text.")
        elif isinstance(value, float) and not math.isfinite(value):
            raise ContentError(f"{where}: {value} is not a number to work with.")


class Fields:
    """One mapping, read field by field. :meth:`done` refuses what nobody asked for."""

    def __init__(self, content: Any, where: str) -> None:
        if not isinstance(content, dict):
            raise ContentError(f"{where}: expected fields with values, found {_kind(content)}.")
        self._content: dict[Any, Any] = content
        self._where = where
        self._asked: set[Any] = set()

    def fail(self, message: str) -> NoReturn:
        """Raise a ContentError that names the place."""
        raise ContentError(f"{self._where}: {message}")

    def has(self, name: str) -> bool:
        """Whether the field is there."""
        return name in self._content

    def names(self) -> tuple[str, ...]:
        """The names of all fields, which must be text."""
        if not all(isinstance(name, str) for name in self._content):
            self.fail("every field must have a name.")
        return tuple(self._content)

    def raw(self, name: str, default: Any = _REQUIRED) -> Any:
        """The value as it stands."""
        self._asked.add(name)
        if name in self._content:
            return self._content[name]
        if default is _REQUIRED:
            self.fail(f"the field {name!r} is missing.")
        return default

    def _typed(self, name: str, default: Any, kinds: tuple[type, ...], word: str) -> Any:
        value = self.raw(name, default)
        if name not in self._content:
            return value
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            self.fail(f"{name!r} must be {word}, not {_kind(value)}.")
        return value

    def text(self, name: str, default: Any = _REQUIRED) -> str:
        """A string, without blanks at its ends."""
        value: str = self._typed(name, default, (str,), "text")
        return value.strip()

    def integer(self, name: str) -> int:
        """A whole number."""
        value: int = self._typed(name, _REQUIRED, (int,), "a whole number")
        return value

    def optional_integer(self, name: str) -> int | None:
        """A whole number, or None where the field is absent."""
        self._asked.add(name)
        return self.integer(name) if self.has(name) else None

    def number(self, name: str, default: Any = _REQUIRED) -> float:
        """A number."""
        return float(self._typed(name, default, (int, float), "a number"))

    def optional_number(self, name: str) -> float | None:
        """A number, or None where the field is absent."""
        self._asked.add(name)
        return self.number(name) if self.has(name) else None

    def flag(self, name: str, default: Any = _REQUIRED) -> bool:
        """True or false."""
        value: bool = self._typed(name, default, (bool,), "true or false")
        return value

    def choice(self, name: str, allowed: Iterable[_Choice]) -> _Choice:
        """One of the allowed words."""
        value = self.text(name)
        words = tuple(allowed)
        if value not in words:
            self.fail(f"{name!r} is {value!r}; it must be one of {', '.join(words)}.")
        return words[words.index(value)]

    def items(self, name: str, default: Any = _REQUIRED) -> list[Any]:
        """A list."""
        value: list[Any] = self._typed(name, default, (list,), "a list")
        return value

    def texts(self, name: str, default: Any = _REQUIRED) -> tuple[str, ...]:
        """A list of strings without repetition."""
        values = self.items(name, default)
        if not all(isinstance(value, str) for value in values):
            self.fail(f"{name!r} must be a list of texts.")
        if len(set(values)) != len(values):
            self.fail(f"{name!r} names something twice.")
        return tuple(values)

    def numbers(self, name: str) -> tuple[float, ...]:
        """A list of numbers."""
        values = self.items(name)
        if not all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values):
            self.fail(f"{name!r} must be a list of numbers.")
        return tuple(float(value) for value in values)

    def mapping(self, name: str, default: Any = _REQUIRED) -> dict[Any, Any]:
        """A mapping with free keys."""
        value: dict[Any, Any] = self._typed(name, default, (dict,), "fields with values")
        return value

    def words(self, name: str, default: Any = _REQUIRED) -> dict[str, str]:
        """A mapping from text to text."""
        value = self.mapping(name, default)
        if not all(isinstance(key, str) and isinstance(word, str) for key, word in value.items()):
            self.fail(f"{name!r} must map text to text.")
        return value

    def all_words(self) -> dict[str, str]:
        """Every field of this mapping as text."""
        return {name: self.text(name) for name in self.names()}

    def each(self, name: str, default: Any = _REQUIRED) -> list["Fields"]:
        """A list of mappings."""
        return [
            Fields(value, f"{self._where}: {name}[{place}]")
            for place, value in enumerate(self.items(name, default), start=1)
        ]

    def within(self, name: str) -> "Fields":
        """A mapping inside this one."""
        return Fields(self.raw(name), f"{self._where}: {name}")

    def done(self) -> None:
        """Raise for any field that was never asked for."""
        unknown = [str(name) for name in self._content if name not in self._asked]
        if unknown:
            self.fail(f"unknown field {', '.join(repr(name) for name in unknown)}.")


def _kind(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (dict, list)):
        return "fields with values" if isinstance(value, dict) else "a list"
    return f"{value!r}"
