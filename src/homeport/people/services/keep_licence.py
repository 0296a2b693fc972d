"""A therapist's licences."""

from datetime import date

from django.db import IntegrityError, transaction

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now, today
from homeport.core.errors import HomeportError
from homeport.people.models import Licence, Therapist


@transaction.atomic
def add_licence(
    *, actor: Actor, therapist: Therapist, jurisdiction: str, body: str, number: str, expires_on: date
) -> Licence:
    """Write a licence down. It counts once somebody verified it. Raises ``HomeportError`` when it is another's."""
    licence = Licence(
        therapist=therapist,
        jurisdiction=jurisdiction,
        body=body.strip(),
        number=number.strip(),
        expires_on=expires_on,
    )
    try:
        with transaction.atomic():
            licence.save(force_insert=True)
    except IntegrityError:
        raise HomeportError("A licence of this number is on record already.") from None
    record(
        actor=actor, verb=Verb.CREATE, material="licence", row_id=licence.pk, subject_id=therapist.person_id
    )
    return licence


@transaction.atomic
def verify_licence(*, actor: Actor, licence: Licence) -> None:
    """Say that one looked at the register. Nobody verifies their own; an expired one is not verified."""
    if actor.person_id is None or actor.person_id == licence.therapist.person_id:
        raise HomeportError("A licence is verified by somebody else than its holder.")
    if licence.expires_on < today():
        raise HomeportError("This licence has expired. Enter the renewed one.")
    licence.verified_by_id, licence.verified_at = actor.person_id, now()
    licence.save(update_fields=["verified_by", "verified_at"])
    record(
        actor=actor,
        verb=Verb.SIGN,
        material="licence",
        row_id=licence.pk,
        subject_id=licence.therapist.person_id,
    )
