"""What can be read of the audit."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from homeport.audit.chain import FIELDS, START, link_hash
from homeport.audit.models import AuditEvent, AuditLink
from homeport.audit.verbs import Verb
from homeport.core.clock import now
from homeport.core.materials import Material

BATCH = 5_000
# That there is such a thing about them is nothing a person may learn from who looked at it.
UNTOLD = (Material.VIOLENCE_SCREEN, Material.REPORT_BY_OTHER, Material.ALERT)
LINKED_WITHIN = timedelta(minutes=10)


def who_looked(person_id: UUID, *, case_ids: Collection[UUID] = (), limit: int = 200) -> QuerySet[AuditEvent]:
    """The latest readings of a person's record by others, and of what is joint in the cases ``case_ids``.

    Of the violence screen, of what others said about somebody and of alerts no trace is shown to anyone, and that a case
    was looked up without reading anything in it is no reading. What happened in one moment is told in an order that hangs
    on nothing else.
    """
    mine = Q(subject_id=person_id) | Q(subject_id=None, case_id__in=case_ids)
    seen = AuditEvent.objects.filter(mine, verb__in=[Verb.READ, Verb.LIST, Verb.EXPORT, Verb.BREAK_GLASS])
    return (
        seen.exclude(person_id=person_id)
        .exclude(material__in=UNTOLD)
        .exclude(material="case", verb=Verb.READ)
        .order_by("-at", "material", "verb", "pk")[:limit]
    )


@dataclass(frozen=True, slots=True)
class Verified:
    """What a walk along the chain found: how many links held, the head, and what was wrong in plain words."""

    links: int
    head: str
    faults: tuple[str, ...]


def verify_chain(*, head: str | None = None) -> Verified:
    """Walk the whole chain. ``head``: a hash noted earlier (see the log), which must be in it."""
    previous, expected, faults, heads = START, 0, list[str](), False
    for sequence, held, event in _walk():
        expected += 1
        if sequence != expected:
            faults.append(f"Links {expected} to {sequence - 1} are missing.")
            expected = sequence
        if event is None:
            faults.append(f"The event of link {sequence} was deleted.")
        elif link_hash(previous, event) != held:
            faults.append(f"The event of link {sequence}, or a link before it, was changed.")
        previous = held
        heads = heads or held.hex() == head
        if len(faults) > 20:
            break
    if head and not heads:
        faults.append("The head that was noted is not in the chain: its end was cut off or written anew.")
    late = AuditEvent.objects.exclude(pk__in=AuditLink.objects.values("event_id")).filter(
        at__lt=now() - LINKED_WITHIN
    )
    if count := late.count():
        faults.append(f"{count} events have waited for over ten minutes to be chained: is a worker running?")
    return Verified(expected, previous.hex(), tuple(faults))


def _walk() -> Iterator[tuple[int, bytes, dict[str, object] | None]]:
    after = 0
    while links := list(AuditLink.objects.filter(sequence__gt=after).order_by("sequence")[:BATCH]):
        ids = [link.event_id for link in links]
        events = {event["id"]: event for event in AuditEvent.objects.filter(pk__in=ids).values(*FIELDS)}
        for link in links:
            yield link.sequence, bytes(link.hash), events.get(link.event_id)
        after = links[-1].sequence
