"""A therapist's own licences."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.duties import Duty
from homeport.access.gate import FORM, WRITES, Hidden, actor_in, person_in, require_duty, route
from homeport.audit.verbs import Verb
from homeport.core.errors import HomeportError
from homeport.people.forms.work import LicenceForm, RenewForm
from homeport.people.models import Licence
from homeport.people.posting import posted, refused, saved, status_of, tried, tried_beside
from homeport.people.selectors import licences_of, therapist_of
from homeport.people.services.keep_licence import add_licence, drop_licence, renew_licence


@route(verb=Verb.CREATE, methods=FORM)
def licences(request: HttpRequest) -> HttpResponse:
    """All of them, and adding one."""
    require_duty(request, Duty.KEEP_OWN_WORK)
    therapist = therapist_of(person_in(request))
    if therapist is None:
        raise Hidden
    form = LicenceForm(posted(request))
    if request.method == "POST":
        made = tried(
            form, lambda: add_licence(actor=actor_in(request), therapist=therapist, **form.cleaned_data)
        )
        if made:
            return saved(request, _("Saved. It counts once the practice has looked it up."), "own-licences")
    shown = {"here": "work", "form": form, "licences": licences_of(person_in(request))}
    return render(request, "people/own_licences.html", shown, status=status_of(form))


@route(verb=Verb.CHANGE, methods=FORM)
def renew(request: HttpRequest, licence_id: UUID) -> HttpResponse:
    """It lasts longer now."""
    licence = _own(request, licence_id)
    form = RenewForm(posted(request), initial=RenewForm.values(licence))
    done, theirs = tried_beside(
        form,
        lambda: _renewed(request, licence, form),
        lambda: RenewForm.values(_own(request, licence_id)),
    )
    if done:
        return saved(request, _("Saved. It counts once the practice has looked it up."), "own-licences")
    shown = {"here": "work", "form": form, "licence": licence, "theirs": theirs}
    return render(request, "people/own_licence.html", shown, status=status_of(form))


def _renewed(request: HttpRequest, licence: Licence, form: RenewForm) -> Licence:
    said = form.cleaned_data
    return renew_licence(
        actor=actor_in(request),
        licence=licence,
        expires_on=said["expires_on"],
        version=said["version"] or 0,
    )


@route(verb=Verb.REVOKE, methods=WRITES)
def drop(request: HttpRequest, licence_id: UUID) -> HttpResponse:
    """Take back one that nobody verified."""
    try:
        drop_licence(actor=actor_in(request), licence=_own(request, licence_id))
    except HomeportError as error:
        return refused(request, error, "own-licences")
    return saved(request, _("The licence was taken back."), "own-licences")


def _own(request: HttpRequest, licence_id: UUID) -> Licence:
    require_duty(request, Duty.KEEP_OWN_WORK)
    found = Licence.objects.select_related("therapist").filter(
        pk=licence_id, therapist__person_id=person_in(request)
    )
    licence = found.first()
    if licence is None:
        raise Hidden
    return licence
