"""Who looked at my record."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from homeport.access.gate import person_in, route, standing_in
from homeport.audit.selectors import who_looked
from homeport.audit.verbs import Verb
from homeport.cases.selectors import names_of
from homeport.web.presenters.looked import looks


@route(verb=Verb.READ)
def looked(request: HttpRequest) -> HttpResponse:
    """Everybody who read something about me, or something joint in a case that I take part in."""
    events = list(who_looked(person_in(request), case_ids=standing_in(request).participates_in))
    names = names_of({event.person_id for event in events if event.person_id})
    return render(request, "web/looked.html", {"here": "looked", "looks": looks(events, names)})
