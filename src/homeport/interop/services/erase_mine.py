"""Erase what is a person's own, at their wish."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.models import Case
from homeport.core import keys
from homeport.core.actor import Actor
from homeport.core.clock import now, today
from homeport.core.errors import HomeportError
from homeport.interop.retention import kept_until
from homeport.interop.services.erase_case import erase_case
from homeport.interop.services.forget_names import forget_names, is_still_needed
from homeport.interop.times import forget_times
from homeport.people.models import EmergencyContact, Person, Practice, Role
from homeport.people.models.lasting import holds_at


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was done, for the person to read."""

    cases_erased: int
    cases_kept: int
    kept_until: date | None


@transaction.atomic
def erase_mine(*, actor: Actor, person: Person) -> Erasure:
    """Destroy the person's own key (journal, contacts, kept results), their contact details and their sign-in.

    The record of a case is kept while the law obliges the practice to keep it, and erased at once where it no longer does
    and nobody else takes part. While one is kept, the name on it is kept: a record of nobody is none. Nothing of anybody
    else's is touched, and nobody else in a case can tell: their material has keys of its own. Raises ``HomeportError``
    for people who still work here, and ``PermissionError`` for anybody but the person.
    """
    if actor.person_id != person.pk:
        raise PermissionError("Erasure is asked for by the person it is about.")
    if person.roles.filter(holds_at(now())).exclude(role=Role.CLIENT).exists():
        raise HomeportError(
            "You still hold a role in this practice. Hand it over first; then your own things can be erased."
        )
    erased, kept = _cases(actor, person)
    record(actor=actor, verb=Verb.ERASE, material="everything of one's own", subject_id=person.pk)
    EmergencyContact.objects.filter(person=person).delete()
    forget_times(person)
    user, person.user, person.phone = person.user, None, ""
    person.may_mail = person.may_call = person.may_text = False
    person.save()
    if user is not None:
        user.delete()
    if not is_still_needed(person):
        forget_names(actor=actor, person=person)
    transaction.on_commit(lambda: keys.destroy(f"person:{person.pk}") and None)
    return Erasure(cases_erased=erased, cases_kept=len(kept), kept_until=max(kept, default=None))


def _cases(actor: Actor, person: Person) -> tuple[int, list[date]]:
    """Erase the cases that may be; tell until when the others are kept (a case that is open: for now, without a day)."""
    practice = Practice.objects.first()
    if practice is None:
        return 0, []
    erased, kept = 0, list[date]()
    cases = (
        Case.objects.filter(participants__person=person).distinct().prefetch_related("participants__person")
    )
    for case in cases:
        people = [part.person for part in case.participants.all()]
        until = kept_until(case, people, practice)
        alone = all(other.pk == person.pk for other in people)
        if until is not None and until < today() and alone:
            erase_case(actor=actor, case=case)
            erased += 1
        else:
            kept.append(until or today())
    return erased, kept
