"""Passkeys, one-time codes and recovery codes: how they are kept and called."""

import base64

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from homeport.core.sealed.box import seal, unseal

# One key for all: it guards them against a copy of the database, and is rotated with the installation's key set.
SCOPE = "accounts:second factors"
BOUND = b"homeport second factor"


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth and axes carry no types
    """Secrets are sealed; names are neutral, since an authenticator app shows them on somebody's telephone."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("That code did not match. Take the newest one and try again."),
        "cannot_generate_recovery_codes": gettext_lazy("Recovery codes come with a passkey or an app."),
        "unverified_email": gettext_lazy("Please prove your e-mail address first."),
    }

    def encrypt(self, text: str) -> str:
        return base64.b64encode(seal(text.encode(), scope=SCOPE, bound=BOUND)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(base64.b64decode(encrypted_text), bound=BOUND).decode()

    def get_totp_issuer(self) -> str:
        return str(settings.MAIL_NAME)

    def build_totp_svg(self, url: str) -> str:
        drawn: str = super().build_totp_svg(url)
        return drawn[drawn.index("<svg") :]  # an XML declaration has no place inside a page

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's name
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("My passkey") if count == 0 else _("Passkey {number}").format(number=count + 1)

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, object]:
        entity: dict[str, object] = super().get_public_key_credential_user_entity(user)
        return {**entity, "display_name": entity["name"]}

    def _get_site_name(self) -> str:
        return str(settings.MAIL_NAME)
