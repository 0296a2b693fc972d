"""Who supervises whom."""

from django.db import transaction
from django.utils.translation import gettext as _

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.people.models import Person, Role, Supervision
from homeport.people.models.lasting import holds_at


@transaction.atomic
def begin_supervision(*, actor: Actor, supervisor: Person, supervisee: Person) -> Supervision:
    """From now on ``supervisor`` sees the notes and alerts of ``supervisee``."""
    if supervisor.pk == supervisee.pk:
        raise HomeportError(_("Nobody supervises themselves."))
    if not supervisor.roles.filter(holds_at(now()), role=Role.SUPERVISOR).exists():
        raise HomeportError(_("Give this person the role of supervisor first."))
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
