"""Pages of which little changes: a template drawn once a language, its gaps filled for each visitor.

A step of the assessment is asked for more often than any other page, and all but six words of it are the same for
everybody. The template is drawn with a mark in each gap and cut at the marks; filling escapes what goes in. Nothing of one
visitor is ever in what is kept.
"""

import re
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from homeport.web.shell import shell

_MARK = "\x00{}\x00"  # a character that no page holds, so that nothing else is taken for a gap
_CUT = re.compile("\x00([a-z_]+)\x00")


class Stencil:
    """A drawn template with named gaps."""

    def __init__(self, drawn: str) -> None:
        parts = _CUT.split(drawn)
        self.literals, self.gaps = parts[::2], parts[1::2]

    def fill(self, values: dict[str, Any]) -> SafeString:
        """The page with its gaps filled; a value that is not marked safe is escaped. Raises KeyError for a gap left open."""
        written = [self.literals[0]]
        for gap, literal in zip(self.gaps, self.literals[1:], strict=True):
            value = values[gap]
            written += (value if isinstance(value, SafeString) else escape(str(value)), literal)
        return mark_safe("".join(written))  # noqa: S308 - a template's own output and escaped values


def stencil(template: str, language: str, gaps: tuple[str, ...], **fixed: Any) -> Stencil:
    """The template with ``gaps`` left open and ``fixed`` (hashable) drawn in; kept a language, unless in debugging."""
    cut = _cut.__wrapped__ if settings.DEBUG else _cut
    return cut(template, language, gaps, tuple(sorted(fixed.items())))


def forget() -> None:
    """Draw everything anew (tests that change the settings a page is drawn under)."""
    _cut.cache_clear()


@lru_cache(maxsize=256)
def _cut(
    template: str,
    language: str,  # noqa: ARG001 - what the kept stencil belongs to; drawing follows the active language
    gaps: tuple[str, ...],
    fixed: tuple[tuple[str, Any], ...],
) -> Stencil:
    context = {**shell(HttpRequest()), **dict(fixed), **{gap: mark_safe(_MARK.format(gap)) for gap in gaps}}  # noqa: S308
    return Stencil(render_to_string(template, context))
