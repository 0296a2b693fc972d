"""What somebody is to others here, and what they agreed to. Nobody else is named in it."""

from typing import Any

from homeport.cases.models import AgreementSignature, Authorisation, TreatmentConsent
from homeport.core.keys import KeyGone
from homeport.directory.models import Profile
from homeport.interop.plain import fields, lasting, plain
from homeport.people.models import (
    Cover,
    EmergencyContact,
    Guardianship,
    Invitation,
    Licence,
    Person,
    ProfessionalWill,
    Supervision,
    Therapist,
)


def contact_of(person: Person) -> dict[str, Any] | None:
    """Whom to call, and where they are."""
    contact = EmergencyContact.objects.filter(person=person).first()
    return _opened(contact, {"id", "person"}) if contact else None


def parts_in_cases(person: Person) -> list[dict[str, Any]]:
    """The cases they take part in."""
    parts = person.participations.select_related("case").order_by("from_at", "pk")
    return [
        {"kind": part.case.kind, "as": part.role, "from": plain(part.from_at), "until": plain(part.until_at)}
        for part in parts
    ]


def signed_by(person: Person) -> list[dict[str, Any]]:
    """The agreements they signed: which words, by their hash."""
    signatures = AgreementSignature.objects.filter(person=person).select_related("agreement")
    return [
        {"kind": one.agreement.kind, "text": one.agreement.text_id, "text_version": one.agreement.text_version,
         "text_language": one.agreement.language, "text_hash": one.text_hash, "signed_at": plain(one.signed_at)}
        for one in signatures.order_by("signed_at", "pk")
    ]  # fmt: skip


def permissions_by(person: Person) -> list[dict[str, Any]]:
    """To whom they allowed a joint record to be given."""
    given = Authorisation.objects.filter(person=person).order_by("from_at", "pk")
    return [
        {"to": one.recipient, "for": one.purpose, "from": plain(one.from_at), "until": plain(one.until_at)}
        for one in given
    ]


def consents_of(person: Person) -> list[dict[str, Any]]:
    """Consents to treatment: their own, a guardian's for them, theirs for a child."""
    given = TreatmentConsent.objects.filter(given_by=person) | TreatmentConsent.objects.filter(
        participant__person=person
    )
    return [
        {
            "for": "you" if one.participant.person_id == person.pk else "a child",
            "by": "you" if one.given_by_id == person.pk else "a guardian",
            "from": plain(one.from_at),
            "until": plain(one.until_at),
        }
        for one in given.distinct().select_related("participant").order_by("from_at", "pk")
    ]


def guardianships_of(person: Person) -> list[dict[str, Any]]:
    """Who stands for them, and for whom they stand. How many others stand for a child is not theirs to know."""
    names = ("kind", "legal_authority", "daily_care", "jurisdiction", "verified_at")
    for_others = Guardianship.objects.filter(guardian=person).order_by("from_at", "pk")
    for_them = Guardianship.objects.filter(child=person).order_by("from_at", "pk")
    return [
        *({"you_are": "the guardian", **each} for each in lasting(for_others, *names)),
        *({"you_are": "the child", **each} for each in lasting(for_them, *names)),
    ]


def work_of(person: Person) -> dict[str, Any]:
    """What there is of somebody who works here; each part is empty for everybody else."""
    therapist = Therapist.objects.filter(person=person).first()
    page = Profile.objects.filter(therapist__person=person).first()
    will = ProfessionalWill.objects.filter(therapist=person).first()
    licences = Licence.objects.filter(therapist__person=person).order_by("expires_on", "pk")
    return {
        "offer": fields(therapist, {"id", "person", "version"}) if therapist else None,
        "page": fields(page, {"id", "therapist", "version", "words", "x", "y", "z", "lot"}) if page else None,
        "licences": [fields(one, {"id", "therapist", "version", "verified_by"}) for one in licences],
        "supervises": lasting(Supervision.objects.filter(supervisor=person).order_by("from_at", "pk")),
        "is_supervised": lasting(Supervision.objects.filter(supervisee=person).order_by("from_at", "pk")),
        "covers": lasting(Cover.objects.filter(by=person).order_by("from_at", "pk")),
        "is_covered": lasting(Cover.objects.filter(covered=person).order_by("from_at", "pk")),
        "will": _opened(will, {"id", "therapist", "version"}) if will else None,
    }


def invitations_of(person: Person) -> list[dict[str, Any]]:
    """Invitations to their own record."""
    names = ("email", "roles", "created_at", "expires_at", "accepted_at", "withdrawn_at")
    found = Invitation.objects.filter(person=person).order_by("created_at", "pk")
    return [{name: plain(getattr(one, name)) for name in names} for one in found]


def _opened(row: Any, without: set[str]) -> dict[str, Any] | None:
    try:
        return fields(row, without)
    except KeyGone:
        return None
