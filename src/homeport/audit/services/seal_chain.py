"""Chain the events that came since the last time."""

import logging
from datetime import timedelta

from django.db import IntegrityError, transaction

from homeport.audit.chain import FIELDS, START, link_hash
from homeport.audit.models import AuditEvent, AuditLink

log = logging.getLogger("homeport.audit")
BATCH = 1_000
LONGEST_TRANSACTION = timedelta(hours=1)


def seal_chain() -> int:
    """Link up to ``BATCH`` events, oldest first. Returns how many.

    Taken last and by one job, the chain's lock holds nobody up. Should two run at once, the sequence number lets one
    through; the other finds its work done.
    """
    last = AuditLink.objects.order_by("-sequence").first()
    previous, sequence = (bytes(last.hash), last.sequence) if last else (START, 0)
    linked = AuditLink.objects.values("event_id")
    waiting = AuditEvent.objects.exclude(pk__in=linked).order_by("at", "id")
    if last:
        # No transaction lasts this long: what is older than that is chained already, and need not be looked through.
        seen = AuditEvent.objects.get(pk=last.event_id).at
        waiting = waiting.filter(at__gte=seen - LONGEST_TRANSACTION)
    links = []
    for event in waiting.values(*FIELDS)[:BATCH]:
        sequence += 1
        previous = link_hash(previous, event)
        links.append(AuditLink(sequence=sequence, event_id=event["id"], hash=previous))
    if not links:
        return 0
    try:
        with transaction.atomic():
            AuditLink.objects.bulk_create(links)
    except IntegrityError:
        return 0
    # The head, in a place that the database's owner does not hold, shows later whether the tail was cut off.
    log.info("Audit chain head: %d %s", sequence, previous.hex())
    return len(links)
