"""Waiting for a time that somebody gives back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.duties import Duty
from homeport.access.gate import (
    FORM,
    WRITES,
    Hidden,
    actor_in,
    person_in,
    require_duty,
    route,
    standing_in,
)
from homeport.audit.verbs import Verb
from homeport.core.materials import Material
from homeport.people.posting import posted, saved, status_of, tried
from homeport.scheduling.forms.waiting import WaitForm
from homeport.scheduling.models import Waiting
from homeport.scheduling.offered import offerings_in
from homeport.scheduling.policies import arranges_for
from homeport.scheduling.presenters import city_of, my_zone
from homeport.scheduling.services.join_group import wait_no_longer
from homeport.scheduling.services.wait_for_time import stop_waiting, wait_for_time
from homeport.scheduling.views.which_child import party_asked, says_which_child
from homeport.scheduling.waiting_shown import in_line

MOST = 500


@route(verb=Verb.CREATE, material=Material.APPOINTMENT, methods=FORM)
@says_which_child
def wait(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Say which times would do."""
    party = party_asked(request, case_id)
    asked = request.POST.get("offering") or request.GET.get("offering") or ""
    offerings = offerings_in(party.case, standing_in(request))
    offering = next(
        (one for one in offerings if str(one.pk) == asked), None if asked else next(iter(offerings), None)
    )
    if offering is None:
        raise Hidden
    form = WaitForm(posted(request))

    def act() -> Waiting:
        return wait_for_time(
            actor=actor_in(request),
            offering=offering,
            case_id=case_id,
            person_id=party.person_id,
            zone=my_zone(),
            **form.said(),
        )

    if request.method == "POST" and tried(form, act) is not None:
        return saved(request, _("We write to you as soon as such a time is free."), "appointments")
    context = {
        "here": "appointments",
        "party": party,
        "offering": offering,
        "form": form,
        "zone": city_of(my_zone()),
    }
    return render(request, "scheduling/wait.html", context, status=status_of(form))


@route(verb=Verb.WITHDRAW, methods=WRITES)
def leave(request: HttpRequest, waiting_id: UUID) -> HttpResponse:
    """Wait no longer."""
    waiting = Waiting.objects.filter(pk=waiting_id).select_related("hold", "group").first()
    whose = standing_in(request)
    if waiting is None or not arranges_for(whose, case_id=waiting.case_id, person_id=waiting.person_id):
        raise Hidden
    act = wait_no_longer if waiting.group_id else stop_waiting
    act(actor=actor_in(request), waiting=waiting)
    return saved(request, _("You wait no longer."), "groups" if waiting.group_id else "appointments")


@route(verb=Verb.LIST)
def in_order(request: HttpRequest) -> HttpResponse:
    """Who waits for a time with whoever looks."""
    require_duty(request, Duty.KEEP_OWN_WORK)
    rows = Waiting.objects.filter(therapist__person_id=person_in(request), ended_at=None, group=None)
    found = rows.select_related("person", "hold").order_by("since", "pk")[:MOST]
    line = in_line(found, standing_in(request).cares_for)
    return render(request, "scheduling/waiting_list.html", {"here": "week", "line": line})
