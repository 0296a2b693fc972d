"""Supervision, cover, and the professional will."""

from datetime import datetime, timedelta

from django.db import transaction

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.core.versions import save_if_unchanged
from homeport.people.models import Cover, Person, ProfessionalWill, Role, Supervision
from homeport.people.models.lasting import holds_at

LONGEST_COVER = timedelta(days=92)


@transaction.atomic
def begin_supervision(*, actor: Actor, supervisor: Person, supervisee: Person) -> Supervision:
    """From now on ``supervisor`` sees the notes and alerts of ``supervisee``."""
    if supervisor.pk == supervisee.pk:
        raise HomeportError("Nobody supervises themselves.")
    if not supervisor.roles.filter(holds_at(now()), role=Role.SUPERVISOR).exists():
        raise HomeportError("Give this person the role of supervisor first.")
    supervision, created = Supervision.objects.get_or_create(
        supervisor=supervisor, supervisee=supervisee, until_at=None
    )
    if created:
        record(
            actor=actor,
            verb=Verb.GRANT,
            material="supervision",
            row_id=supervision.pk,
            subject_id=supervisee.pk,
        )
    return supervision


@transaction.atomic
def end_supervision(*, actor: Actor, supervision: Supervision) -> None:
    """End it now."""
    if Supervision.objects.filter(pk=supervision.pk, until_at=None).update(until_at=now()):
        record(
            actor=actor, verb=Verb.REVOKE, material="supervision", row_id=supervision.pk,
            subject_id=supervision.supervisee_id,
        )  # fmt: skip


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
    """Let ``by`` stand in for ``covered`` for these days. Raises ``HomeportError`` for days that make no cover."""
    if covered.pk == by.pk:
        raise HomeportError("Nobody covers for themselves.")
    if until_at <= from_at or until_at <= now():
        raise HomeportError("A cover ends after it begins, and not in the past.")
    if until_at - from_at > LONGEST_COVER:
        raise HomeportError("A cover lasts three months at most. For longer, hand the cases over.")
    cover = Cover(covered=covered, by=by, from_at=from_at, until_at=until_at, practice_of_by=practice_of_by)
    cover.save(force_insert=True)
    record(actor=actor, verb=Verb.GRANT, material="cover", row_id=cover.pk, subject_id=covered.pk)
    return cover


@transaction.atomic
def write_will(
    *,
    actor: Actor,
    therapist: Person,
    executor_name: str,
    executor_email: str,
    wishes: str,
    version: int | None,
) -> ProfessionalWill:
    """Name who looks after one's clients. ``version`` is that of the will being changed, None for a first one."""
    will = ProfessionalWill.objects.filter(therapist=therapist).first() or ProfessionalWill(
        therapist=therapist
    )
    will.executor_name, will.executor_email, will.wishes = executor_name.strip(), executor_email, wishes
    will.changed_at = now()
    if version is None:
        will.save()
    else:
        save_if_unchanged(will, version)
    record(
        actor=actor, verb=Verb.CHANGE, material="professional will", row_id=will.pk, subject_id=therapist.pk
    )
    return will


@transaction.atomic
def put_will_into_force(
    *, actor: Actor, will: ProfessionalWill, executor: Person, until_at: datetime
) -> Cover:
    """Somebody died or cannot work: the named executor covers their cases from now on."""
    ProfessionalWill.objects.filter(pk=will.pk).update(in_force_at=now())
    return arrange_cover(actor=actor, covered=will.therapist, by=executor, from_at=now(), until_at=until_at)
