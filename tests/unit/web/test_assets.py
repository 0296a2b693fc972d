"""Templates, styles and scripts hold to the content policy by how they are written."""

import re
from pathlib import Path

import pytest

import homeport.web

ROOT = Path(homeport.web.__file__).parent
TEMPLATES = sorted(ROOT.glob("templates/**/*.html"))
STYLES = sorted(ROOT.glob("static/web/css/*.css"))
SCRIPTS = sorted(ROOT.glob("static/web/js/*.js"))
LINES = 150


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_there_is_something_to_look_at() -> None:
    assert len(TEMPLATES) > 25
    assert len(STYLES) > 6
    assert SCRIPTS


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_templates_have_nothing_inline_and_nothing_foreign(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=", text), "inline style"
    assert not re.search(r"\son[a-z]+=\"", text), "inline handler"
    assert not re.search(r"<script(?![^>]*\ssrc=)", text), "inline script"
    assert "<style" not in text
    assert not re.search(r"<(?:script|link|img|iframe|use)[^>]*(?:src|href)=[\"'](?:https?:)?//", text)
    assert len(text.splitlines()) < LINES


@pytest.mark.parametrize("path", STYLES, ids=named)
def test_styles_load_nothing_and_live_in_layers(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert "url(" not in text
    assert "@import" not in text
    assert "@font-face" not in text
    assert text.count("{") == text.count("}")
    depth, outside = 0, ""
    for sign in text:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        outside += sign if depth == 0 and sign not in "{}" else ""
    rest = re.sub(r"@layer [\w, ]+;?", "", outside)
    assert not rest.strip(), f"outside any layer: {rest.strip()[:80]}"


@pytest.mark.parametrize("path", SCRIPTS, ids=named)
def test_scripts_keep_nothing_and_call_nobody(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for forbidden in (
        "localStorage",
        "sessionStorage",
        "indexedDB",
        "document.cookie",
        "sendBeacon",
        "https://",
        "eval(",
    ):
        assert forbidden not in text
