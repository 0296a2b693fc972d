"""What can be booked with a therapist, and their own calendars elsewhere."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.gate import FORM, WRITES, Hidden, actor_in, route
from homeport.audit.verbs import Verb
from homeport.people.models import Therapist
from homeport.people.posting import posted, saved, status_of, tried, tried_beside
from homeport.scheduling.forms.hours import BusyFeedForm, OfferingForm
from homeport.scheduling.models import BusyFeed, Offering
from homeport.scheduling.presenters import money
from homeport.scheduling.services.keep_busy_feed import add_busy_feed, drop_busy_feed
from homeport.scheduling.services.keep_offering import keep_offering
from homeport.scheduling.views.hours import therapist_in


@route(verb=Verb.LIST)
def offerings(request: HttpRequest) -> HttpResponse:
    """Every kind of meeting that one offers."""
    found = Offering.objects.filter(therapist=therapist_in(request)).order_by("-is_open", "kind", "way")
    shown = [(one, money(one.price, one.currency)) for one in found]
    return render(request, "scheduling/offerings.html", {"here": "week", "offerings": shown})


@route(verb=Verb.CREATE, methods=FORM)
def add(request: HttpRequest) -> HttpResponse:
    """Another kind of meeting."""
    therapist = therapist_in(request)
    first = {"by_clients": True, "is_open": True, "currency": therapist.currency}
    form = OfferingForm(posted(request), initial=first)

    def act() -> Offering:
        return keep_offering(actor=actor_in(request), therapist=therapist, said=form.said())

    if request.method == "POST" and tried(form, act) is not None:
        return saved(request, _("It can be booked now."), "offerings")
    return render(request, "scheduling/offering.html", {"here": "week", "form": form}, status=status_of(form))


@route(verb=Verb.CHANGE, methods=FORM)
def change(request: HttpRequest, offering_id: UUID) -> HttpResponse:
    """Change one, or close it."""
    therapist = therapist_in(request)
    offering = _own(therapist, offering_id)
    form = OfferingForm(posted(request), initial=OfferingForm.values(offering))

    def act() -> Offering:
        known = form.cleaned_data["version"] or 0
        return keep_offering(
            actor=actor_in(request), therapist=therapist, said=form.said(), offering=offering, version=known
        )

    done, theirs = tried_beside(form, act, lambda: OfferingForm.values(_own(therapist, offering_id)))
    if done:
        return saved(request, _("Saved. What was booked before stays as it was."), "offerings")
    shown = {"here": "week", "form": form, "theirs": theirs, "offering": offering}
    return render(request, "scheduling/offering.html", shown, status=status_of(form))


def _own(therapist: Therapist, offering_id: UUID) -> Offering:
    found = Offering.objects.filter(pk=offering_id, therapist=therapist).first()
    if found is None:
        raise Hidden
    return found


@route(verb=Verb.CHANGE, methods=FORM)
def calendars(request: HttpRequest) -> HttpResponse:
    """One's own calendars elsewhere, of which only the busy times are read; and giving another one."""
    therapist = therapist_in(request)
    form = BusyFeedForm(posted(request))

    def act() -> BusyFeed:
        return add_busy_feed(actor=actor_in(request), therapist=therapist, **form.cleaned_data)

    if request.method == "POST" and tried(form, act) is not None:
        return saved(request, _("We read it in a minute, and then every half hour."), "busy-calendars")
    feeds = BusyFeed.objects.filter(therapist=therapist).defer("address").order_by("created_at", "pk")
    context = {"here": "week", "form": form, "feeds": feeds}
    return render(request, "scheduling/calendars.html", context, status=status_of(form))


@route(verb=Verb.WITHDRAW, methods=WRITES)
def forget(request: HttpRequest, feed_id: UUID) -> HttpResponse:
    """Forget a calendar, and what was read in it."""
    found = (
        BusyFeed.objects.filter(pk=feed_id, therapist=therapist_in(request))
        .select_related("therapist")
        .first()
    )
    if found is None:
        raise Hidden
    drop_busy_feed(actor=actor_in(request), feed=found)
    return saved(request, _("It is forgotten."), "busy-calendars")
