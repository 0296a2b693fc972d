"""With whose eyes times are read that whoever asks may know in part: when and where, of what they do not see whole."""

from collections.abc import Collection
from uuid import UUID

from homeport.cases.models import CareTeamMember
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.people.models.lasting import holds_at


def leads_of(case_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Who leads each of these cases, by its id; those that somebody leads. One query."""
    lead = CareTeamMember.Role.LEAD
    team = CareTeamMember.objects.filter(holds_at(now()), case_id__in=case_ids, role=lead)
    return dict(team.order_by("-from_at", "pk").values_list("case_id", "person_id"))


def eyes_of(person_id: UUID, via: str) -> Actor:
    """The person for whom the transaction then runs (see ``access.wall``). What is written names who did it."""
    return Actor("person", person_id=person_id, via=via)
