"""The link by which somebody without an account comes back to what they asked: signed, for one request alone, for a time.

Its secret stands behind the # of the address, which no server and no log on the way ever sees.
"""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext_noop

from homeport.core.actor import Actor
from homeport.directory.carried import Lost
from homeport.directory.models import Request

SALT = "homeport.directory.request"
LASTS_SECONDS = 60 * 24 * 60 * 60


def secret_of(request_id: UUID, author_id: UUID) -> str:
    """What the link holds."""
    return signing.dumps([request_id.hex, author_id.hex], salt=SALT)


def link_to(asked: Request) -> str:
    """The whole address."""
    address: str = settings.ADDRESS
    return f"{address}{reverse('request-link')}#{secret_of(asked.pk, asked.author_id)}"


def read_secret(secret: str) -> tuple[UUID, UUID]:
    """(request, author). Raises ``Lost`` for one that is not ours, was changed, or is older than two months."""
    try:
        request_id, author_id = signing.loads(secret, salt=SALT, max_age=LASTS_SECONDS)
        return UUID(hex=request_id), UUID(hex=author_id)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Lost(gettext_noop("This link does not open anything, or not any more.")) from error


def as_author(actor: Actor, author_id: UUID) -> Actor:
    """Whoever holds the link acts as the author of that one request, and of nothing else."""
    return Actor("person", person_id=author_id, via=actor.via, origin=actor.origin)
