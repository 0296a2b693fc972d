"""Looking for a therapist, without an account and without a trace: see docs/adr/0012.

What somebody wishes comes in a posted form and goes back with the page; no address, no cookie, no row holds it. Such a
form carries no authority, as there is nobody known behind it: that is why it needs no guard, which would need a cookie.
"""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from homeport.access.gate import FORM, route
from homeport.audit.verbs import Verb
from homeport.core.open_pages import open_page
from homeport.directory.forms.wishes import KILOMETRES, WishesForm, carried, offered_to
from homeport.directory.free import looked_late, soonest
from homeport.directory.presenters import card, coarse_times, concern_groups, loosenings
from homeport.directory.selectors import search
from homeport.directory.wishes import Wishes
from homeport.people.selectors import the_practice
from homeport.safety.crisis_text import speaks_of_danger


@csrf_exempt
@open_page()
@route(verb=Verb.LIST, public=True, methods=FORM)
def therapists(request: HttpRequest) -> HttpResponse:
    """The wishes and whom they find; everybody who is there, where nothing was wished yet."""
    data = request.POST if request.method == "POST" else None
    offered = offered_to(the_practice(), data.get("where", "") if data is not None else "", data)
    form = WishesForm(data, offered)
    sound = data is not None and form.is_valid()
    wishes = form.wishes() if sound else Wishes(where=offered.where, zone=offered.zone)
    found = search(wishes, page=_page(data))
    times = soonest(found.profiles, wanted=wishes.format, way=wishes.way, count=None if wishes.times else 1)
    sent = carried(data) if data is not None else []
    # What was typed stands open, also where something in it cannot be read.
    given = set(wishes.given) if sound else {name for name, _value in sent}
    context = {
        "here": "therapists",
        "form": form,
        "groups": concern_groups(form["concerns"].value() or []),
        "times": coarse_times(form["times"].value() or []),
        "wishes": wishes,
        "said": data is not None,
        "found": found,
        "cards": [card(profile, wishes, times[profile.therapist_id]) for profile in found.profiles],
        "looked_at": looked_late(wishes),
        "carried": sent,
        "loosen": loosenings(found.loosen, sent),
        "clock": wishes.zone.rpartition("/")[2].replace("_", " ") if any(times.values()) else "",
        "distances": [(str(km), _("%s km") % km) for km in KILOMETRES],
        "before": found.page - 1,
        "after": found.page + 1,
        "person_said": bool({"gender", "identities", "faith", "populations", "words"}.intersection(given)),
        "more_said": bool({"near", "times", "most_fee", "language"}.intersection(wishes.given))
        or (not sound and data is not None),
        "danger": wishes.opens_safety_path or speaks_of_danger(wishes.words),
    }
    return render(request, "directory/therapists.html", context, status=200 if data is None or sound else 422)


def _page(data: QueryDict | None) -> int:
    typed = data.get("page", "1") if data is not None else "1"
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 1
