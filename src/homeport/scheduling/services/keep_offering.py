"""What can be booked with a therapist."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.versions import save_if_unchanged
from homeport.people.errors import Unfit
from homeport.people.models import Therapist
from homeport.scheduling.changed import times_changed
from homeport.scheduling.models import Offering


@transaction.atomic
def keep_offering(
    *,
    actor: Actor,
    therapist: Therapist,
    said: Mapping[str, Any],
    offering: Offering | None = None,
    version: int = 0,
) -> Offering:
    """Write down a kind of meeting with its way, length, price and quiet, or change it.

    Appointments keep length and price as they were when they were made. Raises ``Unfit`` for a second one of the same kind
    and way, ``Changed`` when somebody was faster.
    """
    row = offering or Offering(therapist=therapist)
    for name, value in said.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            if offering is None:
                row.save(force_insert=True)
            else:
                save_if_unchanged(row, version)
    except IntegrityError:
        raise Unfit("kind", _("You offer this kind of meeting in this way already.")) from None
    record(
        actor=actor, verb=Verb.CHANGE if offering else Verb.CREATE, material="offering", row_id=row.pk,
        subject_id=therapist.person_id,
    )  # fmt: skip
    times_changed([therapist.pk])
    return row
