"""Everything that Homeport holds about a person and may show them, as plain structures.

The rows come through access, so that an export holds what the person's own pages would show them and no more: nothing of a
partner's, nothing of a violence screen. Who looked at their record is in it as well.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Field, Model

from homeport.access.rows import visible
from homeport.access.standing import standing_of
from homeport.access.wall import person_set
from homeport.accounts.models import KeptResult
from homeport.audit.selectors import who_looked
from homeport.cases.models import AgreementSignature, Authorisation
from homeport.core.actor import Actor
from homeport.core.clinical import ClinicalRow, clinical_models
from homeport.core.clock import now
from homeport.core.sealed.box import still_there
from homeport.people.models import EmergencyContact, Person

FORMAT = 1
# Ids of other people and our own bookkeeping are nobody's to take along.
LEFT_OUT = frozenset({"version", "author_id", "subject_id", "case_id", "changed_at"})
PERSON = ("name", "called", "pronouns", "birth_date", "language", "zone", "phone", "may_mail", "may_call", "may_text",
          "never_at_home", "wants_neutral_sender", "created_at")  # fmt: skip


def everything_about(person: Person) -> dict[str, Any]:
    """All of it, by section, each in the order of time."""
    return {
        "format": FORMAT,
        "made_at": now().isoformat(),
        "about_you": {name: _plain(getattr(person, name)) for name in PERSON},
        "sign_in": {"email": person.user.email} if person.user else None,
        "emergency_contact": _contact(person),
        "roles": _lasting(person.roles.order_by("from_at", "pk"), "role"),
        "cases": _cases(person),
        "signed": _signed(person),
        "permissions": _permissions(person),
        "kept_results": _kept(person),
        "material": _material(person),
        "who_looked": _looked(person),
    }


def _contact(person: Person) -> dict[str, Any] | None:
    contact = EmergencyContact.objects.filter(person=person).first()
    return _fields(contact, {"id", "person"}) if contact else None


def _lasting(rows: Iterable[Any], name: str) -> list[dict[str, Any]]:
    return [
        {name: getattr(row, name), "from": _plain(row.from_at), "until": _plain(row.until_at)} for row in rows
    ]


def _cases(person: Person) -> list[dict[str, Any]]:
    parts = person.participations.select_related("case").order_by("from_at", "pk")
    return [
        {
            "kind": part.case.kind,
            "as": part.role,
            "from": _plain(part.from_at),
            "until": _plain(part.until_at),
        }
        for part in parts
    ]


def _signed(person: Person) -> list[dict[str, Any]]:
    signatures = AgreementSignature.objects.filter(person=person).select_related("agreement")
    return [
        {"text": one.agreement.text_id, "text_version": one.agreement.text_version, "text_hash": one.text_hash,
         "signed_at": _plain(one.signed_at)}
        for one in signatures.order_by("signed_at", "pk")
    ]  # fmt: skip


def _permissions(person: Person) -> list[dict[str, Any]]:
    given = Authorisation.objects.filter(person=person).order_by("from_at", "pk")
    return [
        {"to": one.recipient, "for": one.purpose, "from": _plain(one.from_at), "until": _plain(one.until_at)}
        for one in given
    ]


def _material(person: Person) -> dict[str, list[dict[str, Any]]]:
    actor = Actor("person", person_id=person.pk, via="export")
    standing = standing_of(actor)
    found: dict[str, list[dict[str, Any]]] = {}
    for model in clinical_models():
        # What they see as a professional is their clients', not theirs.
        rows = visible(standing, model).exclude(case_id__in=standing.professional_cases)
        with person_set(actor):
            opened = list(_opened(rows.order_by("created_at", "pk")))
        if opened:
            found.setdefault(str(model.material.label), []).extend(opened)
    return found


def _opened(rows: Iterable[ClinicalRow]) -> Iterable[dict[str, Any]]:
    return (_fields(row, LEFT_OUT) for row in still_there(rows))


def _kept(person: Person) -> list[dict[str, Any]]:
    kept = KeptResult.objects.filter(person_id=person.pk).order_by("kept_at", "pk")
    return [{"kept_at": _plain(result.kept_at), "visit": result.visit} for result in kept]


def _looked(person: Person) -> list[dict[str, Any]]:
    return [
        {"when": _plain(event.at), "what": event.material, "did": event.verb, "count": event.count}
        for event in who_looked(person.pk, limit=10_000)
    ]


def _fields(row: Model, without: Iterable[str]) -> dict[str, Any]:
    fields: list[Field[Any, Any]] = [
        field for field in row._meta.concrete_fields if field.name not in without
    ]
    return {field.name: _plain(getattr(row, field.attname)) for field in fields}


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | float | str | list | dict) else str(value)
