"""Places, rooms and the rules of booking of the practice, for its manager."""

from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.duties import Duty
from homeport.access.gate import FORM, Hidden, actor_in, require_duty, route
from homeport.audit.verbs import Verb
from homeport.people.posting import posted, saved, status_of, tried, tried_beside
from homeport.people.selectors import the_practice
from homeport.scheduling.forms.places import PlaceForm, RoomForm
from homeport.scheduling.models import Place, Room
from homeport.scheduling.services.keep_place import keep_place, keep_room
from homeport.scheduling.views.hours import rules_page


@route(verb=Verb.LIST)
def places(request: HttpRequest) -> HttpResponse:
    """Every place with its rooms."""
    require_duty(request, Duty.CHANGE_PRACTICE)
    rooms = Prefetch("rooms", Room.objects.order_by("name"))
    found = Place.objects.prefetch_related(rooms).order_by("-is_open", "name")
    return render(request, "scheduling/places.html", {"here": "practice", "places": found})


@route(verb=Verb.CREATE, methods=FORM)
def add(request: HttpRequest) -> HttpResponse:
    """Another place."""
    require_duty(request, Duty.CHANGE_PRACTICE)
    practice = the_practice()
    form = PlaceForm(posted(request), initial={"zone": practice.zone if practice else "UTC", "is_open": True})
    made = (
        tried(form, lambda: keep_place(actor=actor_in(request), said=form.said())) if form.is_bound else None
    )
    if made is not None:
        return saved(request, _("The place is there. Write down its rooms now."), "place", made.pk)
    return render(
        request, "scheduling/place.html", {"here": "practice", "form": form}, status=status_of(form)
    )


@route(verb=Verb.CHANGE, methods=FORM)
def place(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """One place."""
    found = _place(request, place_id)
    form = PlaceForm(posted(request), initial=PlaceForm.values(found))

    def act() -> Place:
        return keep_place(
            actor=actor_in(request), said=form.said(), place=found, version=form.cleaned_data["version"] or 0
        )

    done, theirs = tried_beside(form, act, lambda: PlaceForm.values(_place(request, place_id)))
    if done:
        return saved(request, _("Saved."), "places")
    shown = {
        "here": "practice",
        "form": form,
        "place": found,
        "theirs": theirs,
        "rooms": found.rooms.order_by("name"),
    }
    return render(request, "scheduling/place.html", shown, status=status_of(form))


@route(verb=Verb.CREATE, methods=FORM)
def add_room(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Another room of a place."""
    found = _place(request, place_id)
    form = RoomForm(posted(request), initial={"is_open": True})

    def act() -> Room:
        return keep_room(actor=actor_in(request), place=found, said=form.said())

    if request.method == "POST" and tried(form, act) is not None:
        return saved(request, _("The room is there."), "place", found.pk)
    return render(
        request,
        "scheduling/room.html",
        {"here": "practice", "form": form, "place": found},
        status=status_of(form),
    )


@route(verb=Verb.CHANGE, methods=FORM)
def room(request: HttpRequest, place_id: UUID, room_id: UUID) -> HttpResponse:
    """One room."""
    there = _place(request, place_id)
    found = _room(there, room_id)
    form = RoomForm(posted(request), initial=RoomForm.values(found))

    def act() -> Room:
        known = form.cleaned_data["version"] or 0
        return keep_room(actor=actor_in(request), place=there, said=form.said(), room=found, version=known)

    done, theirs = tried_beside(form, act, lambda: RoomForm.values(_room(there, room_id)))
    if done:
        return saved(request, _("Saved."), "place", there.pk)
    shown = {"here": "practice", "form": form, "place": there, "room": found, "theirs": theirs}
    return render(request, "scheduling/room.html", shown, status=status_of(form))


@route(verb=Verb.SETTING, methods=FORM)
def rules(request: HttpRequest) -> HttpResponse:
    """The practice's rules of booking."""
    require_duty(request, Duty.CHANGE_PRACTICE)
    return rules_page(request, None, "scheduling/practice_rules.html", "practice")


def _place(request: HttpRequest, place_id: UUID) -> Place:
    require_duty(request, Duty.CHANGE_PRACTICE)
    found = Place.objects.filter(pk=place_id).first()
    if found is None:
        raise Hidden
    return found


def _room(place: Place, room_id: UUID) -> Room:
    found = Room.objects.filter(pk=room_id, place=place).first()
    if found is None:
        raise Hidden
    return found
