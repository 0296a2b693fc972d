"""Erase the record of a case whose time is over."""

from django.db import transaction

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.models import Case
from homeport.core import keys
from homeport.core.actor import Actor


@transaction.atomic
def erase_case(*, actor: Actor, case: Case) -> int:
    """Destroy every key of the case: the joint one and each person's in it. Returns how many there were.

    The rows stay as they are, unreadable: who was there, and when, is for the audit. Doing it twice changes nothing.
    """
    known = [
        f"case:{case.pk}:joint",
        *(f"case:{case.pk}:person:{part.person_id}" for part in case.participants.all()),
    ]
    scopes = {*known, *keys.scopes_under(f"case:{case.pk}:")}
    record(actor=actor, verb=Verb.ERASE, material="case", row_id=case.pk, case_id=case.pk)
    return sum(keys.destroy(scope) for scope in sorted(scopes))
