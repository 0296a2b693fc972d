"""One minor in a case: what the law says, who consented, who stands for them, and who sees less."""

from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.duties import Duty
from homeport.access.gate import FORM, WRITES, Hidden, actor_in, require_duty, route
from homeport.access.on_cases import CaseAct
from homeport.audit.services.record import record_apart
from homeport.audit.verbs import Verb
from homeport.cases.forms import NEW, AloneForm, GuardianForm, NarrowForm
from homeport.cases.models import GuardianNarrowing, Participant, TreatmentConsent
from homeport.cases.presenters import minor_page
from homeport.cases.services.consent_to_treatment import consent_alone, consent_as_guardian, withdraw_consent
from homeport.cases.services.narrow_guardian import end_narrowing, narrow_guardian
from homeport.core.clock import SENT_TWICE, now
from homeport.core.errors import HomeportError
from homeport.people.models import Guardianship, Person
from homeport.people.posting import posted, refused, saved, status_of, tried
from homeport.people.services.keep_guardianship import (
    end_guardianship,
    record_guardianship,
    verify_guardianship,
)
from homeport.web.together.entering import person_from
from homeport.web.together.reaching import around, case_to, known_to, participant_in


@route(verb=Verb.READ)
def minor(request: HttpRequest, case_id: UUID, participant_id: UUID) -> HttpResponse:
    """Everything about one minor's consent and guardians."""
    return _page(request, _minor(request, case_id, participant_id))


@route(verb=Verb.GRANT, methods=FORM)
def guardian(request: HttpRequest, case_id: UUID, participant_id: UUID) -> HttpResponse:
    """Write down somebody who stands for the child."""
    part = _minor(request, case_id, participant_id)
    known = [*_caregivers(part), *known_to(request, part.case)]
    form = GuardianForm(posted(request), initial={"jurisdiction": part.case.jurisdiction}, known=known)
    if tried(form, lambda: _recorded(request, part, form, known)) is not None:
        return saved(
            request, _("Written down. Look at the papers, then say so here."), "case-minor", case_id, part.pk
        )
    shown = {**around(request), "form": form, "part": part, "case": part.case}
    return render(request, "cases/guardian.html", shown, status=status_of(form))


@transaction.atomic
def _recorded(
    request: HttpRequest, part: Participant, form: GuardianForm, known: list[Person]
) -> Guardianship:
    said, actor = form.cleaned_data, actor_in(request)
    if there := _just_recorded(part, said):
        return there
    return record_guardianship(
        actor=actor,
        child=part.person,
        guardian=person_from(actor=actor, said=said, known=known, is_client=False),
        kind=Guardianship.Kind(said["kind"]),
        legal_authority=said["legal_authority"],
        daily_care=said["daily_care"],
        jurisdiction=said["jurisdiction"],
    )


def _just_recorded(part: Participant, said: dict[str, Any]) -> Guardianship | None:
    """Somebody new of that name, written down a moment ago: the form was sent twice."""
    Participant.objects.select_for_update().get(pk=part.pk)
    lately = Guardianship.objects.filter(child=part.person, until_at=None, from_at__gt=now() - SENT_TWICE)
    return lately.filter(guardian__name=said["name"]).first() if said["who"] == NEW else None


@route(verb=Verb.SIGN, methods=WRITES)
def verify(request: HttpRequest, case_id: UUID, participant_id: UUID, guardianship_id: UUID) -> HttpResponse:
    """Say that one looked at the papers."""
    part = _minor(request, case_id, participant_id)
    standing = _guardianship(part, guardianship_id)
    return _do(request, part, lambda: verify_guardianship(actor=actor_in(request), guardianship=standing))


@route(verb=Verb.REVOKE, methods=WRITES)
def end(request: HttpRequest, case_id: UUID, participant_id: UUID, guardianship_id: UUID) -> HttpResponse:
    """They no longer stand for the child."""
    part = _minor(request, case_id, participant_id)
    standing = _guardianship(part, guardianship_id)
    return _do(request, part, lambda: end_guardianship(actor=actor_in(request), guardianship=standing))


@route(verb=Verb.SIGN, methods=WRITES)
def alone(request: HttpRequest, case_id: UUID, participant_id: UUID) -> HttpResponse:
    """The minor consents alone."""
    part = _minor(request, case_id, participant_id)
    form = AloneForm(request.POST)
    done = tried(form, lambda: consent_alone(actor=actor_in(request), participant=part, **form.cleaned_data))
    if done:
        return saved(request, _("Written down: they consent alone."), "case-minor", case_id, part.pk)
    return _page(request, part, alone=form)


