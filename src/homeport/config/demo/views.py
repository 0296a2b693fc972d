"""Look around as anybody: sign in by one click. In the address table only of the demo practice."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import split_domain_port
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.gate import FORM, route
from homeport.accounts.models import User
from homeport.audit.verbs import Verb
from homeport.cases.models import Case, Participant
from homeport.config.demo.alone import HERE
from homeport.core.clock import now
from homeport.people.models import Person, Role

BACKEND = "homeport.accounts.backends.SignInBackend"


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to look around as."""

    person: Person
    part: str
    sees: str


@route(verb=Verb.SIGN_IN, public=True, methods=FORM)
def personas(request: HttpRequest) -> HttpResponse:
    """Everybody to choose from; a click signs in as them."""
    if not settings.DEMO or split_domain_port(request.get_host())[0] not in HERE:
        raise Http404
    offered = _offered()
    if request.method == "POST":
        chosen = next((one for one in offered if str(one.person.pk) == request.POST.get("person")), None)
        if chosen is not None:
            user = User.objects.get(person=chosen.person)
            login(request, user, backend=BACKEND)
            request.session["signed_in_at"] = now().isoformat()
            return HttpResponseRedirect("/home/")
    return render(request, "web/demo.html", {"personas": offered})


def _offered() -> list[Persona]:
    """One of each role, a couple, a guardian and their child: in a fixed order."""
    staff = {
        Role.THERAPIST: (_("Therapist"), _("their cases, notes, what clients shared")),
        Role.SUPERVISOR: (_("Supervisor"), _("the cases of those they supervise")),
        Role.INTAKE: (_("Intake clinician"), _("who comes in, before anyone is on the case")),
        Role.MANAGER: (_("Practice manager"), _("people, roles, licences; nothing clinical")),
        Role.DESK: (_("Front desk"), _("the practice's running; nothing clinical")),
        Role.RESEARCHER: (_("Researcher"), _("no record at all")),
    }
    found = []
    for role, (part, sees) in staff.items():
        person = Person.objects.filter(roles__role=role, user__isnull=False).order_by("name").first()
        if person is not None:
            found.append(Persona(person, part, sees))
    return found + _clients()


def _clients() -> list[Persona]:
    parts = Participant.objects.filter(person__user__isnull=False).select_related("person", "case")
    found = []
    alone = parts.filter(case__kind=Case.Kind.INDIVIDUAL, role="client").order_by("from_at", "pk").first()
    if alone:
        found.append(
            Persona(alone.person, _("Client"), _("their own journal, and what was released to them"))
        )
    couple = list(parts.filter(case__kind=Case.Kind.COUPLE).order_by("case__opened_at", "case_id", "pk")[:2])
    found += [
        Persona(part.person, _("Partner in a couple"), _("their own things, none of the other's"))
        for part in couple
    ]
    family = parts.filter(case__kind=Case.Kind.FAMILY).order_by("case__opened_at", "case_id", "pk")[:3]
    for part in family:
        name = _("Teenager") if part.role == "adolescent" else _("Parent or carer")
        found.append(Persona(part.person, name, _("what their part in the family's case lets them see")))
    return found
