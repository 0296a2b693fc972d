"""Let go of who it was, once no record of them is left."""

from django.db import transaction

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.models import Case
from homeport.core import keys
from homeport.core.actor import Actor
from homeport.people.models import EmergencyContact, Person
from homeport.people.models.role_holding import STAFF

ERASED_NAME = "Erased"


def is_still_needed(person: Person) -> bool:
    """Whether somebody signs in as them, they ever worked here, or a case of theirs is not erased yet."""
    if person.user_id is not None or person.roles.filter(role__in=STAFF).exists():
        return True
    cases = Case.objects.filter(participants__person=person).distinct()
    return any(case.status != Case.Status.CLOSED or keys.scopes_under(f"case:{case.pk}:") for case in cases)


@transaction.atomic
def forget_names(*, actor: Actor, person: Person) -> None:
    """Names, birth date and contact go, with the person's own key. The row stays: others' rows and the audit name it."""
    EmergencyContact.objects.filter(person=person).delete()
    person.name, person.called, person.pronouns, person.phone = ERASED_NAME, "", "", ""
    person.birth_date = None
    person.may_mail = person.may_call = person.may_text = False
    person.save()
    record(actor=actor, verb=Verb.ERASE, material="person", row_id=person.pk, subject_id=person.pk)
    transaction.on_commit(lambda: keys.destroy(f"person:{person.pk}") and None)
