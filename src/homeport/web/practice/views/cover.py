"""Who stands in for whom, and the wills that say who would."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.duties import Duty
from homeport.access.gate import FORM, WRITES, Hidden, actor_in, person_in, require_duty, route, standing_in
from homeport.accounts.recent import ask_again_unless_recent, recent_authentication_required
from homeport.audit.verbs import Verb
from homeport.core.errors import HomeportError
from homeport.people.forms.staff import OUTSIDE, CoverForm
from homeport.people.models import Cover, ProfessionalWill, Role
from homeport.people.posting import posted, refused, saved, status_of, tried
from homeport.people.selectors import covers, who_hold, wills
from homeport.people.services.arrange_cover import end_cover
from homeport.web.practice.covering import cover_from, force_will
from homeport.web.practice.left_behind import left_behind


@route(verb=Verb.GRANT, methods=FORM)
def everybody(request: HttpRequest) -> HttpResponse:
    """All cover that stands or is to come, and arranging some."""
    require_duty(request, Duty.SEE_STAFF)
    require_duty(request, Duty.ARRANGE_COVER)
    therapists = list(who_hold(Role.THERAPIST))
    gone = [each.person for each in left_behind(standing_in(request)) if each.cases]
    first = {"covered": request.GET.get("for", "")}
    form = CoverForm(posted(request), covered=[*gone, *therapists], colleagues=therapists, initial=first)
    if request.method == "POST":
        ask_again_unless_recent(request)
        people = {str(person.pk): person for person in [*gone, *therapists]}
        made = tried(
            form,
            lambda: cover_from(
                actor=actor_in(request), form=form, covered=people[form.cleaned_data["covered"]]
            ),
        )
        if made:
            return saved(request, _("The cover is arranged."), "covers")
    shown = {"here": "practice", "form": form, "covers": covers(), "possible": bool(therapists)}
    return render(request, "people/covers.html", shown, status=status_of(form))


@route(verb=Verb.REVOKE, methods=WRITES)
def end(request: HttpRequest, cover_id: UUID) -> HttpResponse:
    """End a cover now, or call off one that is to come."""
    require_duty(request, Duty.SEE_STAFF)
    require_duty(request, Duty.ARRANGE_COVER)
    found = Cover.objects.filter(pk=cover_id).first()
    if found is None:
        raise Hidden
    end_cover(actor=actor_in(request), cover=found)
    return saved(request, _("The cover has ended."), "covers")


@route(verb=Verb.LIST)
def all_wills(request: HttpRequest) -> HttpResponse:
    """Which therapist named whom, and who has not named anybody."""
    require_duty(request, Duty.SEE_STAFF)
    me = person_in(request)
    rows = [{"each": each, "is_mine": each.person.pk == me} for each in wills()]
    shown = {"here": "practice", "rows": rows, "colleagues": list(who_hold(Role.THERAPIST))}
    return render(request, "people/wills.html", shown)


@route(verb=Verb.GRANT, methods=WRITES)
@recent_authentication_required()
def force(request: HttpRequest, will_id: UUID) -> HttpResponse:
    """A therapist died or cannot work: the colleague named covers their cases from now on."""
    require_duty(request, Duty.SEE_STAFF)
    require_duty(request, Duty.ARRANGE_COVER)
    will = ProfessionalWill.objects.select_related("therapist").filter(pk=will_id).first()
    if will is None:
        raise Hidden
    typed = request.POST.get("executor", "")
    executor = next((person for person in who_hold(Role.THERAPIST) if str(person.pk) == typed), None)
    if executor is None and typed != OUTSIDE:
        return refused(request, HomeportError(_("Choose who looks after the clients.")), "wills")
    try:
        force_will(actor=actor_in(request), will=will, executor=executor)
    except HomeportError as error:
        return refused(request, error, "wills")
    return saved(request, _("The will is in force. Its executor covers the cases from now on."), "wills")
