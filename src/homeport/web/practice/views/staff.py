"""Who works here, and in which roles."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from homeport.access.duties import Duty, may_do
from homeport.access.gate import FORM, WRITES, Hidden, actor_in, require_duty, route, standing_in
from homeport.accounts.recent import recent_authentication_required
from homeport.audit.verbs import Verb
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.core.materials import Material
from homeport.people.forms.staff import RoleForm
from homeport.people.models import Role
from homeport.people.models.role_holding import STAFF
from homeport.people.posting import posted, refused, saved, status_of, tried
from homeport.people.selectors import Member, licences_of, member, staff
from homeport.people.services.hold_role import give_role, take_role
from homeport.web.practice.left_behind import left_behind

GIVEN = tuple(role for role in Role if role in STAFF and role is not Role.COVER)


@route(verb=Verb.LIST)
def everybody(request: HttpRequest) -> HttpResponse:
    """Everybody who works here."""
    require_duty(request, Duty.SEE_STAFF)
    members = [{"member": each, "roles": [role.label for role in each.roles]} for each in staff()]
    return render(request, "people/staff.html", {"here": "practice", "members": members})


@route(verb=Verb.READ, methods=FORM)
def one(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One of them: their roles, their licences. A role is given on this page."""
    require_duty(request, Duty.SEE_STAFF)
    found = _member(person_id)
    form = RoleForm(posted(request))
    if request.method == "POST":
        return _give(request, found, form)
    return _page(request, found, form)


@recent_authentication_required()
def _give(request: HttpRequest, found: Member, form: RoleForm) -> HttpResponse:
    require_duty(request, Duty.GIVE_ROLES)
    if tried(form, lambda: _given(request, found, Role(form.cleaned_data["role"]))):
        return saved(request, _("The role was given."), "staff-member", found.person.pk)
    return _page(request, found, form)


def _given(request: HttpRequest, found: Member, role: Role) -> bool:
    give_role(actor=actor_in(request), person=found.person, role=role)
    return True


@route(verb=Verb.REVOKE, methods=WRITES)
@recent_authentication_required()
def take(request: HttpRequest, person_id: UUID, role: str) -> HttpResponse:
    """Take a role away; what it opened closes with it."""
    require_duty(request, Duty.GIVE_ROLES)
    found = _member(person_id)
    if role not in Role.values:
        raise Hidden
    try:
        take_role(actor=actor_in(request), person=found.person, role=Role(role))
    except HomeportError as error:
        return refused(request, error, "staff-member", person_id)
    if any(each.person.pk == person_id for each in left_behind(standing_in(request))):
        return saved(request, _("The role was taken away. See to what is left behind."), "left-behind")
    still = member(person_id) is not None
    said = _("The role was taken away.")
    return saved(request, said, "staff-member", person_id) if still else saved(request, said, "staff")


@route(verb=Verb.LIST, material=Material.APPOINTMENT)
def left(request: HttpRequest) -> HttpResponse:
    """Who is gone, and whose cases and meetings wait for somebody to take them over or to call them off."""
    require_duty(request, Duty.SEE_STAFF)
    shown = {
        "here": "practice",
        "rows": left_behind(standing_in(request)),
        "today": timezone.localdate(now()),
    }
    return render(request, "people/left_behind.html", shown)


def _member(person_id: UUID) -> Member:
    found = member(person_id)
    if found is None:
        raise Hidden
    return found


def _page(request: HttpRequest, found: Member, form: RoleForm) -> HttpResponse:
    shown = {
        "here": "practice",
        "member": found,
        "roles": found.roles,
        "free": [(role.value, role.label) for role in GIVEN if role not in found.roles],
        "licences": licences_of(found.person.pk),
        "form": form,
        "may_give": may_do(standing_in(request), Duty.GIVE_ROLES),
    }
    return render(request, "people/staff_member.html", shown, status=status_of(form))
