"""This room's recurring work, and what requests leave for later."""

from datetime import timedelta
from uuid import UUID

from homeport.core.actor import system
from homeport.core.clock import now, today
from homeport.core.jobs import job
from homeport.people.jurisdictions import is_minor
from homeport.people.models import Guardianship, Invitation
from homeport.people.models.lasting import holds_at
from homeport.people.services.keep_guardianship import end_guardianship
from homeport.people.services.remind_of_licences import remind_of_licences
from homeport.people.services.send_invitation import send_invitation

# No place we know lets majority begin before fifteen: the query leaves the young out, the rule decides.
YOUNGEST = 15


@job("people.come_of_age", every=timedelta(hours=24))
def come_of_age() -> None:
    """End every guardianship of somebody who is no longer a minor where they live."""
    day = today()
    born_before = day.replace(year=day.year - YOUNGEST, day=min(day.day, 28)) + timedelta(days=3)
    standing = Guardianship.objects.filter(holds_at(now()), child__birth_date__lte=born_before)
    for guardianship in standing.select_related("child"):
        if not is_minor(guardianship.jurisdiction, guardianship.child.age_on()):
            end_guardianship(actor=system("people.come_of_age"), guardianship=guardianship)


@job("people.licences_end", every=timedelta(hours=24))
def licences_end() -> None:
    """Tell therapists and managers of licences that end."""
    remind_of_licences()


@job("people.send_invitation")
def send(invitation_id: str) -> None:
    """Send one invitation, unless it cannot be used any more."""
    invitation = Invitation.objects.filter(pk=UUID(invitation_id)).first()
    if invitation is not None and invitation.is_open:
        send_invitation(invitation=invitation)
