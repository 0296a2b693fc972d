"""Drop what sign-in no longer needs."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db.models import Q

from homeport.accounts.models import KeptDraft, Session, Shared, Tries, User
from homeport.accounts.models.kept_draft import KEPT_FOR
from homeport.accounts.models.session import REMEMBERED
from homeport.core.clock import now

TRIES_KEPT = timedelta(days=2)
UNPROVED_KEPT = timedelta(days=7)


def forget_old() -> None:
    """Sessions a day after they ended (nobody's at once), drafts after a week, tries after two days, unproved addresses."""
    moment = now()
    over = moment - REMEMBERED
    nobodys = Q(user=None, expires_at__lt=moment)
    Session.objects.filter(nobodys | Q(expires_at__lt=over) | Q(ended_at__lt=over)).delete()
    KeptDraft.objects.filter(created_at__lt=moment - KEPT_FOR).delete()
    Shared.objects.filter(lapses_at__lte=moment).delete()
    Tries.objects.filter(last_at__lt=moment - TRIES_KEPT).delete()
    proved = EmailAddress.objects.filter(verified=True).values("user_id")
    began = User.objects.filter(created_at__lt=moment - UNPROVED_KEPT, last_login=None)
    began.filter(emailaddress__isnull=False).exclude(pk__in=proved).delete()
