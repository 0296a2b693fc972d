"""This room's recurring work."""

from datetime import timedelta

from homeport.core.actor import system
from homeport.core.clock import now, today
from homeport.core.jobs import job
from homeport.people.jurisdictions import is_minor
from homeport.people.models import Guardianship, Practice
from homeport.people.models.lasting import holds_at
from homeport.people.services.keep_guardianship import end_guardianship


@job("people.come_of_age", every=timedelta(hours=24))
def come_of_age() -> None:
    """End every guardianship of somebody who is no longer a minor where the practice is."""
    practice = Practice.objects.first()
    if practice is None:
        return
    # No place we know lets majority begin before fifteen: the query leaves the young out, the rule decides.
    born_before = today() - timedelta(days=15 * 365)
    standing = Guardianship.objects.filter(holds_at(now()), child__birth_date__lte=born_before)
    for guardianship in standing.select_related("child"):
        if not is_minor(practice.jurisdiction, guardianship.child.age_on()):
            end_guardianship(actor=system("people.come_of_age"), guardianship=guardianship)
