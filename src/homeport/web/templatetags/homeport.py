"""The tags behind the components: small, pure and cached, since every page pays for them."""

from functools import lru_cache

import heroicons
from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def icon(name: str, size: int = 24, style: str = "outline") -> SafeString:
    """An icon of the Heroicons set as inline SVG, hidden from screen readers: the words beside it say it.

    ``name`` as in the set ("phone"), ``size`` in CSS pixels, ``style`` outline, solid, mini or micro.
    """
    return _icon(str(name), int(size), str(style))


@lru_cache(maxsize=256)
def _icon(name: str, size: int, style: str) -> SafeString:
    attributes: dict[str, object] = {"class": "icon", "aria-hidden": "true", "focusable": "false"}
    drawn = heroicons._render_icon(style, name, size, attributes)
    # An icon of the package's own wheel: nothing in it comes from a visitor.
    return mark_safe(drawn)  # noqa: S308
