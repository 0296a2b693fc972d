"""The post in tests: what requests left to be sent goes out, and lies in Django's own box."""

from typing import cast
from uuid import UUID

from django.core import mail
from django.core.mail import EmailMultiAlternatives

from homeport.core.clock import now
from homeport.outbox.models import OutgoingMessage
from homeport.outbox.services.deliver_message import deliver_message


def sent() -> list[EmailMultiAlternatives]:
    """All mail that went out, the newest last, once everything due was sent: the box itself, so that it can be cleared."""
    due = OutgoingMessage.objects.filter(state__in=OutgoingMessage.LIVE, run_at__lte=now())
    for pk in list(due.order_by("created_at", "pk").values_list("pk", flat=True)):
        deliver_message(message_id=UUID(str(pk)))
    return cast("list[EmailMultiAlternatives]", mail.outbox)
