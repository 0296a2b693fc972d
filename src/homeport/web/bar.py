"""The entries of the bar above the pages behind the sign-in: what somebody's roles, and whom they stand for, open."""

from functools import lru_cache

from django.conf import settings
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.http import HttpRequest
from django.template.loader import get_template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from homeport.access.duties import Duty, may_do
from homeport.access.gate import standing_in
from homeport.access.standing import NOBODY, Standing
from homeport.web.shell import for_everybody

# (area of the site, its address, its words), in the order in which they stand.
ENTRIES: tuple[tuple[str, str, Promise], ...] = (
    ("today", "today", _("Today")),
    ("home", "home", _("Mine")),
    ("appointments", "appointments", _("Appointments")),
    ("cases", "cases", _("Cases")),
    ("week", "week", _("Week")),
    ("desk", "desk", _("The day")),
    ("requests", "requests", _("Requests")),
    ("practice", "practice", _("Practice")),
    ("invitations", "invitations", _("Invitations")),
    ("children", "children", _("Children")),
    ("journal", "journal", _("Journal")),
    ("account", "account", _("Account")),
)


def entries_for(standing: Standing) -> tuple[str, ...]:
    """The areas of the site that are there for this person."""
    runs = may_do(standing, Duty.SEE_STAFF)
    works = may_do(standing, Duty.SEE_OWN_CASES)
    open_to = {
        "today": works,
        "home": True,
        "appointments": bool(standing.participates_in),
        "cases": works,
        "week": may_do(standing, Duty.KEEP_OWN_WORK),
        "desk": may_do(standing, Duty.SEE_DAY),
        "requests": may_do(standing, Duty.ANSWER_REQUESTS),
        "practice": runs,
        "invitations": may_do(standing, Duty.INVITE) and not runs,
        "children": bool(standing.guards),
        # Whoever comes here to work finds their journal and who looked on the page of what is theirs.
        "journal": not (works or runs),
        "account": True,
    }
    return tuple(area for area, _address, _words in ENTRIES if open_to[area])


def bar(request: HttpRequest | None, here: str) -> SafeString:
    """The bar for whoever sent the request, with the area ``here`` marked; drawn once a process for each kind of person."""
    known = request is not None and hasattr(request, "actor")
    standing = standing_in(request) if request is not None and known else NOBODY
    areas = entries_for(standing)
    if settings.DEBUG:
        return _draw(areas, here)
    return _drawn(areas, here, get_language() or settings.LANGUAGE_CODE)


@lru_cache(maxsize=256)
def _drawn(areas: tuple[str, ...], here: str, language: str) -> SafeString:  # noqa: ARG001 - kept by the language
    return _draw(areas, here)


def _draw(areas: tuple[str, ...], here: str) -> SafeString:
    entries = [(area, reverse(address), words) for area, address, words in ENTRIES if area in areas]
    shown = {**for_everybody(), "here": here, "entries": entries}
    # A template's own output: Django has escaped what needed escaping.
    return mark_safe(get_template("web/parts/top_inside.html").render(shown))  # noqa: S308


@receiver(setting_changed)
def _draw_anew(**_settings: object) -> None:
    """A test changed a setting: what was drawn under the old one is void."""
    _drawn.cache_clear()
