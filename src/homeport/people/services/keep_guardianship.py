"""Who stands for a child."""

from django.db import transaction

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.content.jurisdictions import ELSEWHERE
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.people.jurisdictions import is_minor
from homeport.people.models import Guardianship, Person, Practice
from homeport.people.models.lasting import holds_at
from homeport.people.policies import check_jurisdiction


@transaction.atomic
def record_guardianship(
    *,
    actor: Actor,
    child: Person,
    guardian: Person,
    kind: Guardianship.Kind,
    legal_authority: bool,
    daily_care: bool,
    jurisdiction: str = "",
) -> Guardianship:
    """Write down what ``guardian`` is to ``child``. It opens nothing until the papers were looked at.

    ``jurisdiction``: where the child lives, the practice's place when left out. Raises ``HomeportError`` for what
    cannot be so.
    """
    practice = Practice.objects.first()
    jurisdiction = jurisdiction or (practice.jurisdiction if practice else ELSEWHERE)
    check_jurisdiction(jurisdiction)
    # Two who write the same thing down at once come one after the other.
    Person.objects.select_for_update().get(pk=child.pk)
    if child.pk == guardian.pk:
        raise HomeportError("Nobody is their own guardian.")
    if not is_minor(jurisdiction, child.age_on()):
        raise HomeportError("This person is of age. Nobody stands for them.")
    if Guardianship.objects.filter(holds_at(now()), child=child, guardian=guardian).exists():
        raise HomeportError(
            "This person stands for the child already. End that first, then write down what holds now."
        )
    if not (legal_authority or daily_care):
        raise HomeportError("A guardian has legal authority, daily care, or both.")
    guardianship = Guardianship(
        child=child,
        guardian=guardian,
        kind=kind,
        legal_authority=legal_authority,
        daily_care=daily_care,
        jurisdiction=jurisdiction,
    )
    guardianship.save(force_insert=True)
    record(actor=actor, verb=Verb.GRANT, material="guardianship", row_id=guardianship.pk, subject_id=child.pk)
    return guardianship


@transaction.atomic
def verify_guardianship(*, actor: Actor, guardianship: Guardianship) -> None:
    """Say that one looked at the papers."""
    if actor.person_id in (None, guardianship.guardian_id):
        raise HomeportError("Authority is verified by somebody else than the guardian.")
    guardianship.verified_by_id, guardianship.verified_at = actor.person_id, now()
    guardianship.save(update_fields=["verified_by", "verified_at"])
    record(
        actor=actor,
        verb=Verb.SIGN,
        material="guardianship",
        row_id=guardianship.pk,
        subject_id=guardianship.child_id,
    )


@transaction.atomic
def end_guardianship(*, actor: Actor, guardianship: Guardianship) -> None:
    """A judge decided anew, or the child came of age: it ends now."""
    if Guardianship.objects.filter(pk=guardianship.pk, until_at=None).update(until_at=now()):
        record(
            actor=actor, verb=Verb.REVOKE, material="guardianship", row_id=guardianship.pk,
            subject_id=guardianship.child_id,
        )  # fmt: skip
