"""A therapist's own cover, and their professional will."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.duties import Duty
from homeport.access.gate import FORM, WRITES, Hidden, actor_in, person_in, require_duty, route
from homeport.accounts.recent import ask_again_unless_recent
from homeport.audit.verbs import Verb
from homeport.people.forms.staff import CoverForm
from homeport.people.forms.work import WillForm
from homeport.people.models import Cover, Person, ProfessionalWill, Role
from homeport.people.posting import posted, saved, status_of, tried, tried_beside
from homeport.people.selectors import covers, who_hold, will_of
from homeport.people.services.arrange_cover import end_cover
from homeport.people.services.keep_will import write_will
from homeport.web.practice.covering import cover_from


@route(verb=Verb.GRANT, methods=FORM)
def cover(request: HttpRequest) -> HttpResponse:
    """Who stands in for oneself, and asking somebody."""
    require_duty(request, Duty.KEEP_OWN_WORK)
    me = Person.objects.get(pk=person_in(request))
    colleagues = [person for person in who_hold(Role.THERAPIST) if person.pk != me.pk]
    form = CoverForm(posted(request), covered=None, colleagues=colleagues)
    if request.method == "POST":
        ask_again_unless_recent(request)
    made = tried(form, lambda: cover_from(actor=actor_in(request), form=form, covered=me))
    if made is not None:
        return saved(request, _("The cover is arranged."), "own-cover")
    shown = {"here": "work", "form": form, "covers": covers(me.pk)}
    return render(request, "people/own_cover.html", shown, status=status_of(form))


@route(verb=Verb.REVOKE, methods=WRITES)
def end(request: HttpRequest, cover_id: UUID) -> HttpResponse:
    """End one's own cover now, or call it off."""
    require_duty(request, Duty.KEEP_OWN_WORK)
    found = Cover.objects.filter(pk=cover_id, covered_id=person_in(request)).first()
    if found is None:
        raise Hidden
    end_cover(actor=actor_in(request), cover=found)
    return saved(request, _("The cover has ended."), "own-cover")


@route(verb=Verb.CHANGE, methods=FORM)
def will(request: HttpRequest) -> HttpResponse:
    """Who would look after one's clients."""
    require_duty(request, Duty.KEEP_OWN_WORK)
    held = will_of(person_in(request))
    form = WillForm(posted(request), initial=WillForm.values(held))
    done, theirs = tried_beside(
        form, lambda: _written(request, form), lambda: WillForm.values(will_of(person_in(request)))
    )
    if done:
        return saved(request, _("Saved."), "work")
    shown = {"here": "work", "form": form, "theirs": theirs, "in_force": bool(held and held.in_force_at)}
    return render(request, "people/own_will.html", shown, status=status_of(form))


def _written(request: HttpRequest, form: WillForm) -> ProfessionalWill:
    me = Person.objects.get(pk=person_in(request))
    return write_will(actor=actor_in(request), therapist=me, **form.cleaned_data)
