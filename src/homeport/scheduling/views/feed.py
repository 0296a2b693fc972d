"""One's times in one's own calendar: the page that makes the address, and what is at the address."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from homeport.access.gate import FORM, READS, WRITES, Hidden, actor_in, person_in, route
from homeport.accounts.throttle import Rule, claim
from homeport.audit.verbs import Verb
from homeport.people.posting import saved
from homeport.scheduling.calendar.writing import MEDIA_TYPE
from homeport.scheduling.feeding import feed_of
from homeport.scheduling.models import CalendarFeed
from homeport.scheduling.services.keep_calendar_feed import digest_of, drop_calendar_feed, make_calendar_feed

# Calendars look every few minutes to every few hours; what looks oftener waits.
LOOKS = Rule(
    "calendar feed",
    free=30,
    first=timedelta(minutes=1),
    longest=timedelta(minutes=5),
    forgotten=timedelta(hours=1),
)


@route(verb=Verb.GRANT, methods=FORM)
def settings_page(request: HttpRequest) -> HttpResponse:
    """Whether there is an address, and making one: it is shown this once."""
    address = ""
    if request.method == "POST":
        secret = make_calendar_feed(actor=actor_in(request), person_id=person_in(request))
        address = f"{settings.ADDRESS}{reverse('calendar-file', args=[secret])}"
    feed = CalendarFeed.objects.filter(person_id=person_in(request)).first()
    return render(request, "scheduling/feed.html", {"here": "account", "feed": feed, "address": address})


@route(verb=Verb.REVOKE, methods=WRITES)
def drop(request: HttpRequest) -> HttpResponse:
    """Take the address back."""
    drop_calendar_feed(actor=actor_in(request), person_id=person_in(request))
    return saved(request, _("The address opens nothing any more."), "calendar-feed")


@csrf_exempt  # no cookie is read or set: the secret in the address is all there is
@route(verb=Verb.EXPORT, public=True, methods=READS)
def file(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar file. Whoever has no such address finds nothing, whether it never was or was taken back."""
    feed = CalendarFeed.objects.filter(digest=digest_of(secret)).select_related("person").first()
    if feed is None:
        raise Hidden
    wait = claim(LOOKS, str(feed.pk))
    if wait is not None:
        return HttpResponse(status=429, headers={"Retry-After": str(int(wait.total_seconds()) + 1)})
    body = feed_of(feed.person)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match", "").removeprefix("W/") == etag:
        return HttpResponseNotModified(headers={"ETag": etag})
    return HttpResponse(
        body,
        content_type=MEDIA_TYPE,
        headers={"ETag": etag, "Content-Disposition": 'attachment; filename="times.ics"'},
    )
