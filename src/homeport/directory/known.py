"""Whom somebody was with before: counted for themselves alone, and never where they chose to go on with somebody else."""

from uuid import UUID

from homeport.access.wall import person_set
from homeport.cases.models import CareTeamMember, Participant
from homeport.core.actor import Actor
from homeport.directory.models import Request

TREATS = (CareTeamMember.Role.LEAD, CareTeamMember.Role.CO_THERAPIST)
Kind, Status = Request.Kind, Request.Status
# A wish for somebody else that was taken back, or never sent, is none.
NO_WISH = (Status.WITHDRAWN, Status.UNSENT, Status.LAPSED)


def were_with(person_id: UUID | None) -> frozenset[UUID]:
    """The therapists (their ids as ``Therapist``) of every case this person is or was in, but those whom they left.

    Two queries; none for who is not signed in. Read as that person: nobody else can ask for it.
    """
    if person_id is None:
        return frozenset()
    cases = Participant.objects.filter(person_id=person_id).values("case_id")
    team = CareTeamMember.objects.filter(case_id__in=cases, role__in=TREATS)
    found = dict(team.exclude(person__therapist=None).values_list("person_id", "person__therapist"))
    if not found:
        return frozenset()
    with person_set(Actor("person", person_id=person_id)):
        wishes = Request.objects.filter(author_id=person_id, kind=Kind.CHANGE).exclude(status__in=NO_WISH)
        left = set(wishes.values_list("first_to_id", flat=True))
    return frozenset(therapist for person, therapist in found.items() if person not in left)
