"""When a therapist can be booked: hours of the week, days off, hours more."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.versions import save_if_unchanged
from homeport.people.errors import Unfit
from homeport.people.models import Therapist
from homeport.scheduling.changed import times_changed
from homeport.scheduling.models import Away, Extra, Pattern, Place
from homeport.scheduling.wall_clock import zone_named

MOST = 100


@transaction.atomic
def keep_pattern(
    *,
    actor: Actor,
    therapist: Therapist,
    said: Mapping[str, Any],
    pattern: Pattern | None = None,
    version: int = 0,
) -> Pattern:
    """Write down hours of one weekday, or change them (``pattern`` as it was at ``version``).

    ``said``: the fields of ``Pattern``. Raises ``Unfit`` for hours that are none, ``Changed`` when somebody was faster.
    """
    if said["begins"] >= said["ends"]:
        raise Unfit("ends", _("The hours end after they begin."))
    if said.get("until_day") and said["until_day"] < said["from_day"]:
        raise Unfit("until_day", _("The last day is not before the first."))
    zone_named(said["zone"])
    if pattern is None and Pattern.objects.filter(therapist=therapist).count() >= MOST:
        raise Unfit("weekday", _("These are more hours than a week has room for."))
    row = pattern or Pattern(therapist=therapist)
    for name, value in said.items():
        setattr(row, name, value)
    if pattern is None:
        row.save(force_insert=True)
    else:
        save_if_unchanged(row, version)
    _record(actor, Verb.CHANGE if pattern else Verb.CREATE, "pattern", row.pk, therapist)
    return row


@transaction.atomic
def drop_pattern(*, actor: Actor, pattern: Pattern) -> None:
    """Take hours of a weekday away. What is booked in them stays."""
    _record(actor, Verb.WITHDRAW, "pattern", pattern.pk, pattern.therapist)
    pattern.delete()


@transaction.atomic
def add_away(
    *,
    actor: Actor,
    therapist: Therapist | None,
    begins_at: datetime,
    ends_at: datetime,
    name: str = "",
) -> Away:
    """Nobody books then: with this therapist, or (None) in the whole practice."""
    _check(begins_at, ends_at)
    row = Away(therapist=therapist, begins_at=begins_at, ends_at=ends_at, name=name.strip())
    row.save(force_insert=True)
    _record(actor, Verb.CREATE, "away", row.pk, therapist)
    return row


@transaction.atomic
def add_extra(
    *, actor: Actor, therapist: Therapist, begins_at: datetime, ends_at: datetime, place: Place | None = None
) -> Extra:
    """Open hours more on one day."""
    _check(begins_at, ends_at)
    row = Extra(therapist=therapist, begins_at=begins_at, ends_at=ends_at, place=place)
    row.save(force_insert=True)
    _record(actor, Verb.CREATE, "extra_hours", row.pk, therapist)
    return row


@transaction.atomic
def drop_exception(*, actor: Actor, exception: Away | Extra) -> None:
    """Take days off or hours more back."""
    name = "away" if isinstance(exception, Away) else "extra_hours"
    _record(actor, Verb.WITHDRAW, name, exception.pk, exception.therapist)
    exception.delete()


def _check(begins_at: datetime, ends_at: datetime) -> None:
    if begins_at >= ends_at:
        raise Unfit("ends", _("It ends after it begins."))


def _record(actor: Actor, verb: Verb, material: str, row_id: UUID, therapist: Therapist | None) -> None:
    subject = therapist.person_id if therapist else None
    record(actor=actor, verb=verb, material=material, row_id=row_id, subject_id=subject)
    times_changed([therapist.pk if therapist else None])
