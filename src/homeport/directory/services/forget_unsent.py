"""Forget what was written and never sent: the words with their key, and the time that was kept."""

from django.db import transaction

from homeport.access.wall import acting
from homeport.core import keys
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.directory.models import Request
from homeport.directory.services.put_request import UNSENT_FOR
from homeport.people.models import Person
from homeport.scheduling.services.occupy import release


@acting
def forget_unsent(*, actor: Actor) -> int:  # noqa: ARG001 - the transaction runs for the installation
    """Everything without an account that waited for more than a day. Returns how much there was; a worker may do this."""
    old = Request.objects.filter(status=Request.Status.UNSENT, created_at__lt=now() - UNSENT_FOR)
    found = list(old.exclude(author_id__in=Person.objects.values("pk"))[:1_000])
    for asked in found:
        release(source_id=asked.pk)
    scopes = [asked.key_scope for asked in found]
    Request.objects.filter(pk__in=[asked.pk for asked in found]).delete()
    transaction.on_commit(lambda: [keys.destroy(scope) for scope in scopes] and None)
    return len(found)
