"""Say yes to a text that is asked before the first session, and take that yes back."""

from django.db import transaction
from django.utils.translation import gettext as _

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.beginnings import asked_of
from homeport.cases.models import ConsentSignature, Participant, TreatmentConsent
from homeport.cases.policies import rules_for
from homeport.cases.services.consent_to_treatment import consent_as_guardian, withdraw_consent
from homeport.cases.texts import OwnTexts, ToSign, own_texts
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.people.models import Guardianship, Person
from homeport.people.models.guardianship import stands_for_child_at

Ended = ConsentSignature.Ended
TREATMENT = "treatment"


def text_for(part: Participant, kind: str, signer: Person, own: OwnTexts | None = None) -> ToSign:
    """The text of this kind that holds where the case is, in the signer's language where there is one.

    ``own``: the practice's own texts, where a page has read them already; else one query.
    """
    shelf = own if own is not None else own_texts()
    return shelf.holding(kind, part.case.jurisdiction, signer.language or "en")


@transaction.atomic
def sign_consent(
    *, actor: Actor, participant: Participant, signer: Person, kind: str, text_hash: str
) -> ConsentSignature:
    """``signer`` says yes to the text whose hash was on the screen, for themselves or for a child they stand for.

    A guardian's yes to the treatment is their consent to it before the law too. Raises ``HomeportError`` where the text was
    replaced meanwhile, is not asked of them, or where they do not stand for the child.
    """
    _check(participant, signer, kind)
    text = text_for(participant, kind, signer).text
    if text_hash != text.hash:
        raise HomeportError(_("This text was replaced while you read it. Please read the new one."))
    # Two devices of one person come one after the other.
    Participant.objects.select_for_update().get(pk=participant.pk)
    held = ConsentSignature.objects.filter(participant=participant, given_by=signer, kind=kind, until_at=None)
    standing = held.first()
    if standing is not None and standing.text_hash == text.hash:
        return standing
    held.update(until_at=now(), ended=Ended.SIGNED_ANEW)
    signature = ConsentSignature(
        participant=participant, given_by=signer, kind=kind, text_id=text.id, text_version=text.version,
        language=text.language, text_hash=text.hash,
    )  # fmt: skip
    signature.save(force_insert=True)
    if kind == TREATMENT and signer.pk != participant.person_id:
        consent_as_guardian(actor=actor, participant=participant, guardian=signer)
    _recorded(actor, Verb.SIGN, signature)
    return signature


@transaction.atomic
def take_back_consent(*, actor: Actor, signature: ConsentSignature) -> None:
    """It no longer holds from now on. Of a guardian's consent to the treatment the same is true before the law."""
    standing = ConsentSignature.objects.filter(pk=signature.pk, until_at=None)
    if not standing.update(until_at=now(), ended=Ended.TAKEN_BACK):
        return
    part = signature.participant
    if signature.kind == TREATMENT and signature.given_by_id != part.person_id:
        lawful = TreatmentConsent.objects.filter(
            participant=part, given_by_id=signature.given_by_id, until_at=None
        )
        for consent in lawful.select_related("participant"):
            withdraw_consent(actor=actor, consent=consent)
    _recorded(actor, Verb.WITHDRAW, signature)


def _check(participant: Participant, signer: Person, kind: str) -> None:
    if not participant.holds:
        raise HomeportError(_("Only those who take part in the case sign its texts."))
    if signer.pk != participant.person_id:
        authority = Guardianship.objects.filter(
            stands_for_child_at(now()), child_id=participant.person_id, guardian=signer
        )
        minor = rules_for(participant.case, participant.person).is_minor
        if participant.consents_alone or not minor or not authority.exists():
            raise HomeportError(_("Only a guardian whose legal authority was verified consents for a child."))
    if kind not in {each.kind for each in asked_of(participant, signer)}:
        raise HomeportError(_("This text is not asked of you."))


def _recorded(actor: Actor, verb: Verb, signature: ConsentSignature) -> None:
    record(
        actor=actor,
        verb=verb,
        material="consent",
        row_id=signature.pk,
        case_id=signature.participant.case_id,
        subject_id=signature.participant.person_id,
    )
