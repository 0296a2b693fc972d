"""How a user is recognised and fetched."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from homeport.accounts.models import User

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def with_factors() -> QuerySet[User]:
    """Users, each with ``has_second_factor``, in the one query that fetches them."""
    factors = Authenticator.objects.filter(user_id=OuterRef("pk"), type__in=SECOND_FACTORS)
    return User.objects.annotate(has_second_factor=Exists(factors))


def has_second_factor(user: User) -> bool:
    """Whether this user has a passkey or an app for one-time codes."""
    held: bool | None = getattr(user, "has_second_factor", None)
    if held is None:
        held = Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_FACTORS).exists()
    return held


class SignInBackend(AuthenticationBackend):  # type: ignore[misc] # allauth and axes carry no types
    """Passwords, as allauth checks them; the user with what every page needs to know of them."""

    def get_user(self, user_id: Any) -> User | None:
        """The user of a session, if they may still sign in."""
        user = with_factors().filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
