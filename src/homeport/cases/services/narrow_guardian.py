"""Let a guardian see less than the law of the place gives by itself."""

from django.db import transaction
from django.utils.translation import gettext as _

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.models import GuardianNarrowing, Participant
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.people.errors import Unfit
from homeport.people.models import Guardianship, Person
from homeport.people.models.lasting import holds_at

SHORTEST_REASON = 20


@transaction.atomic
def narrow_guardian(
    *,
    actor: Actor,
    participant: Participant,
    guardian: Person,
    hides: GuardianNarrowing.Hides,
    reason: str,
) -> GuardianNarrowing:
    """From now on ``guardian`` sees less of this child in this case. It replaces what was decided before.

    Raises ``HomeportError`` for somebody who is no guardian of the child, or where nobody decides; ``Unfit`` without a
    reason.
    """
    if actor.person_id is None:
        raise HomeportError(_("A therapist decides this."))
    if not Guardianship.objects.filter(holds_at(now()), child=participant.person, guardian=guardian).exists():
        raise HomeportError(_("This person does not stand for the child."))
    if len(reason.strip()) < SHORTEST_REASON:
        raise Unfit("reason", _("Say in a sentence why this is better for the child."))
    GuardianNarrowing.objects.filter(participant=participant, guardian=guardian, until_at=None).update(
        until_at=now()
    )
    narrowing = GuardianNarrowing(
        participant=participant,
        guardian=guardian,
        hides=hides,
        reason=reason.strip(),
        decided_by_id=actor.person_id,
    )
    narrowing.save(force_insert=True)
    _recorded(actor, Verb.REVOKE, narrowing)
    return narrowing


@transaction.atomic
def end_narrowing(*, actor: Actor, narrowing: GuardianNarrowing) -> None:
    """The guardian sees again what the law of the place gives."""
    if GuardianNarrowing.objects.filter(pk=narrowing.pk, until_at=None).update(until_at=now()):
        _recorded(actor, Verb.GRANT, narrowing)


def _recorded(actor: Actor, verb: Verb, narrowing: GuardianNarrowing) -> None:
    record(
        actor=actor,
        verb=verb,
        material="guardian’s sight",
        row_id=narrowing.pk,
        case_id=narrowing.participant.case_id,
        subject_id=narrowing.participant.person_id,
    )
