"""A therapist's own hours: the week, days off, hours more, the rules of booking."""

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.duties import Duty
from homeport.access.gate import FORM, WRITES, Hidden, actor_in, person_in, require_duty, route
from homeport.audit.verbs import Verb
from homeport.core.clock import now
from homeport.people.models import Therapist
from homeport.people.posting import posted, saved, status_of, tried, tried_beside
from homeport.scheduling.availability import rules_of
from homeport.scheduling.forms.fields import WEEKDAYS, time_at
from homeport.scheduling.forms.hours import ExtraForm, NewPatternForm, PatternForm, RulesForm
from homeport.scheduling.models import Away, BookingRules, Extra, Pattern, Place
from homeport.scheduling.presenters import city_of, my_zone
from homeport.scheduling.services.keep_booking_rules import drop_booking_rules, keep_booking_rules
from homeport.scheduling.services.keep_hours import (
    add_extra,
    drop_exception,
    drop_pattern,
    keep_pattern,
)
from homeport.scheduling.views.asking import today_here


def therapist_in(request: HttpRequest) -> Therapist:
    """The therapist who sent the request. Raises ``Hidden`` for anybody else."""
    require_duty(request, Duty.KEEP_OWN_WORK)
    found = Therapist.objects.filter(person_id=person_in(request)).select_related("person").first()
    if found is None:
        raise Hidden
    return found


def _places() -> list[Place]:
    return list(Place.objects.filter(is_open=True).order_by("name"))


@route(verb=Verb.LIST)
def hours(request: HttpRequest) -> HttpResponse:
    """Everything about when one can be booked."""
    therapist = therapist_in(request)
    ahead = {"therapist": therapist, "ends_at__gt": now()}
    context = {
        "here": "week",
        "patterns": _patterns(therapist),
        "away": Away.objects.filter(**ahead).order_by("begins_at"),
        "extra": Extra.objects.filter(**ahead).select_related("place").order_by("begins_at"),
        "rules": rules_of([therapist.pk])[therapist.pk],
        "zone": city_of(my_zone()),
    }
    return render(request, "scheduling/hours.html", context)


def _patterns(therapist: Therapist) -> list[Pattern]:
    """With the day and the hours in words beside them."""
    found = list(
        Pattern.objects.filter(therapist=therapist).select_related("place").order_by("weekday", "begins")
    )
    for each in found:
        each.day = str(dict(WEEKDAYS)[str(each.weekday)])  # type: ignore[attr-defined]
        each.clock = f"{time_at(each.begins):%H:%M}–{time_at(each.ends):%H:%M}"  # type: ignore[attr-defined]
    return found


@route(verb=Verb.CREATE, methods=FORM)
def add(request: HttpRequest) -> HttpResponse:
    """Hours of one weekday, or of several that are alike."""
    therapist = therapist_in(request)
    first = {"from_day": today_here(), "every": "1"}
    form = NewPatternForm(posted(request), places=_places(), initial=first)

    def act() -> list[Pattern]:
        said = form.said_of_each(therapist.person.zone)
        with transaction.atomic():
            return [keep_pattern(actor=actor_in(request), therapist=therapist, said=each) for each in said]

    if request.method == "POST" and tried(form, act) is not None:
        return saved(request, _("These hours are open now."), "hours")
    return render(request, "scheduling/pattern.html", {"here": "week", "form": form}, status=status_of(form))


@route(verb=Verb.CHANGE, methods=FORM)
def change(request: HttpRequest, pattern_id: UUID) -> HttpResponse:
    """Change hours of a weekday."""
    therapist = therapist_in(request)
    pattern = _own_pattern(therapist, pattern_id)
    form = PatternForm(posted(request), places=_places(), initial=PatternForm.values(pattern))

    def act() -> Pattern:
        known = form.cleaned_data["version"] or 0
        said = form.said(therapist.person.zone)
        return keep_pattern(
            actor=actor_in(request), therapist=therapist, said=said, pattern=pattern, version=known
        )

    done, theirs = tried_beside(form, act, lambda: PatternForm.values(_own_pattern(therapist, pattern_id)))
    if done:
        return saved(request, _("Saved."), "hours")
    shown = {"here": "week", "form": form, "theirs": theirs, "pattern": pattern}
    return render(request, "scheduling/pattern.html", shown, status=status_of(form))


