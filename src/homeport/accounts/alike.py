"""The same work for an address that somebody has here and for one that nobody has: no clock tells which it is.

What asks for mail or tries a password must not be quicker, nor slower, where there is an account. The sign-in's own parts
are not even: a proved address is looked up once and any other twice, and a link is made for an account alone.
"""

from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db.models import Exists, OuterRef

from homeport.accounts.models import User
from homeport.core.ids import new_id


def looked_up_alike(email: str) -> UUID | None:
    """The account of an address, if there is one. Looks once more where allauth spared it: for a proved address."""
    address = email.lower()
    proved = EmailAddress.objects.filter(user_id=OuterRef("pk"), email=address, verified=True)
    found = (
        User.objects.filter(email__iexact=email)
        .annotate(is_proved=Exists(proved))
        .values_list("pk", "is_proved")
        .first()
    )
    if found is None:
        return None
    user_id, is_proved = found
    if is_proved:
        User.objects.filter(email=address).first()
    return UUID(str(user_id))


def make_link_of_nobody(email: str) -> None:
    """Make the secret of a link that is sent to nobody, with the reads that one for an account takes."""
    nobody = User(pk=new_id("nobody"), email=email)
    addresses = EmailAddress.objects.filter(user_id=nobody.pk)
    addresses.filter(email=email.lower()).exists()
    list(addresses.values_list("email", flat=True))
    PasswordResetTokenGenerator().make_token(nobody)
