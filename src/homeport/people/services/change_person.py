"""Change what is known of a person."""

from typing import Any

from django.db import transaction

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.errors import HomeportError
from homeport.core.jobs import enqueue
from homeport.core.versions import save_if_unchanged
from homeport.people.models import Person, Practice
from homeport.people.policies import check_person

# The job of the room `scheduling` that writes what waits for somebody anew, in their new language and zone.
REPLAN = "scheduling.replan_reminders"
# The job of the room `directory` by which people are found under their new name.
RENAMED = "directory.index_name"
CHANGEABLE = frozenset(
    {"name", "called", "pronouns", "birth_date", "language", "zone", "phone", "may_mail", "may_call", "may_text",
     "never_at_home", "wants_neutral_sender"}
)  # fmt: skip
READ_BY = ("language", "zone")


@transaction.atomic
def change_person(*, actor: Actor, person: Person, version: int, changes: dict[str, Any]) -> Person:
    """Apply ``changes`` to the person as they were at ``version``.

    Raises ``Changed`` when somebody else was faster, ``Unfit`` for what cannot be so.
    """
    unknown = set(changes) - CHANGEABLE
    if unknown:
        raise HomeportError(f"A person has nothing called {min(unknown)!r} that can be changed.")
    read_otherwise = any(
        changes.get(name, getattr(person, name)) != getattr(person, name) for name in READ_BY
    )
    renamed = changes.get("name", person.name) != person.name
    for name, value in changes.items():
        setattr(person, name, value.strip() if isinstance(value, str) else value)
    practice = Practice.objects.first()
    check_person(person, practice.jurisdiction if practice else None)
    save_if_unchanged(person, version)
    record(actor=actor, verb=Verb.CHANGE, material="person", row_id=person.pk, subject_id=person.pk)
    if read_otherwise:
        enqueue(REPLAN, key=f"{REPLAN}:{person.pk}", person_id=str(person.pk))
    if renamed:
        enqueue(RENAMED, key=f"{RENAMED}:{person.pk}", person_id=str(person.pk))
    return person
