"""Who is written to about a time: whose it is; for a child without a sign-in, those who stand for them."""

from collections.abc import Iterable
from uuid import UUID

from homeport.access.standing import standing_of
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.people.models import Guardianship, Person
from homeport.people.models.guardianship import stands_for_child_at
from homeport.scheduling.models import Appointment, AppointmentPerson

CONSENT = AppointmentPerson.Consent


def readers_of(appointment: Appointment, *, asked: bool = False, only: UUID | None = None) -> list[Person]:
    """Each once, with their sign-in. ``asked``: only who must still say whether the time is right.
    ``only``: what is about one of those who come.

    Nobody who said that they cannot come. One query; where a child comes who cannot sign in, one more, and one for each
    who stands for them: they are written to only where they may see the appointment (``homeport.access``).
    """
    coming = (
        appointment.people.exclude(consent=CONSENT.NO).select_related("person__user").order_by("person_id")
    )
    if asked:
        coming = coming.filter(consent=CONSENT.ASKED)
    if only:
        coming = coming.filter(person_id=only)
    there = [each.person for each in coming]
    alone = [person for person in there if person.user_id is None]
    found = [person for person in there if person.user_id is not None]
    if alone:
        guardians, guarded = _guardians(appointment.case_id, alone)
        found += [*guardians, *(person for person in alone if person not in guarded)]
    return list({person.pk: person for person in found}.values())


def readers_for(person: Person, case_id: UUID | None) -> list[Person]:
    """Who is written to about what waits for this person in a case: they, or those who stand for a child who cannot sign in.

    At most one query, and one for each who stands for them.
    """
    guardians = _guardians(case_id, [person])[0] if person.user_id is None and case_id else []
    return guardians or [person]


def _guardians(case_id: UUID | None, children: Iterable[Person]) -> tuple[list[Person], set[Person]]:
    """Those who stand for these people and may see when they come; and for whom somebody stands at all."""
    standing = Guardianship.objects.filter(stands_for_child_at(now()), child__in=children)
    found, guarded = [], set()
    for each in standing.select_related("guardian__user", "child").order_by("pk"):
        sees = standing_of(Actor("person", person_id=each.guardian_id)).guards_with_appointments
        if (case_id, each.child_id) in sees:
            found.append(each.guardian)
            guarded.add(each.child)
    return found, guarded
