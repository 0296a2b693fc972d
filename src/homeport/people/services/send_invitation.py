"""Send an invitation: a mail that says nothing of what this place is for."""

from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from homeport.accounts.bearer import sender_name
from homeport.core.clock import now
from homeport.people.models import Invitation, Practice
from homeport.people.services.invite import secret_of


def link_to(invitation: Invitation) -> str:
    """The address to open. The secret is behind the #: no server and no log on the way ever sees it."""
    address: str = settings.ADDRESS
    return f"{address}{reverse('invitation')}#{secret_of(invitation)}"


def send_invitation(*, invitation: Invitation) -> None:
    """Send it, in the language the practice speaks first. Sent twice, both mails work: the link is the same."""
    practice = Practice.objects.first()
    language = practice.languages[0] if practice else settings.LANGUAGE_CODE
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    with override(language):
        shown = {"link": link_to(invitation), "name": invitation.name, "expires_at": invitation.expires_at}
        EmailMessage(
            subject=_("Your invitation"),
            body=render_to_string("people/mail/invitation.txt", shown),
            from_email=formataddr((sender_name() or settings.MAIL_NAME, settings.DEFAULT_FROM_EMAIL)),
            to=[invitation.email],
            # Stable, so that a mail sent twice shows once where the reader's program knows how.
            headers={"Message-ID": f"<{invitation.pk}@{domain}>", "Auto-Submitted": "auto-generated"},
        ).send()
    Invitation.objects.filter(pk=invitation.pk).update(sent_at=now())
