"""What no template may hold: inline style or script, parts from another host, words that cannot be
translated."""

import re
from pathlib import Path

from tests.checks.finding import Outcome, files_of
from tests.checks.visible_text import untranslated

# The name of the software, of a fixed thing, or a sign: the same in every language.
SAME_EVERYWHERE = {"Homeport", "findahelpline.com", "JSON", "PDF", "CSV", "doi:"}
# Shows components to those who build pages; no visitor is led there.
FOR_BUILDERS = {"gallery.html"}

_COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}", re.DOTALL)
_INLINE = {
    "an inline style": re.compile(r"<[^>]*?\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script in the page": re.compile(
        r"<script\b(?![^>]*\bsrc\s*=)(?![^>]*type\s*=\s*[\"']application/json)", re.IGNORECASE
    ),
    "an event handler": re.compile(r"<[^>]*?\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "a script as an address": re.compile(r"[\"']\s*javascript:", re.IGNORECASE),
}
_ELSEWHERE = r"\s*=\s*[\"']?(?:https?:)?//"
_LOADS = re.compile(
    r"<(?:script|img|iframe|video|audio|source|embed|object|use|image)\b[^>]*?\b(?:src|srcset|data|href)"
    + _ELSEWHERE
    + r"|<link\b[^>]*?\bhref"
    + _ELSEWHERE,
    re.IGNORECASE,
)


def templates(root: Path) -> list[Path]:
    """The templates of the package."""
    return [path for path in files_of(root, ".html") if "templates" in path.parts]


def inline(root: Path) -> Outcome:
    """Style or script inside a page, which the content policy would stop, and parts loaded from elsewhere."""
    outcome = Outcome()
    for path in templates(root):
        text = _COMMENT.sub("", path.read_text(encoding="utf-8"))
        name = path.relative_to(root).as_posix()
        outcome.faults += [f"{name}: {what}" for what, pattern in _INLINE.items() if pattern.search(text)]
        if _LOADS.search(text):
            outcome.faults.append(f"{name}: something loaded from another host")
    return outcome


def translation(root: Path) -> Outcome:
    """Words that a person sees or hears and that no language but English can have."""
    outcome = Outcome()
    for path in templates(root):
        if path.name in FOR_BUILDERS:
            continue
        name = path.relative_to(root).as_posix()
        words = [text for text in untranslated(path.read_text(encoding="utf-8")) if _stays(text)]
        outcome.faults += [f"{name}: {' '.join(text.split())[:60]!r} cannot be translated" for text in words]
    return outcome


def _stays(text: str) -> bool:
    for word in SAME_EVERYWHERE:
        text = text.replace(word, "")
    return bool(re.search(r"[^\W\d_]{2,}", re.sub(r"&\w+;", " ", text)))
