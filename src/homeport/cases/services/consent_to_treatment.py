"""Who consents to a minor's treatment, and a minor who consents alone."""

from django.db import transaction
from django.utils.translation import gettext as _

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.models import Participant, TreatmentConsent
from homeport.cases.policies import rules_for
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.people.errors import Unfit
from homeport.people.models import Guardianship, Person
from homeport.people.models.guardianship import stands_for_child_at

SHORTEST_NOTE = 20


@transaction.atomic
def consent_alone(*, actor: Actor, participant: Participant, capacity_note: str = "") -> TreatmentConsent:
    """The minor's own consent is enough: no guardian has a standing in this case because of them.

    Raises ``HomeportError`` for an adult, and where the law of the place asks for a guardian; ``Unfit`` where it asks the
    clinician whether the minor understands, and the clinician does not say why they do.
    """
    rules = rules_for(participant.case, participant.person)
    note = capacity_note.strip()
    if not rules.is_minor:
        raise HomeportError(_("This person is of age. Nobody else consents for them."))
    if rules.consents_alone is False:
        raise HomeportError(_("At this age the law of the place asks for a guardian’s consent."))
    if rules.consents_alone is None and len(note) < SHORTEST_NOTE:
        raise Unfit("capacity_note", _("Say in a sentence how you know that this young person understands."))
    consent = _keep(actor, participant, participant.person, note)
    if not participant.consents_alone:
        participant.consents_alone = True
        participant.save(update_fields=["consents_alone"])
    return consent


@transaction.atomic
def consent_as_guardian(*, actor: Actor, participant: Participant, guardian: Person) -> TreatmentConsent:
    """A guardian's consent. Raises ``HomeportError`` without verified legal authority, or for an adult."""
    if not rules_for(participant.case, participant.person).is_minor:
        raise HomeportError(_("This person is of age. Nobody else consents for them."))
    authority = Guardianship.objects.filter(
        stands_for_child_at(now()), child=participant.person, guardian=guardian
    )
    if not authority.exists():
        raise HomeportError(_("Only a guardian whose legal authority was verified consents for a child."))
    return _keep(actor, participant, guardian, "")


@transaction.atomic
def withdraw_consent(*, actor: Actor, consent: TreatmentConsent) -> None:
    """It no longer holds from now on. Where it was the minor's own, the guardians stand for them again."""
    if not TreatmentConsent.objects.filter(pk=consent.pk, until_at=None).update(until_at=now()):
        return
    participant = consent.participant
    if consent.given_by_id == participant.person_id:
        Participant.objects.filter(pk=participant.pk).update(consents_alone=False)
    _recorded(actor, Verb.WITHDRAW, consent)


def _keep(actor: Actor, participant: Participant, given_by: Person, note: str) -> TreatmentConsent:
    # Two devices, or two taps, come one after the other.
    Participant.objects.select_for_update().get(pk=participant.pk)
    standing = TreatmentConsent.objects.filter(
        participant=participant, given_by=given_by, until_at=None
    ).first()
    if standing is not None:
        return standing
    consent = TreatmentConsent(
        participant=participant,
        given_by=given_by,
        capacity_note=note,
        recorded_by_id=actor.person_id or given_by.pk,
    )
    consent.save(force_insert=True)
    _recorded(actor, Verb.SIGN, consent)
    return consent


def _recorded(actor: Actor, verb: Verb, consent: TreatmentConsent) -> None:
    record(
        actor=actor,
        verb=verb,
        material="treatment consent",
        row_id=consent.pk,
        case_id=consent.participant.case_id,
        subject_id=consent.participant.person_id,
    )
