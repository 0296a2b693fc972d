"""Reading JSON without trust."""

import json
from typing import Any, NoReturn

from homeport.catalogue.readers.instrument import NotAnInstrument

DEEPEST = 60


class _Refused(ValueError):
    """Found while parsing."""


def load_json(text: str, where: str = "The file") -> Any:
    """The content of a JSON text.

    Raises NotAnInstrument for bad syntax, NaN and Infinity, a field that is there twice, numbers with thousands of
    digits, and nesting deeper than ``DEEPEST``.
    """
    try:
        content = json.loads(text, parse_constant=_no_number, object_pairs_hook=_once)
    except _Refused as error:
        raise NotAnInstrument(f"{where} {error}.") from None
    except RecursionError:
        raise NotAnInstrument(f"{where} is nested far too deep for a questionnaire.") from None
    except json.JSONDecodeError as error:
        raise NotAnInstrument(f"{where} is not valid JSON (line {error.lineno}: {error.msg}).") from None
    except ValueError:
        raise NotAnInstrument(f"{where} holds a number that is too long to be one.") from None
    _check_depth(content, where)
    return content


def _no_number(name: str) -> NoReturn:
    raise _Refused(f"holds {name}, which is not a number in JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise _Refused(f"says {name[:60]!r} twice in one place, so it has two meanings")
            seen.add(name)
    return fields


def _check_depth(content: Any, where: str) -> None:
    layer, depth = [content], 0
    while layer:
        depth += 1
        if depth > DEEPEST:
            raise NotAnInstrument(f"{where} is nested far too deep for a questionnaire.")
        layer = [
            inner
            for value in layer
            if isinstance(value, (dict, list))
            for inner in (value.values() if isinstance(value, dict) else value)
        ]
