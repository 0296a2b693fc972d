"""The tags behind the components: small, pure and cached, since every page pays for them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import heroicons
from django import template
from django.conf import settings
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from homeport.content.crisis import place_by_code
from homeport.core.clock import today
from homeport.people.known import known
from homeport.web.bar import bar
from homeport.web.lines import emergency_lines
from homeport.web.shell import for_everybody

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


@register.simple_tag
def part(name: str, here: str = "") -> SafeString:
    """A part of the shell that is the same for everybody in one language (header, footer): drawn once a process.

    ``name`` is its template, ``here`` the area of the site that is marked as the current one. It sees nothing of
    the request, so nothing of one visitor can reach another.
    """
    if settings.DEBUG:
        return _draw(str(name), str(here))
    return _drawn(str(name), str(here), get_language() or settings.LANGUAGE_CODE)


@lru_cache(maxsize=64)
def _drawn(name: str, here: str, language: str) -> SafeString:  # noqa: ARG001 - the cache is keyed by the language
    return _draw(name, here)


def _draw(name: str, here: str) -> SafeString:
    # A template's own output: Django has escaped what needed escaping.
    return mark_safe(get_template(name).render({**for_everybody(), "here": here}))  # noqa: S308


@register.simple_tag
def emergency_call() -> Mapping[str, str]:
    """``place``, ``href`` and ``label`` of the first number to call where the practice is; empty where that is not known."""
    return _emergency_call(known().crisis_region or settings.CRISIS_REGION, today(), get_language() or "en")


@lru_cache(maxsize=16)
def _emergency_call(region: str, day: date, language: str) -> Mapping[str, str]:  # noqa: ARG001 - keyed by the language
    place = place_by_code(region)
    if not place.country:
        return {}
    for line in emergency_lines(place, day):
        for each in line.channels:
            if each.href.startswith("tel:"):
                unchecked = "" if line.standing == "verified" and not each.provisional else "yes"
                return {
                    "place": place.country_name,
                    "href": each.href,
                    "label": each.label,
                    "unchecked": unchecked,
                }
    return {}


@register.simple_tag(takes_context=True)
def top_inside(context: Mapping[str, Any], here: str = "") -> SafeString:
    """The bar above a page behind the sign-in, with what this person's roles open."""
    return bar(context.get("request"), str(here))


@receiver(setting_changed)
def _draw_anew(**_: object) -> None:
    """A test changed a setting: what was drawn under the old one is void."""
    _drawn.cache_clear()


@register.simple_tag
def choices(key: str, name: str, options: Iterable[Sequence[str]], chosen: object = "") -> SafeString:
    """The answers of ``<c-radio-list>``: one label an option, drawn here because the question page is made of them.

    ``options`` are (value, words) or (value, words, hint). The first has the id ``key``, so that an error's link
    leads to it.
    """
    key, name, chosen = conditional_escape(key), conditional_escape(name), str(chosen)
    drawn = []
    for number, (value, words, *hint) in enumerate(options):
        mark = " checked" if str(value) == chosen else ""
        own = f"{key}-{number + 1}" if number else key
        more = f'<span class="choice-hint">{conditional_escape(hint[0])}</span>' if hint and hint[0] else ""
        drawn.append(
            f'<label class="choice"><input type="radio" name="{name}" id="{own}" '
            f'value="{conditional_escape(value)}"{mark}><span class="choice-text">'
            f"<span>{conditional_escape(words)}</span>{more}</span></label>"
        )
    # Every value that came in was escaped above; format_html would do the same at three times the cost.
    return mark_safe("".join(drawn))  # noqa: S308
