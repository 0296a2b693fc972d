"""Agree on confidentiality, and authorise what leaves the case."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.models import (
    AgreementSignature,
    Authorisation,
    Case,
    ConfidentialityAgreement,
    Participant,
)
from homeport.cases.texts import EVERYWHERE, OwnTexts, own_texts
from homeport.content.consents import Consent
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.people.models import Person, Practice
from homeport.people.models.lasting import holds_at

Kind = ConfidentialityAgreement.Kind


def agreement_text(
    kind: Kind, language: str = "en", jurisdiction: str = EVERYWHERE, own: OwnTexts | None = None
) -> Consent:
    """The text of one kind of agreement that holds now. ``own``: the practice's own; else one query."""
    shelf = own if own is not None else own_texts()
    return shelf.holding(f"confidentiality-{kind.replace('_', '-')}", jurisdiction, language).text


def agreement_language(case: Case) -> str:
    """In which language everybody of a case is asked to agree: it is one text, signed by all.

    The one that all of them speak who can sign for themselves, else the practice's first. At most two queries.
    """
    signers = case.participants.filter(holds_at(now())).exclude(role=Participant.Role.CHILD)
    spoken = set(signers.values_list("person__language", flat=True))
    if len(spoken) == 1:
        return spoken.pop()
    practice = Practice.objects.first()
    return practice.languages[0] if practice and practice.languages else "en"


@transaction.atomic
def propose_agreement(
    *, actor: Actor, case: Case, kind: Kind, proposed_by: Person
) -> ConfidentialityAgreement:
    """Put a text before everybody in the case, in their language. It replaces the one before; signatures begin anew."""
    text = agreement_text(kind, agreement_language(case), case.jurisdiction)
    # Two who put one forward at once come one after the other: the later one stands.
    Case.objects.select_for_update().get(pk=case.pk)
    ConfidentialityAgreement.objects.filter(case=case, replaced_at=None).update(replaced_at=now())
    agreement = ConfidentialityAgreement(
        case=case,
        kind=kind,
        text_id=text.id,
        text_version=text.version,
        language=text.language,
        text_hash=text.hash,
        proposed_by=proposed_by,
    )
    agreement.save(force_insert=True)
    record(actor=actor, verb=Verb.CREATE, material="agreement", row_id=agreement.pk, case_id=case.pk)
    return agreement


@transaction.atomic
def sign_agreement(
    *, actor: Actor, agreement: ConfidentialityAgreement, person: Person, text_hash: str
) -> AgreementSignature:
    """Sign the text whose hash was on the screen. Raises ``HomeportError`` when that is not the text agreed on now."""
    if agreement.replaced_at is not None or text_hash != agreement.text_hash:
        raise HomeportError(_("This text was replaced while you read it. Please read the new one."))
    in_case = agreement.case.participants.filter(person=person, until_at=None).exists()
    treats = agreement.case.care_team.filter(person=person, until_at=None).exists()
    if not (in_case or treats):
        raise HomeportError(_("Only those who take part in the case sign its agreement."))
    signature, created = AgreementSignature.objects.get_or_create(
        agreement=agreement, person=person, defaults={"text_hash": text_hash}
    )
    if created:
        record(
            actor=actor, verb=Verb.SIGN, material="agreement", row_id=agreement.pk, case_id=agreement.case_id,
            subject_id=person.pk,
        )  # fmt: skip
    return signature


@transaction.atomic
def authorise(
    *, actor: Actor, case: Case, person: Person, recipient: str, purpose: str, until_at: datetime
) -> Authorisation:
    """One participant's permission to give the joint record to somebody, until a date."""
    if not recipient.strip() or not purpose.strip():
        raise HomeportError(_("Please say who receives the record, and what for."))
    if until_at <= now():
        raise HomeportError(_("A permission ends in the future."))
    given = Authorisation(
        case=case, person=person, recipient=recipient.strip(), purpose=purpose.strip(), until_at=until_at
    )
    given.save(force_insert=True)
    record(
        actor=actor,
        verb=Verb.GRANT,
        material="authorisation",
        row_id=given.pk,
        case_id=case.pk,
        subject_id=person.pk,
    )
    return given


@transaction.atomic
def withdraw_authorisation(*, actor: Actor, authorisation: Authorisation) -> None:
    """No further release from now on."""
    if Authorisation.objects.filter(pk=authorisation.pk, until_at__gt=now()).update(until_at=now()):
        record(
            actor=actor, verb=Verb.WITHDRAW, material="authorisation", row_id=authorisation.pk,
            case_id=authorisation.case_id, subject_id=authorisation.person_id,
        )  # fmt: skip
