"""YAML without its surprises: the safe subset, no aliases, no doubled keys, no words that change meaning.

YAML 1.1 reads ``NO`` as false, ``0800`` as an octal number and ``12:30`` as 750. Content speaks of Norway, of
telephone numbers and of opening hours, so here only ``true``, ``false``, ``null``, decimal numbers and dates
are more than text.
"""

import re
from collections.abc import Hashable
from typing import Any

import yaml

from homeport.core.errors import ContentError

LARGEST = 2_000_000  # characters; every file of ours is far smaller


class _Loader(yaml.SafeLoader):
    """The safe loader with the implicit types named in the module's docstring."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            where = self.get_mark()
            raise yaml.MarkedYAMLError(problem="aliases are not allowed", problem_mark=where)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise yaml.MarkedYAMLError(problem="a key must be text", problem_mark=key_node.start_mark)
            if key in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"the key {key!r} appears twice", problem_mark=key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


for _tag, _pattern, _first in (
    ("null", r"null|~|", "n~"),
    ("bool", r"true|false", "tf"),
    ("int", r"-?(?:0|[1-9]\d*)", "-0123456789"),
    ("float", r"-?(?:0|[1-9]\d*)\.\d+", "-0123456789"),
    ("timestamp", r"\d{4}-\d\d-\d\d", "0123456789"),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}",
        re.compile(rf"^(?:{_pattern})$"),
        [*_first, ""] if _tag == "null" else [*_first],
    )


def read_yaml(text: str, origin: str) -> Any:
    """The content of a YAML text: dict, list, str, int, float, bool, date or None.

    ``origin`` names the text in the error. Raises ContentError, naming the line, for anything
    but one document of the safe subset.
    """
    if len(text) > LARGEST:
        raise ContentError(f"{origin} is too large to be a content file.")
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - _Loader is a SafeLoader made stricter
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ContentError(f"{origin} is not readable: {_why(error)}.") from error


def _why(error: Exception) -> str:
    if isinstance(error, yaml.MarkedYAMLError):
        where = error.problem_mark
        line = f" (line {where.line + 1})" if where else ""
        return f"{error.problem or error.context}{line}"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error).splitlines()[0]
