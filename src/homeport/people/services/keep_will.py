"""The professional will: who looks after a therapist's clients when the therapist no longer can."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.core.versions import Changed, save_if_unchanged
from homeport.people.errors import Unfit
from homeport.people.models import Cover, Person, ProfessionalWill
from homeport.people.services.arrange_cover import arrange_cover

# Time to tell every client, and to find each a therapist; whoever needs longer hands the cases over.
LASTS = timedelta(days=92)


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
    """Name who looks after one's clients. ``version`` is that of the will being changed, None for a first one.

    Raises ``Changed`` when it was changed in between, ``Unfit`` for a name or an address that is none.
    """
    if not executor_name.strip():
        raise Unfit("executor_name", _("Write the name of the colleague who would look after your clients."))
    try:
        validate_email(executor_email)
    except ValidationError:
        raise Unfit("executor_email", _("That is not an e-mail address.")) from None
    held = ProfessionalWill.objects.filter(therapist=therapist).first()
    if (held is None) != (version is None):
        raise Changed
    will = held or ProfessionalWill(therapist=therapist)
    will.executor_name, will.executor_email, will.wishes = executor_name.strip(), executor_email, wishes
    will.changed_at = now()
    if version is None:
        will.save(force_insert=True)
    else:
        save_if_unchanged(will, version)
    record(
        actor=actor, verb=Verb.CHANGE, material="professional will", row_id=will.pk, subject_id=therapist.pk
    )
    return will


@transaction.atomic
def put_will_into_force(
    *, actor: Actor, will: ProfessionalWill, executor: Person, practice_of_executor: str = ""
) -> Cover:
    """Somebody died or cannot work: the named executor covers their cases from now on, for three months.

    Raises ``HomeportError`` when it is in force already, or when the therapist puts their own into force.
    """
    if actor.person_id == will.therapist_id:
        raise HomeportError(_("A will is put into force by somebody else than whoever wrote it."))
    if not ProfessionalWill.objects.filter(pk=will.pk, in_force_at=None).update(in_force_at=now()):
        raise HomeportError(_("This will is in force already."))
    record(
        actor=actor,
        verb=Verb.GRANT,
        material="professional will",
        row_id=will.pk,
        subject_id=will.therapist_id,
    )
    moment: datetime = now()
    return arrange_cover(
        actor=actor,
        covered=will.therapist,
        by=executor,
        from_at=moment,
        until_at=moment + LASTS,
        practice_of_by=practice_of_executor,
    )
