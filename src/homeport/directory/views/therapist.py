"""One therapist's page, and their picture."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from homeport.access.gate import FORM, Hidden, route
from homeport.audit.verbs import Verb
from homeport.core.open_pages import open_page
from homeport.directory.carried import Carried, Lost, begin, seal, unseal
from homeport.directory.forms.wishes import WishesForm, carried, offered_to
from homeport.directory.free import clock_of, in_words, soonest
from homeport.directory.models import Profile
from homeport.directory.page import page_of
from homeport.directory.pictures import MEDIA_TYPE
from homeport.directory.selectors import photo_shown, profile_shown
from homeport.people.selectors import the_practice
from homeport.scheduling.groups import open_groups

KEPT_FOR = 600  # seconds a browser may keep a picture, as it may an article
SIZES = ("large", "small")


@csrf_exempt  # see views/search.py: wishes come along in the form, and nobody is known behind it
@open_page()
@route(verb=Verb.READ, public=True, methods=FORM)
def therapist(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything they say of themselves. Posted: with the way back to the list that one came from."""
    profile = profile_shown(slug)
    if profile is None:
        raise Hidden
    data = request.POST if request.method == "POST" else QueryDict()
    listed = _from_short_list(data)
    zone = (listed.wishes.zone if listed else data.get("zone")) or profile.therapist.person.zone
    times = [in_words(one.begins_at, zone) for one in soonest([profile], count=3)[profile.therapist_id]]
    more = {
        "carried": [] if listed else carried(data),
        "page_number": number if (number := data.get("page", "")).isdigit() else "",
        "from_short_list": listed is not None,
        "sealed": seal(listed) if listed else _sealed(data),
        "times": list(dict.fromkeys(times)),
        "groups": [
            (each, in_words(each.programme.coming[0].begins_at, zone))
            for each in open_groups(profile.therapist_id, clock_of(zone).key)
        ],
        "clock": zone.rpartition("/")[2].replace("_", " "),
    }
    return render(request, "directory/therapist.html", shown_page(profile) | more)


def _from_short_list(data: QueryDict) -> Carried | None:
    """What the short list carried along; None where one came from elsewhere, or it is too old to lead back."""
    sealed = data.get("carried", "")
    try:
        return unseal(sealed) if sealed else None
    except Lost:
        return None


def _sealed(data: QueryDict) -> str:
    """The same wishes as the pages that ask a therapist something carry them; empty where none came along."""
    if not data:
        return ""
    form = WishesForm(data, offered_to(the_practice(), data.get("where", ""), data))
    return seal(replace(begin(), wishes=form.wishes())) if form.is_valid() else ""


def shown_page(profile: Profile) -> dict[str, object]:
    """What the page shows, to everybody and in a preview alike."""
    return {"here": "therapists", "profile": profile, "therapist": page_of(profile)}


@open_page(cache_seconds=KEPT_FOR)
@route(verb=Verb.READ, public=True)
def photo(request: HttpRequest, slug: str, size: str) -> HttpResponse:  # noqa: ARG001 - a view takes the request
    """The picture, as we drew it; there for as long as the page is."""
    if size not in SIZES:
        raise Hidden
    return as_picture(photo_shown(slug, size))


def as_picture(content: bytes | None) -> HttpResponse:
    """A picture of ours and nothing else, whatever a browser may think of it."""
    if content is None:
        raise Hidden
    headers = {
        "Content-Disposition": 'inline; filename="photo.webp"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return HttpResponse(content, content_type=MEDIA_TYPE, headers=headers)
