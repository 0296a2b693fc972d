"""A small library to read from."""

from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[..., Path]

HEADER = {
    "title": "Feeling close",
    "summary": "What closeness is.",
    "section": "basics",
    "order": "1",
    "audience": "adult",
    "reviewed": "2026-11-01",
    "sources": '[{text: "A book (1988).", mark: read}]',
}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes one article; header fields by name, None leaves one out."""

    def _write(slug: str, body: str = "Some text.", **header: str | None) -> Path:
        fields = {name: value for name, value in {**HEADER, **header}.items() if value is not None}
        lines = "".join(f"{name}: {value}\n" for name, value in fields.items())
        path = tmp_path / f"{slug}.md"
        path.write_text(f"---\n{lines}---\n{body}\n", encoding="utf-8")
        return path

    return _write
