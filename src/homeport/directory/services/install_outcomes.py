"""Put the practice's records of outcomes in place of those before, or take them all away."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.errors import HomeportError
from homeport.directory.concerns import Concern
from homeport.directory.evidence import FEWEST, Estimate, Record, estimate
from homeport.directory.models import OutcomeRecord, Profile
from homeport.directory.outcome_file import Row, records_from


@dataclass(frozen=True, slots=True)
class Found:
    """One therapist's record with one concern. ``estimate``: None for too few people; then nothing of it is kept."""

    slug: str
    concern: Concern
    record: Record
    estimate: Estimate | None


@transaction.atomic
def install_outcomes(*, actor: Actor, rows: Sequence[Row], dry_run: bool = False) -> list[Found]:
    """Keep what the rows say of each therapist and concern with fifteen people or more; what was kept before goes.

    Raises ``HomeportError`` for a therapist who has no public page, named as at the end of its address.
    """
    pages = {each.slug: each for each in Profile.objects.select_related("therapist")}
    for row in rows:
        if row.therapist not in pages:
            raise HomeportError(
                f"Line {row.line}: there is no therapist {row.therapist!r}. Use the end of the address of their page, such "
                "as grace-gale."
            )
    found = [
        Found(slug, concern, made, estimate(made))
        for (slug, concern), made in sorted(records_from(rows).items())
    ]
    if not dry_run:
        OutcomeRecord.objects.all().delete()
        OutcomeRecord.objects.bulk_create(
            OutcomeRecord(
                therapist=pages[each.slug].therapist, concern=each.concern, people=each.record.clients,
                mean=each.record.mean,
            )
            for each in found
            if each.record.clients >= FEWEST
        )  # fmt: skip
        record(actor=actor, verb=Verb.SETTING, material="outcomes", count=len(found))
    return found


@transaction.atomic
def forget_outcomes(*, actor: Actor) -> int:
    """Take every record away; how many there were."""
    number, _ = OutcomeRecord.objects.all().delete()
    record(actor=actor, verb=Verb.SETTING, material="outcomes", count=number)
    return number
