"""Write a person down."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.errors import HomeportError
from homeport.people.models import Person, Practice
from homeport.people.policies import check_person


@transaction.atomic
def enter_person(
    *,
    actor: Actor,
    name: str,
    called: str = "",
    pronouns: str = "",
    birth_date: date | None = None,
    language: str = "",
    zone: str = "",
    user_id: UUID | None = None,
) -> Person:
    """A new person; language and zone are the practice's where they were left out.

    ``user_id``: the sign-in that is theirs, for somebody who says who they are themselves. Raises ``HomeportError`` when
    that sign-in is somebody's already, ``Unfit`` for what cannot be so.
    """
    practice = Practice.objects.first()
    person = Person(
        name=name.strip(),
        called=called.strip(),
        pronouns=pronouns.strip(),
        birth_date=birth_date,
        language=language or (practice.languages[0] if practice else "en"),
        zone=zone or (practice.zone if practice else "UTC"),
        user_id=user_id,
    )
    check_person(person)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:
        raise HomeportError("This sign-in belongs to somebody already.") from None
    record(actor=actor, verb=Verb.CREATE, material="person", row_id=person.pk, subject_id=person.pk)
    return person
