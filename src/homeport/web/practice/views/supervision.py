"""Who supervises whom."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.duties import Duty
from homeport.access.gate import FORM, WRITES, Hidden, actor_in, require_duty, route
from homeport.accounts.recent import ask_again_unless_recent
from homeport.audit.verbs import Verb
from homeport.people.forms.staff import SupervisionForm
from homeport.people.models import Person, Role, Supervision
from homeport.people.posting import posted, saved, status_of, tried
from homeport.people.selectors import supervisions, who_hold
from homeport.people.services.supervise import begin_supervision, end_supervision


@route(verb=Verb.GRANT, methods=FORM)
def pairs(request: HttpRequest) -> HttpResponse:
    """Everybody who supervises somebody, and beginning anew."""
    require_duty(request, Duty.ARRANGE_SUPERVISION)
    supervisors, therapists = list(who_hold(Role.SUPERVISOR)), list(who_hold(Role.THERAPIST))
    form = SupervisionForm(posted(request), supervisors=supervisors, therapists=therapists)
    if request.method == "POST":
        ask_again_unless_recent(request)
        people = {str(person.pk): person for person in (*supervisors, *therapists)}
        if tried(form, lambda: _begun(request, form, people)):
            return saved(request, _("The supervision has begun."), "supervision")
    shown = {
        "here": "practice",
        "form": form,
        "pairs": supervisions(),
        "possible": bool(supervisors and therapists),
    }
    return render(request, "people/supervision.html", shown, status=status_of(form))


def _begun(request: HttpRequest, form: SupervisionForm, people: dict[str, Person]) -> Supervision:
    said = form.cleaned_data
    return begin_supervision(
        actor=actor_in(request), supervisor=people[said["supervisor"]], supervisee=people[said["supervisee"]]
    )


@route(verb=Verb.REVOKE, methods=WRITES)
def end(request: HttpRequest, supervision_id: UUID) -> HttpResponse:
    """End it now."""
    require_duty(request, Duty.ARRANGE_SUPERVISION)
    found = Supervision.objects.filter(pk=supervision_id, until_at=None).first()
    if found is None:
        raise Hidden
    end_supervision(actor=actor_in(request), supervision=found)
    return saved(request, _("The supervision has ended."), "supervision")
