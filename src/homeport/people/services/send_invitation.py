"""Send an invitation: a mail that says nothing of what this place is for."""

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from homeport.core.clock import now
from homeport.core.mail import Letter, put_letter
from homeport.people.models import Invitation, Practice
from homeport.people.services.invite import letter_key, secret_of


def link_to(invitation: Invitation) -> str:
    """The address to open. The secret is behind the #: no server and no log on the way ever sees it."""
    address: str = settings.ADDRESS
    return f"{address}{reverse('invitation')}#{secret_of(invitation)}"


@transaction.atomic
def send_invitation(*, invitation: Invitation) -> None:
    """Have it sent, once, in the language the practice speaks first."""
    practice = Practice.objects.first()
    language = practice.languages[0] if practice else settings.LANGUAGE_CODE
    with override(language):
        shown = {"link": link_to(invitation), "name": invitation.name, "expires_at": invitation.expires_at}
        put_letter(
            Letter(
                kind="invitation",
                key=letter_key(invitation),
                subject=_("Your invitation"),
                body=render_to_string("people/mail/invitation.txt", shown),
                address=invitation.email,
                person_id=invitation.person_id,
            )
        )
    Invitation.objects.filter(pk=invitation.pk).update(sent_at=now())
