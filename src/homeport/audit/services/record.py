"""Write down what was done."""

from uuid import UUID

from django.db import transaction

from homeport.audit.models import AuditEvent
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor


def record(
    *,
    actor: Actor,
    verb: Verb,
    material: str,
    row_id: UUID | None = None,
    case_id: UUID | None = None,
    subject_id: UUID | None = None,
    count: int = 1,
    reason: str = "",
) -> None:
    """Write one event, in the transaction of the write it tells of: neither can be there without the other.

    For a reading or a refusal, which have no transaction, use :func:`record_apart`.
    """
    AuditEvent(
        actor_kind=actor.kind,
        user_id=actor.user_id,
        person_id=actor.person_id,
        origin=actor.origin,
        via=actor.via,
        verb=verb,
        material=str(material),
        row_id=row_id,
        case_id=case_id,
        subject_id=subject_id,
        count=count,
        reason=reason or None,
    ).save()


def record_apart(
    *,
    actor: Actor,
    verb: Verb,
    material: str,
    row_id: UUID | None = None,
    case_id: UUID | None = None,
    subject_id: UUID | None = None,
    count: int = 1,
) -> None:
    """Write one event in a short transaction of its own, which nothing that fails later takes back.

    Raises ``RuntimeError`` inside another transaction: there the event would hang on that one's fate.
    """
    with transaction.atomic(durable=True):
        record(
            actor=actor,
            verb=verb,
            material=material,
            row_id=row_id,
            case_id=case_id,
            subject_id=subject_id,
            count=count,
        )
