"""Where a manager begins: what waits, and the ways to everything else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from homeport.access.duties import Duty, may_do
from homeport.access.gate import require_duty, route, standing_in
from homeport.audit.verbs import Verb
from homeport.outbox.selectors import how_the_post_stands
from homeport.people.selectors import (
    covers,
    licences_to_look_at,
    open_invitations,
    staff,
    the_practice,
    wills,
)
from homeport.web.practice.left_behind import left_behind


@route(verb=Verb.READ)
def overview(request: HttpRequest) -> HttpResponse:
    """The practice at a glance."""
    require_duty(request, Duty.SEE_STAFF)
    invitations = open_invitations()
    shown = {
        "here": "practice",
        "practice": the_practice(),
        "staff_count": len(staff()),
        "invitations": len(invitations),
        "expired": sum(not invitation.is_open for invitation in invitations),
        "licences": len(licences_to_look_at()),
        "covers": len(covers()),
        "left": len(left_behind(standing_in(request))),
        "without_will": sum(each.will is None for each in wills()),
        "may_help": may_do(standing_in(request), Duty.HELP_BACK_IN),
        "not_reached": how_the_post_stands().not_reached,
        "may_change": may_do(standing_in(request), Duty.CHANGE_PRACTICE),
    }
    return render(request, "people/overview.html", shown)
