"""Who could not be reached: for the desk, without a word of what it was about."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.duties import Duty
from homeport.access.gate import WRITES, Hidden, actor_in, require_duty, route
from homeport.audit.verbs import Verb
from homeport.outbox.models import OutgoingMessage
from homeport.outbox.presenters import lines_of
from homeport.outbox.selectors import not_reached
from homeport.outbox.services.see_not_reached import see_not_reached
from homeport.people.posting import saved


@route(verb=Verb.LIST)
def unreached(request: HttpRequest) -> HttpResponse:
    """Everybody whom something did not reach."""
    require_duty(request, Duty.SEE_UNREACHED)
    return render(request, "outbox/unreached.html", {"here": "practice", "lines": lines_of(not_reached())})


@route(verb=Verb.SIGN, methods=WRITES)
def seen(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Say that one has seen to it."""
    require_duty(request, Duty.SEE_UNREACHED)
    message = OutgoingMessage.objects.filter(pk=message_id, state__in=OutgoingMessage.NOT_REACHED).first()
    if message is None:
        raise Hidden
    see_not_reached(actor=actor_in(request), message=message)
    return saved(request, _("Taken off the list."), "unreached")
