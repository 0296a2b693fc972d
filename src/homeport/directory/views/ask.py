"""A question to a therapist, and a free first call: without an account or a cookie (docs/adr/0013).

The form carries an id drawn by us and signed, so that sending it twice asks once. Whom it is for sees nothing before the
link in the mail was followed: so nobody writes in another's name, and no machine writes to everybody.
"""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import make_naive
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from homeport.access.gate import FORM, Hidden, actor_in, route
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.errors import HomeportError
from homeport.core.open_pages import open_page
from homeport.directory.carried import Carried, Lost, begin, seal, unseal, wishes_to_wire
from homeport.directory.forms.asking import CallForm, QuestionForm
from homeport.directory.links import as_author
from homeport.directory.models import Profile, Request, visitor_id
from homeport.directory.presenters import initials
from homeport.directory.selectors import profile_shown
from homeport.directory.services.put_request import Call, Said, put_already, put_request
from homeport.directory.views.match import calm
from homeport.people.offers import Together
from homeport.people.posting import field_of
from homeport.safety.crisis_text import speaks_of_danger
from homeport.safety.selectors import anyone_reading_now
from homeport.scheduling.models import Offering, Place
from homeport.scheduling.presenters import city_of
from homeport.scheduling.selectors import FreeTime, next_free
from homeport.scheduling.services.occupy import Taken

CHOICE_OF = 12


@dataclass(frozen=True, slots=True)
class Asking:
    """Whom somebody asks, and what they carry."""

    profile: Profile
    carried: Carried

    @property
    def zone(self) -> ZoneInfo:
        """The clock of whoever asks; the therapist's, where nobody said."""
        wishes = self.carried.wishes
        return ZoneInfo(wishes.zone if wishes.where else self.profile.therapist.person.zone)


@csrf_exempt
@open_page()
@route(verb=Verb.CREATE, public=True, methods=FORM)
@calm
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """A question in their own words."""
    asking = _asking(request, slug)
    if not _sent(request):
        return _page(request, asking, QuestionForm(), "ask")
    if (before := _before(request, asking)) is not None:
        return _is_put(request, asking, before)
    form = QuestionForm(request.POST)
    if form.is_valid():
        try:
            return _put(request, asking, form.cleaned_data)
        except HomeportError as error:
            form.add_error(field_of(form, error), str(error))
    return _page(request, asking, form, "ask", status=422)


@csrf_exempt
@open_page()
@route(verb=Verb.CREATE, public=True, methods=FORM)
@calm
def first_call(request: HttpRequest, slug: str) -> HttpResponse:
    """A free first call, at one of the next times."""
    asking = _asking(request, slug)
    if _sent(request) and (before := _before(request, asking)) is not None:
        return _is_put(request, asking, before)
    times = _times(asking.profile.therapist_id)
    form = CallForm(request.POST) if _sent(request) else CallForm()
    field: Any = form.fields["time"]
    field.choices = [(_code(each), _code(each)) for each in times]
    if form.is_bound and form.is_valid():
        chosen = next(each for each in times if _code(each) == form.cleaned_data["time"])
        try:
            return _put(request, asking, form.cleaned_data, _call(chosen))
        except Taken as error:
            times = error.next_times or [each for each in times if each != chosen]
            form.add_error("time", str(error))
        except HomeportError as error:
            form.add_error(field_of(form, error), str(error))
    # As a clock on the wall: a moment with its zone would be drawn by the clock of the server.
    shown = [(_code(each), make_naive(each.begins_at, asking.zone), each.way) for each in times]
    more = {"times": shown, "zone": city_of(str(asking.zone)), "chosen": form["time"].value() or ""}
    return _page(request, asking, form, "first_call", status=422 if form.is_bound else 200, **more)


def _sent(request: HttpRequest) -> bool:
    """Whether the form itself was sent, and not only what is carried from the list."""
    return request.method == "POST" and "contact" in request.POST


def _asking(request: HttpRequest, slug: str) -> Asking:
    profile = profile_shown(slug)
    if profile is None or not profile.therapist.taking_clients:
        raise Hidden
    sealed = request.POST.get("carried", "") if request.method == "POST" else ""
    if _sent(request) and not sealed:
        raise Lost("The page came without what it should carry.")
    return Asking(profile, unseal(sealed) if sealed else begin())


def _times(therapist_id: UUID) -> list[FreeTime]:
    kind = Offering.Kind.FIRST_CALL
    return next_free([therapist_id], offering_kind=kind, count=CHOICE_OF)[therapist_id]


def _code(time: FreeTime) -> str:
    return f"{time.begins_at:%Y%m%dT%H%M}-{time.offering_id.hex}"


def _call(time: FreeTime) -> Call:
    place = Place.objects.get(pk=time.place_id) if time.place_id else None
    return Call(Offering.objects.get(pk=time.offering_id), time.begins_at, place)


def _put(
    request: HttpRequest, asking: Asking, said: dict[str, Any], call: Call | None = None
) -> HttpResponse:
    carried, wishes = asking.carried, asking.carried.wishes
    told = Said(
        words=said["words"],
        called=said["called"],
        contact=said["contact"],
        language=get_language() or "en",
        zone=str(asking.zone),
        format=wishes.format or Together.INDIVIDUAL,
        where=wishes.where,
        wishes=told_along(carried) if said["share"] else None,
    )
    actor, key = _author(request, asking)
    asked = put_request(actor=actor, to_id=asking.profile.therapist.person_id, key=key, said=told, call=call)
    return _is_put(request, asking, asked)


def _author(request: HttpRequest, asking: Asking) -> tuple[Actor, UUID]:
    """Whoever asks acts by the id that was drawn for the form."""
    key = visitor_id(asking.carried.key)
    return as_author(actor_in(request), key), key


def _before(request: HttpRequest, asking: Asking) -> Request | None:
    actor, key = _author(request, asking)
    return put_already(actor=actor, key=key)


def _is_put(request: HttpRequest, asking: Asking, asked: Request) -> HttpResponse:
    """What is kept, and where the link went: of a form that was sent again, what it kept the first time."""
    carried = asking.carried
    context = {
        "here": "therapists",
        "contact": asked.contact,
        "carried": seal(replace(carried, key=begin().key)),  # another question is another one
        "has_chosen": bool(carried.wishes.where),
        "name": asking.profile.therapist.person.name,
        "call_at": make_naive(asked.call_at, asking.zone) if asked.call_at else None,
        "danger": speaks_of_danger(asked.words or ""),
        "reading": anyone_reading_now(),
    }
    return render(request, "directory/asking/put.html", context)


def told_along(carried: Carried) -> dict[str, object]:
    """What they chose, for whoever answers: as ``carried`` writes it, with their history in codes."""
    along = {
        **wishes_to_wire(carried.wishes),
        "history": list(carried.history),
        "before": list(carried.before),
    }
    return {name: value for name, value in along.items() if value}


def _page(
    request: HttpRequest, asking: Asking, form: QuestionForm, page: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    carried = asking.carried
    context = {
        "here": "therapists",
        "form": form,
        "profile": asking.profile,
        "name": asking.profile.therapist.person.name,
        "initials": initials(asking.profile.therapist.person.name),
        "carried": seal(carried),
        "has_chosen": bool(carried.wishes.where),
        "danger": carried.wishes.opens_safety_path or speaks_of_danger(form["words"].value() or ""),
        "reading": anyone_reading_now(),
        **more,
    }
    return render(request, f"directory/asking/{page}.html", context, status=status)
