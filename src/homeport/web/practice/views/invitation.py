"""Coming in by an invitation. Its secret is behind the # of the link, and in the body of a form: in no log."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from homeport.access.gate import FORM, actor_in, route
from homeport.accounts.acting import signed_in_user
from homeport.accounts.bearer import bearer_of, forget_bearer
from homeport.audit.verbs import Verb
from homeport.cases.services.join_records import join_records
from homeport.core.clock import SENT_TWICE, now
from homeport.core.errors import HomeportError
from homeport.people.coming_in import came_in, held_invitation, let_in
from homeport.people.models import Invitation, Person, Role, RoleHolding
from homeport.people.models.lasting import holds_at
from homeport.people.posting import saved
from homeport.people.selectors import the_practice
from homeport.people.services.accept_invitation import InvitationSpent, accept_invitation, open_invitation


@route(verb=Verb.SIGN, public=True, methods=FORM)
def show(request: HttpRequest) -> HttpResponse:
    """Show the secret: a script takes it from the address, or somebody types it from their mail."""
    if request.method != "POST":
        return render(request, "people/invitation.html")
    try:
        let_in(request, open_invitation(request.POST.get("secret", "").strip()))
    except InvitationSpent as error:
        return render(request, "people/invitation.html", {"error": str(error)}, status=422)
    return HttpResponseRedirect(reverse("invitation-accept"), status=303)


@route(verb=Verb.SIGN, public=True, methods=FORM)
def accept(request: HttpRequest) -> HttpResponse:
    """Make a sign-in or use one's own; then come in."""
    invitation = held_invitation(request)
    if invitation is None:
        return HttpResponseRedirect(reverse("invitation"), status=303)
    if request.method != "POST" or not request.user.is_authenticated:
        return _page(request, invitation)
    name = request.POST.get("name", "").strip()[:120]
    if not (name or _knows_name(request, invitation)):
        return _page(request, invitation, error=_("Write your name."))
    try:
        _accepted(request, invitation, name)
    except HomeportError as error:
        if _is_in(request, invitation):
            return _welcome(request, invitation)
        return _page(request, invitation, error=str(error))
    return _welcome(request, invitation)


def _welcome(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    came_in(request)
    forget_bearer(request)
    # Whoever comes for care finds their next step; whoever works here has a sign-in to make safe first.
    return saved(request, _("Welcome. You are in."), "account" if invitation.roles else "home")


def _is_in(request: HttpRequest, invitation: Invitation) -> bool:
    """Whether it brought them in just now: the button was pressed twice."""
    own = Person.objects.filter(user_id=signed_in_user(request).pk).first()
    used = Invitation.objects.filter(pk=invitation.pk, accepted_at__gt=now() - SENT_TWICE).exists()
    if own is None or not used or (invitation.person is not None and invitation.person.pk != own.pk):
        return False
    held = RoleHolding.objects.filter(holds_at(now()), person=own).values_list("role", flat=True)
    return set(invitation.roles) <= set(held)


@transaction.atomic
def _accepted(request: HttpRequest, invitation: Invitation, name: str) -> None:
    """Come in. Who is known here by another record takes over what this one was brought into."""
    actor, user = actor_in(request), signed_in_user(request)
    own = Person.objects.filter(user_id=user.pk).first()
    if own is not None and invitation.person is not None and invitation.person.pk != own.pk:
        join_records(actor=actor, entered=invitation.person, own=own)
        invitation.person = own
    accept_invitation(actor=actor, invitation=invitation, user_id=user.pk, name=name)


def _knows_name(request: HttpRequest, invitation: Invitation) -> bool:
    return bool(bearer_of(request) or invitation.person)


def _page(request: HttpRequest, invitation: Invitation, *, error: str = "") -> HttpResponse:
    shown = {
        "invitation": invitation,
        "practice": the_practice(),
        "roles": [Role(role).label for role in invitation.roles],
        "asks_name": not _knows_name(request, invitation),
        "name": request.POST.get("name", invitation.name),
        "error": error,
    }
    return render(request, "people/invitation_accept.html", shown, status=422 if error else 200)
