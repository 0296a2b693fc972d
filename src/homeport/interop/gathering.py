"""Everything that Homeport holds about a person and may show them, as plain structures.

The rows come through access, so that an export holds what the person's own pages would show them and no more: nothing of a
partner's, nothing of a violence screen. Who looked at their record is in it as well.
"""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from homeport.access.rows import visible
from homeport.access.standing import standing_of
from homeport.access.wall import person_set
from homeport.accounts.models import KeptResult
from homeport.audit.selectors import who_looked
from homeport.audit.verbs import Verb
from homeport.cases.selectors import names_of
from homeport.core.actor import Actor
from homeport.core.clinical import ClinicalRow, clinical_models
from homeport.core.clock import now
from homeport.core.materials import Material
from homeport.core.sealed.box import still_there
from homeport.interop.plain import fields, lasting, plain
from homeport.interop.sign_in import sign_in_of
from homeport.interop.standing import (
    consents_of,
    contact_of,
    guardianships_of,
    invitations_of,
    parts_in_cases,
    permissions_by,
    signed_by,
    work_of,
)
from homeport.interop.times import times_of
from homeport.people.models import Person

FORMAT = 2
# What others asked of somebody who works here is not theirs to take along.
PUT_BEFORE_STAFF = frozenset({Material.REQUEST})
# Ids of other people and our own bookkeeping are nobody's to take along.
# That an answer asked for somebody least of all: it would go along with what its author opened to another.
LEFT_OUT = frozenset({"version", "author_id", "subject_id", "case_id", "changed_at", "raised_at"})
PERSON = ("name", "called", "pronouns", "birth_date", "language", "zone", "phone", "may_mail", "may_call", "may_text",
          "never_at_home", "wants_neutral_sender", "created_at")  # fmt: skip


def everything_about(person: Person) -> dict[str, Any]:
    """All of it, by section, each in the order of time."""
    return {
        "format": FORMAT,
        "made_at": now().isoformat(),
        "about_you": {name: plain(getattr(person, name)) for name in PERSON},
        "sign_in": sign_in_of(person.user) if person.user else None,
        "emergency_contact": contact_of(person),
        "roles": lasting(person.roles.order_by("from_at", "pk"), "role"),
        "cases": parts_in_cases(person),
        "signed": signed_by(person),
        "permissions": permissions_by(person),
        "consents": consents_of(person),
        "guardianships": guardianships_of(person),
        "invitations": invitations_of(person),
        "work": work_of(person),
        "kept_results": _kept(person),
        "times": _times(person),
        "material": _material(person),
        "who_looked": _looked(person),
    }


def _material(person: Person) -> dict[str, list[dict[str, Any]]]:
    actor = Actor("person", person_id=person.pk, via="export")
    standing = standing_of(actor)
    found: dict[str, list[dict[str, Any]]] = {}
    for model in clinical_models():
        # What they see as a professional is their clients', not theirs.
        rows = visible(standing, model).exclude(case_id__in=standing.professional_cases)
        if model.material in PUT_BEFORE_STAFF:
            rows = rows.filter(author_id=person.pk)
        with person_set(actor):
            opened = list(_opened(rows.order_by("created_at", "pk")))
        if opened:
            found.setdefault(str(model.material.label), []).extend(opened)
    return found


def _opened(rows: Iterable[ClinicalRow]) -> Iterable[dict[str, Any]]:
    return (fields(row, LEFT_OUT) for row in still_there(rows))


def _times(person: Person) -> dict[str, Any]:
    # Appointments are behind the second wall: read as whoever comes to them.
    with person_set(Actor("person", person_id=person.pk, via="export")):
        return times_of(person)


def _kept(person: Person) -> list[dict[str, Any]]:
    kept = KeptResult.objects.filter(person_id=person.pk).order_by("kept_at", "pk")
    return [{"kept_at": plain(result.kept_at), "visit": result.visit} for result in still_there(kept)]


def _looked(person: Person) -> list[dict[str, Any]]:
    """As the page tells it: each thing once a day and person. The time of day could tell what somebody else did."""
    cases = standing_of(Actor("person", person_id=person.pk, via="export")).participates_in
    events = list(who_looked(person.pk, case_ids=cases, limit=10_000))
    names = names_of({event.person_id for event in events if event.person_id})
    found = [
        (
            timezone.localtime(event.at).date().isoformat(),
            names.get(event.person_id, "") if event.person_id else _("This site, by itself"),
            str(Verb(event.verb).label),
            event.material.replace("_", " "),
        )
        for event in events
    ]
    return [dict(zip(("day", "who", "did", "what"), one, strict=True)) for one in dict.fromkeys(found)]
