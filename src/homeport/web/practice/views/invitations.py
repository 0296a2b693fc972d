"""Invitations: who was asked to come, and asking somebody."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.duties import Duty, may_do
from homeport.access.gate import FORM, WRITES, Hidden, actor_in, require_duty, route, standing_in
from homeport.accounts.recent import recent_authentication_required
from homeport.audit.verbs import Verb
from homeport.core.errors import HomeportError
from homeport.people.forms.staff import InviteForm
from homeport.people.models import Invitation, Role
from homeport.people.posting import posted, refused, saved, status_of, tried
from homeport.people.selectors import open_invitations
from homeport.people.services.invite import invite, invite_again, withdraw_invitation


@route(verb=Verb.LIST)
def waiting(request: HttpRequest) -> HttpResponse:
    """Who was asked and has not come yet."""
    require_duty(request, Duty.INVITE)
    rows = [
        {"invitation": each, "roles": [Role(role).label for role in each.roles]}
        for each in open_invitations()
        if _may_give(request, each.roles)
    ]
    return render(request, "people/invitations.html", {**_around(request), "rows": rows})


@route(verb=Verb.GRANT, methods=FORM)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask somebody to come."""
    require_duty(request, Duty.INVITE)
    form = InviteForm(posted(request), roles=_roles(request))
    if request.method == "POST":
        return _send(request, form)
    return _page(request, form)


@recent_authentication_required()
def _send(request: HttpRequest, form: InviteForm) -> HttpResponse:
    if tried(form, lambda: _invited(request, form)):
        return saved(request, _("The invitation is on its way. It lasts a week."), "invitations")
    return _page(request, form)


def _page(request: HttpRequest, form: InviteForm) -> HttpResponse:
    return render(request, "people/invite.html", {**_around(request), "form": form}, status=status_of(form))


def _around(request: HttpRequest) -> dict[str, object]:
    """Where the page hangs: who may invite does not always see the practice's own page."""
    return {"here": "practice", "sees_practice": may_do(standing_in(request), Duty.SEE_STAFF)}


def _invited(request: HttpRequest, form: InviteForm) -> Invitation:
    said = form.cleaned_data
    roles = [Role(role) for role in said["roles"]]
    made, _secret = invite(
        actor=actor_in(request), email=said["email"], name=said["name"], roles=roles, by_mail=True
    )
    return made


@route(verb=Verb.REVOKE, methods=WRITES)
def withdraw(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Make an invitation useless."""
    withdraw_invitation(actor=actor_in(request), invitation=_invitation(request, invitation_id))
    return saved(request, _("The invitation was taken back."), "invitations")


@route(verb=Verb.GRANT, methods=WRITES)
@recent_authentication_required()
def again(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Send a new one in its place."""
    try:
        invite_again(actor=actor_in(request), invitation=_invitation(request, invitation_id))
    except HomeportError as error:
        return refused(request, error, "invitations")
    return saved(request, _("A new invitation is on its way. The one before no longer works."), "invitations")


def _roles(request: HttpRequest) -> list[Role]:
    """The roles that this person may invite somebody to: all, or that of a client alone."""
    if may_do(standing_in(request), Duty.GIVE_ROLES):
        return [role for role in Role if role is not Role.COVER]
    return [Role.CLIENT]


def _may_give(request: HttpRequest, roles: list[str]) -> bool:
    return set(roles) <= {str(role) for role in (*_roles(request), Role.COVER)}


def _invitation(request: HttpRequest, invitation_id: UUID) -> Invitation:
    require_duty(request, Duty.INVITE)
    found = Invitation.objects.filter(pk=invitation_id, accepted_at=None, withdrawn_at=None).first()
    if found is None or not _may_give(request, found.roles):
        raise Hidden
    return found
