"""A therapist's licences."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now, today
from homeport.core.errors import HomeportError
from homeport.core.versions import save_if_unchanged
from homeport.people.errors import Unfit
from homeport.people.models import Licence, Therapist
from homeport.people.policies import check_jurisdiction


@transaction.atomic
def add_licence(
    *, actor: Actor, therapist: Therapist, jurisdiction: str, body: str, number: str, expires_on: date
) -> Licence:
    """Write a licence down. It counts once somebody verified it. Raises ``Unfit`` when it is another's."""
    check_jurisdiction(jurisdiction)
    licence = Licence(
        therapist=therapist,
        jurisdiction=jurisdiction,
        body=body.strip(),
        number=number.strip(),
        expires_on=expires_on,
    )
    if not licence.body or not licence.number:
        raise Unfit("number", _("A licence has a number, and somebody who gave it."))
    _check_expiry(expires_on)
    try:
        with transaction.atomic():
            licence.save(force_insert=True)
    except IntegrityError:
        raise Unfit("number", _("A licence of this number is on record already.")) from None
    record(
        actor=actor, verb=Verb.CREATE, material="licence", row_id=licence.pk, subject_id=therapist.person_id
    )
    return licence


@transaction.atomic
def renew_licence(*, actor: Actor, licence: Licence, expires_on: date, version: int) -> Licence:
    """It lasts longer now, as its holder says: somebody looks at the register again before it counts."""
    if expires_on <= licence.expires_on:
        raise Unfit("expires_on", _("A renewed licence lasts longer than the one before."))
    licence.expires_on, licence.verified_by_id, licence.verified_at = expires_on, None, None
    save_if_unchanged(licence, version)
    record(
        actor=actor,
        verb=Verb.CHANGE,
        material="licence",
        row_id=licence.pk,
        subject_id=licence.therapist.person_id,
    )
    return licence


@transaction.atomic
def verify_licence(*, actor: Actor, licence: Licence, version: int | None = None) -> None:
    """Say that one looked at the register. Nobody verifies their own; an expired one is not verified.

    ``version``: of the licence as it was on the screen. Raises ``Changed`` when its holder has changed it since.
    """
    if actor.person_id is None or actor.person_id == licence.therapist.person_id:
        raise HomeportError(_("A licence is verified by somebody else than its holder."))
    if licence.expires_on < today():
        raise HomeportError(_("This licence has expired. Enter the renewed one."))
    licence.verified_by_id, licence.verified_at = actor.person_id, now()
    save_if_unchanged(licence, licence.version if version is None else version)
    record(
        actor=actor,
        verb=Verb.SIGN,
        material="licence",
        row_id=licence.pk,
        subject_id=licence.therapist.person_id,
    )


@transaction.atomic
def drop_licence(*, actor: Actor, licence: Licence) -> None:
    """Take back one that nobody verified: a slip of the pen. Raises ``HomeportError`` for one that was."""
    if not Licence.objects.filter(pk=licence.pk, verified_at=None).delete()[0]:
        raise HomeportError(_("This licence was verified. It stays on record until it expires."))
    record(
        actor=actor,
        verb=Verb.REVOKE,
        material="licence",
        row_id=licence.pk,
        subject_id=licence.therapist.person_id,
    )


def _check_expiry(expires_on: date) -> None:
    if expires_on < today():
        raise Unfit("expires_on", _("That day has passed. Write the day on which the licence ends."))
    if expires_on.year > today().year + 30:
        raise Unfit("expires_on", _("No licence lasts that long. Please check the year."))
