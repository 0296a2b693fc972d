"""How early and how late people book."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.versions import Changed, save_if_unchanged
from homeport.people.models import Therapist
from homeport.scheduling.changed import times_changed
from homeport.scheduling.models import BookingRules


@transaction.atomic
def keep_booking_rules(
    *, actor: Actor, therapist: Therapist | None, said: Mapping[str, int], version: int
) -> BookingRules:
    """Keep the rules of a therapist, or (None) of the practice. ``version``: 0 where there were none. Raises ``Changed``."""
    row = BookingRules.objects.filter(therapist=therapist).first()
    if (row.version if row else 0) != version:
        raise Changed
    made = row or BookingRules(therapist=therapist)
    for name, value in said.items():
        setattr(made, name, value)
    if row is None:
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError:
            raise Changed from None
    else:
        save_if_unchanged(made, version)
    subject = therapist.person_id if therapist else None
    record(actor=actor, verb=Verb.SETTING, material="booking_rules", row_id=made.pk, subject_id=subject)
    times_changed([therapist.pk if therapist else None])
    return made


@transaction.atomic
def drop_booking_rules(*, actor: Actor, therapist: Therapist) -> None:
    """Let the practice's rules hold again for a therapist."""
    row = BookingRules.objects.filter(therapist=therapist).first()
    if row is not None:
        record(
            actor=actor, verb=Verb.WITHDRAW, material="booking_rules", row_id=row.pk, subject_id=therapist.person_id
        )  # fmt: skip
        row.delete()
        times_changed([therapist.pk])