@route(verb=Verb.WITHDRAW, methods=WRITES)
def drop(request: HttpRequest, pattern_id: UUID) -> HttpResponse:
    """Take hours of a weekday away."""
    drop_pattern(actor=actor_in(request), pattern=_own_pattern(therapist_in(request), pattern_id))
    return saved(request, _("These hours are closed now. What was booked in them stays."), "hours")


def _own_pattern(therapist: Therapist, pattern_id: UUID) -> Pattern:
    found = Pattern.objects.filter(pk=pattern_id, therapist=therapist).first()
    if found is None:
        raise Hidden
    return found


@route(verb=Verb.CREATE, methods=FORM)
def extra(request: HttpRequest) -> HttpResponse:
    """Hours more on one day."""
    therapist = therapist_in(request)
    form = ExtraForm(posted(request), places=_places())

    def act() -> Extra:
        begins_at, ends_at = form.span(my_zone())
        place = form.place_said
        return add_extra(
            actor=actor_in(request), therapist=therapist, begins_at=begins_at, ends_at=ends_at, place=place
        )

    if request.method == "POST" and tried(form, act) is not None:
        return saved(request, _("These hours are open now."), "hours")
    return render(request, "scheduling/extra.html", {"here": "week", "form": form}, status=status_of(form))


@route(verb=Verb.WITHDRAW, methods=WRITES)
def drop_one(request: HttpRequest, kind: str, exception_id: UUID) -> HttpResponse:
    """Take days off (``away``) or hours more (``extra``) back."""
    model = {"away": Away, "extra": Extra}.get(kind)
    therapist = therapist_in(request)
    found = model.objects.filter(pk=exception_id, therapist=therapist).first() if model else None  # type: ignore[attr-defined]
    if found is None:
        raise Hidden
    drop_exception(actor=actor_in(request), exception=found)
    return saved(request, _("Taken back."), "hours")


@route(verb=Verb.SETTING, methods=FORM)
def own_rules(request: HttpRequest) -> HttpResponse:
    """One's own rules of booking, or those of the practice."""
    therapist = therapist_in(request)
    if request.method == "POST" and request.POST.get("drop") == "yes":
        drop_booking_rules(actor=actor_in(request), therapist=therapist)
        return saved(request, _("The rules of the practice hold for you."), "hours")
    return rules_page(request, therapist, "scheduling/own_rules.html", "hours")


def rules_page(request: HttpRequest, therapist: Therapist | None, template: str, back: str) -> HttpResponse:
    """The rules of a therapist, or of the practice."""
    form = RulesForm(posted(request), initial=_rules(therapist))

    def act() -> BookingRules:
        said, known = form.said()
        return keep_booking_rules(actor=actor_in(request), therapist=therapist, said=said, version=known)

    done, theirs = tried_beside(form, act, lambda: _rules(therapist))
    if done:
        return saved(request, _("Saved."), back)
    has_own = therapist is not None and BookingRules.objects.filter(therapist=therapist).exists()
    context = {
        "here": "week" if therapist else "practice",
        "form": form,
        "theirs": theirs,
        "has_own": has_own,
    }
    return render(request, template, context, status=status_of(form))


def _rules(therapist: Therapist | None) -> dict[str, object]:
    own = BookingRules.objects.filter(therapist=therapist).first()
    usual = own or BookingRules.objects.filter(therapist=None).first() or BookingRules()
    return RulesForm.values(usual, own=own is not None)
