"""Rows as plain structures, for a file to take along."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Field, Model


def fields(row: Model, without: Iterable[str]) -> dict[str, Any]:
    """Every column of a row but these, by name; sealed ones opened."""
    kept: list[Field[Any, Any]] = [field for field in row._meta.concrete_fields if field.name not in without]
    return {field.name: plain(getattr(row, field.attname)) for field in kept}


def lasting(rows: Iterable[Any], *names: str) -> list[dict[str, Any]]:
    """Rows that hold for a time: the named columns, from when, until when."""
    return [
        {
            **{name: plain(getattr(row, name)) for name in names},
            "from": plain(row.from_at),
            "until": plain(row.until_at),
        }
        for row in rows
    ]


def plain(value: Any) -> Any:
    """What JSON can say of a value: moments and days as ISO 8601, anything unknown as its text."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | float | str | list | dict) else str(value)
