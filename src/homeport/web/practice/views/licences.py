"""Licences that somebody must look at, and saying that one has."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.duties import Duty
from homeport.access.gate import WRITES, Hidden, actor_in, person_in, require_duty, route
from homeport.audit.verbs import Verb
from homeport.core.clock import today
from homeport.core.errors import HomeportError
from homeport.people.models import Licence
from homeport.people.posting import refused, saved
from homeport.people.selectors import licences_to_look_at
from homeport.people.services.keep_licence import verify_licence


@route(verb=Verb.LIST)
def waiting(request: HttpRequest) -> HttpResponse:
    """Licences that nobody verified, or that end soon."""
    require_duty(request, Duty.VERIFY_LICENCES)
    me, day = person_in(request), today()
    rows = [
        {
            "licence": each,
            "expired": each.expires_on < day,
            "may_verify": each.verified_at is None
            and each.expires_on >= day
            and each.therapist.person_id != me,
        }
        for each in licences_to_look_at()
    ]
    return render(request, "people/licences.html", {"here": "practice", "rows": rows})


@route(verb=Verb.SIGN, methods=WRITES)
def verify(request: HttpRequest, licence_id: UUID) -> HttpResponse:
    """Say that one looked at the register, and that it stands there as it does here."""
    require_duty(request, Duty.VERIFY_LICENCES)
    licence = Licence.objects.select_related("therapist").filter(pk=licence_id).first()
    typed = request.POST.get("version", "")
    if licence is None:
        raise Hidden
    try:
        version = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
        verify_licence(actor=actor_in(request), licence=licence, version=version)
    except HomeportError as error:
        return refused(request, error, "licences")
    return saved(request, _("The licence counts now."), "licences")
