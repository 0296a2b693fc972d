"""One-time codes of an authenticator app (RFC 6238), each good for one use (section 5.2 there)."""

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db import transaction

LAST_USED = "last_counter"


@transaction.atomic
def is_right_one_time_code(authenticator: Authenticator, code: str) -> bool:
    """Whether ``code`` is the app's for now (or half a minute around it) and newer than the last one that was used."""
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    secret = decrypt(row.data["secret"])
    for counter in yield_hotp_counters_from_time():
        newer = counter > row.data.get(LAST_USED, 0)
        if newer and compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, counter))):
            row.data[LAST_USED] = counter
            row.save(update_fields=["data"])
            return True
    return False
