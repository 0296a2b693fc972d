"""A colleague stands in for some days."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.people.errors import Unfit
from homeport.people.models import Cover, Person, Role, RoleHolding
from homeport.people.models.lasting import holds_at
from homeport.people.services.hold_role import lend_role

LONGEST_COVER = timedelta(days=92)
# Whoever holds one of these may work on a case already; anybody else is lent a role for the days of cover.
WORKS_HERE = (Role.THERAPIST, Role.SUPERVISOR, Role.INTAKE)


@transaction.atomic
def arrange_cover(
    *,
    actor: Actor,
    covered: Person,
    by: Person,
    from_at: datetime,
    until_at: datetime,
    practice_of_by: str = "",
) -> Cover:
    """Let ``by`` stand in for ``covered`` for these days, also from another practice (``practice_of_by``).

    Who does not work here is lent the role of a covering colleague for as long. Raises ``HomeportError`` for days or
    people that make no cover.
    """
    _check(covered, by, from_at, until_at)
    cover = Cover(
        covered=covered, by=by, from_at=from_at, until_at=until_at, practice_of_by=practice_of_by.strip()
    )
    cover.save(force_insert=True)
    if practice_of_by or not by.roles.filter(holds_at(from_at), role__in=WORKS_HERE).exists():
        lend_role(actor=actor, person=by, role=Role.COVER, from_at=from_at, until_at=until_at)
    record(actor=actor, verb=Verb.GRANT, material="cover", row_id=cover.pk, subject_id=covered.pk)
    return cover


@transaction.atomic
def end_cover(*, actor: Actor, cover: Cover) -> None:
    """End it now, and the role that was lent for it. One that has not begun is called off, as if it had never been."""
    moment = now()
    standing = Cover.objects.select_for_update().filter(pk=cover.pk, until_at__gt=moment).first()
    if standing is None:
        return
    lent = RoleHolding.objects.filter(
        person=standing.by, role=Role.COVER, from_at=standing.from_at, until_at=standing.until_at
    ).first()
    for row in (standing, lent) if lent else (standing,):
        if row.from_at >= moment:
            row.delete()
        else:
            row.until_at = moment
            row.save(update_fields=["until_at"])
    record(actor=actor, verb=Verb.REVOKE, material="cover", row_id=cover.pk, subject_id=cover.covered_id)


def _check(covered: Person, by: Person, from_at: datetime, until_at: datetime) -> None:
    if covered.pk == by.pk:
        raise HomeportError(_("Nobody covers for themselves."))
    # Also one who is gone: their cases wait for somebody.
    if not covered.roles.filter(role=Role.THERAPIST).exists():
        raise HomeportError(_("Only a therapist has cases to cover."))
    if until_at <= from_at or until_at <= now():
        raise Unfit("until_on", _("A cover ends after it begins, and not in the past."))
    if until_at - from_at > LONGEST_COVER:
        raise Unfit("until_on", _("A cover lasts three months at most. For longer, hand the cases over."))
