"""From the link in a mail to a person with a sign-in: what the session holds on the way."""

from uuid import UUID

from django.http import HttpRequest

from homeport.people.models import Invitation

HELD = "invitation"
# Where allauth looks for an address that was shown to be somebody's: they need not prove it a second time.
SHOWN = "account_verified_email"


def let_in(request: HttpRequest, invitation: Invitation) -> None:
    """Hold the invitation for whoever showed its secret: they got the mail, so the address is theirs."""
    request.session[HELD] = str(invitation.pk)
    request.session[SHOWN] = invitation.email


def held_invitation(request: HttpRequest) -> Invitation | None:
    """The invitation that this browser showed the secret of, while it can be used."""
    held = request.session.get(HELD)
    found = Invitation.objects.select_related("person").filter(pk=UUID(held)).first() if held else None
    return found if found is not None and found.is_open else None


def came_in(request: HttpRequest) -> None:
    """Forget the way."""
    request.session.pop(HELD, None)
    request.session.pop(SHOWN, None)