@route(verb=Verb.SIGN, methods=WRITES)
def consent(request: HttpRequest, case_id: UUID, participant_id: UUID, guardianship_id: UUID) -> HttpResponse:
    """A guardian consented."""
    part = _minor(request, case_id, participant_id)
    standing = _guardianship(part, guardianship_id)
    return _do(
        request,
        part,
        lambda: consent_as_guardian(actor=actor_in(request), participant=part, guardian=standing.guardian),
    )


@route(verb=Verb.WITHDRAW, methods=WRITES)
def withdraw(request: HttpRequest, case_id: UUID, participant_id: UUID, consent_id: UUID) -> HttpResponse:
    """A consent no longer holds."""
    part = _minor(request, case_id, participant_id)
    found = TreatmentConsent.objects.filter(pk=consent_id, participant=part, until_at=None)
    standing = found.select_related("participant").first()
    if standing is None:
        raise Hidden
    return _do(request, part, lambda: withdraw_consent(actor=actor_in(request), consent=standing))


@route(verb=Verb.REVOKE, methods=FORM)
def narrow(request: HttpRequest, case_id: UUID, participant_id: UUID, guardianship_id: UUID) -> HttpResponse:
    """One guardian sees less from now on."""
    part = _minor(request, case_id, participant_id)
    standing = _guardianship(part, guardianship_id)
    form = NarrowForm(posted(request))
    if tried(form, lambda: _narrowed(request, part, standing, form)) is not None:
        return saved(request, _("Saved. They are not told."), "case-minor", case_id, part.pk)
    shown = {**around(request), "form": form, "part": part, "case": part.case, "guardian": standing.guardian}
    return render(request, "cases/narrow.html", shown, status=status_of(form))


def _narrowed(
    request: HttpRequest, part: Participant, standing: Guardianship, form: forms.Form
) -> GuardianNarrowing:
    said = form.cleaned_data
    return narrow_guardian(
        actor=actor_in(request),
        participant=part,
        guardian=standing.guardian,
        hides=GuardianNarrowing.Hides(said["hides"]),
        reason=said["reason"],
    )


@route(verb=Verb.GRANT, methods=WRITES)
def widen(request: HttpRequest, case_id: UUID, participant_id: UUID, narrowing_id: UUID) -> HttpResponse:
    """They see again what the law of the place gives."""
    part = _minor(request, case_id, participant_id)
    found = GuardianNarrowing.objects.filter(pk=narrowing_id, participant=part, until_at=None)
    narrowing = found.select_related("participant").first()
    if narrowing is None:
        raise Hidden
    return _do(request, part, lambda: end_narrowing(actor=actor_in(request), narrowing=narrowing))


def _minor(request: HttpRequest, case_id: UUID, participant_id: UUID) -> Participant:
    require_duty(request, Duty.KEEP_GUARDIANSHIPS)
    return participant_in(case_to(request, case_id, CaseAct.KEEP_MINORS), participant_id)


def _guardianship(part: Participant, guardianship_id: UUID) -> Guardianship:
    found = Guardianship.objects.filter(pk=guardianship_id, child=part.person)
    standing = found.select_related("guardian", "child").first()
    if standing is None:
        raise Hidden
    return standing


def _caregivers(part: Participant) -> list[Person]:
    here = Participant.objects.filter(
        case_id=part.case_id, role=Participant.Role.CAREGIVER, until_at=None
    ).select_related("person")
    return [each.person for each in here.order_by("from_at", "pk")]


def _do(request: HttpRequest, part: Participant, act: object) -> HttpResponse:
    assert callable(act)
    try:
        act()
    except HomeportError as error:
        return refused(request, error, "case-minor", part.case_id, part.pk)
    return saved(request, _("Saved."), "case-minor", part.case_id, part.pk)


def _page(request: HttpRequest, part: Participant, *, alone: AloneForm | None = None) -> HttpResponse:
    record_apart(
        actor=actor_in(request),
        verb=Verb.READ,
        material="guardianship",
        case_id=part.case_id,
        subject_id=part.person_id,
    )
    shown = minor_page(part, actor_in(request).person_id)
    shown |= {**around(request), "case": part.case, "form": alone or AloneForm()}
    return render(request, "cases/minor.html", shown, status=422 if alone else 200)
