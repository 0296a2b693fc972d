"""Small things said of FHIR elements: fields of the right kind, extensions, translations, codings."""

from collections.abc import Iterator
from typing import Any

LOINC = "http://loinc.org"


def mapping(value: Any) -> dict[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; [] for anything else."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def string(value: Any) -> str:
    """The value if it is text, else ""."""
    return value if isinstance(value, str) else ""


def extensions(element: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each extension's short name (the end of its address) and its value."""
    for extension in objects(element.get("extension")):
        name = string(extension.get("url")).rstrip("/").rsplit("/", 1)[-1]
        value = next((value for field, value in extension.items() if field.startswith("value")), None)
        yield name, value


def has_extension(element: dict[str, Any], ending: str) -> bool:
    """Whether an extension's name ends so and its value is not false."""
    return any(name.endswith(ending) and value is not False for name, value in extensions(element))


def loinc_codes(element: dict[str, Any]) -> tuple[str, ...]:
    """The LOINC codes among an element's codings. A coding without a system is not taken for LOINC."""
    codings = element.get("code")
    return tuple(
        string(coding.get("code"))
        for coding in objects(codings)
        if string(coding.get("system")).rstrip("/") == LOINC and string(coding.get("code"))
    )


def said(element: dict[str, Any], field: str, language: str, base: str) -> str:
    """A text in a language: the field itself in the base language, else its translation; "" where there is none."""
    if not language or language == base:
        return string(element.get(field))
    return dict(translations(element, field)).get(language, "")


def translations(element: dict[str, Any], field: str) -> Iterator[tuple[str, str]]:
    """The translations of a text as (language, text)."""
    for extension in objects(mapping(element.get("_" + field)).get("extension")):
        if string(extension.get("url")).rsplit("/", 1)[-1] == "translation":
            parts = dict(extensions(extension))
            yield string(parts.get("lang")), string(parts.get("content"))
