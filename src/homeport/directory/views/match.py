"""The short questionnaire and the short list: without an account, a cookie or a row (docs/adr/0013).

What was said travels signed in the posted form. Such a form carries no authority, as nobody is known behind it: that is why
it needs no guard, which would need a cookie.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from homeport.access.gate import FORM, actor_in, route
from homeport.audit.verbs import Verb
from homeport.content.articles import Article, find_article
from homeport.core.open_pages import open_page
from homeport.directory.carried import Carried, Lost, begin, seal, unseal
from homeport.directory.concerns import ARTICLES, SAFETY_FIRST
from homeport.directory.forms.match import FORMS, SCREENS, Screen
from homeport.directory.forms.wishes import Offered, offered_to
from homeport.directory.hindsight import in_hindsight
from homeport.directory.known import were_with
from homeport.directory.presenters import Card, card, coarse_times, concern_groups, loosenings
from homeport.directory.reasons import why, why_not
from homeport.directory.shortlist import Listed, shortlist
from homeport.directory.wishes import Wishes
from homeport.people.models import Practice
from homeport.people.selectors import the_practice

LIST = "list"
MOST_TO_READ = 3
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Suits:
    """One therapist of the list, in words."""

    card: Card
    why: list[str]
    why_not: list[str]


def calm(view: View) -> View:
    """One sentence and a way on, for whatever cannot be read as wishes of ours."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Lost as error:
            return render(request, "directory/lost.html", {"sentence": _(str(error))}, status=400)

    return guarded


@csrf_exempt
@open_page()
@route(verb=Verb.LIST, public=True, methods=FORM)
@calm
def match(request: HttpRequest) -> HttpResponse:
    """A screen of the questionnaire, or the list at its end."""
    if request.method != "POST":
        return _ask(request, "brings", begin())
    data = request.POST
    carried = unseal(data.get("carried", ""))
    screen = data.get("screen", "")
    if screen == LIST and data.get("go") == LIST:
        return _list(request, carried)
    if screen == LIST:
        return _ask(request, data.get("go", "") if data.get("go") in SCREENS else SCREENS[0], carried)
    if screen not in SCREENS:
        raise Lost(_("The page came without what it should carry."))
    return _step(request, screen, carried, data)


def _step(request: HttpRequest, screen: str, carried: Carried, data: QueryDict) -> HttpResponse:
    place, back = SCREENS.index(screen), data.get("go") == "back"
    practice = the_practice()
    form = FORMS[screen](
        data, _offered(screen, practice, data.get("where", carried.wishes.where), data), carried
    )
    if form.is_valid():
        carried = form.taken(carried)
    elif not back:
        return _ask(request, screen, carried, form=form, practice=practice)
    if back:
        return _ask(request, SCREENS[max(0, place - 1)], carried, practice=practice)
    if place + 1 < len(SCREENS):
        return _ask(request, SCREENS[place + 1], carried, practice=practice)
    return _list(request, carried)


def _ask(
    request: HttpRequest,
    screen: str,
    carried: Carried,
    *,
    form: Screen | None = None,
    practice: Practice | None = None,
) -> HttpResponse:
    asked = form or FORMS[screen](
        None, _offered(screen, practice or the_practice(), carried.wishes.where), carried
    )
    context: dict[str, Any] = {
        "here": "therapists",
        "screen": screen,
        "form": asked,
        "carried": seal(carried),
        "number": SCREENS.index(screen) + 1,
        "screens": len(SCREENS),
        "danger": carried.wishes.opens_safety_path,
    }
    if screen == "brings":
        context["groups"] = concern_groups(asked["concerns"].value() or [])
    if screen == "meet":
        context["times"] = coarse_times(asked["times"].value() or [])
    return render(request, f"directory/match/{screen}.html", context, status=422 if form else 200)


def _offered(screen: str, practice: Practice | None, where: str, sent: QueryDict | None = None) -> Offered:
    """What there is to choose from on a screen; nothing is asked for one that asks nothing of it."""
    if screen in ("meet", "who"):
        return offered_to(practice, where, sent)
    return Offered(where, (), (), (), practice.zone if practice else "UTC")


def _list(request: HttpRequest, carried: Carried) -> HttpResponse:
    wishes = in_hindsight(carried.wishes, carried.history, carried.before)
    # Whoever is signed in and was with somebody before sees that counted, and told, to them alone.
    found = shortlist(wishes, key=carried.key, seen=were_with(actor_in(request).person_id))
    zone = ZoneInfo(wishes.zone)
    context = {
        "here": "therapists",
        "carried": seal(carried),
        "listed": [_in_words(each, carried, zone) for each in found.listed],
        "found": found,
        "loosen": loosenings(found.loosen),
        "danger": wishes.opens_safety_path,
        "together": wishes.format in ("couple", "family"),
        "reading": _reading(carried.wishes),
    }
    return render(request, "directory/match/list.html", context)


def _reading(wishes: Wishes) -> list[Article]:
    """What the library says of what brings them, each once. Of what opens the way to safety the notice above speaks."""
    slugs = dict.fromkeys(ARTICLES[each] for each in wishes.concerns if each not in SAFETY_FIRST)
    found = (find_article(slug, get_language() or "en") or find_article(slug) for slug in slugs)
    return [article for article in found if article][:MOST_TO_READ]


def _in_words(listed: Listed, carried: Carried, zone: ZoneInfo) -> Suits:
    profile = listed.profile
    return Suits(
        card(profile, carried.wishes), why(listed.match, profile, zone), why_not(listed.match, profile, zone)
    )
