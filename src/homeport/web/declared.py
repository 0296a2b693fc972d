"""What each route handles, for views that cannot say so themselves: pages for everybody, and other people's sign-in pages.

A view of ours beside a room that comes after `access` says it with :func:`homeport.access.gate.route`. All others are named
here, once. A route that stands in neither place asks for a sign-in, and fails a test.
"""

from django.urls import ResolverMatch

from homeport.access.gate import FORM, WRITES, Declared
from homeport.audit.verbs import Verb

_PAGE = Declared(None, Verb.READ, public=True)
_FORM = Declared(None, Verb.CREATE, public=True, methods=FORM)
_OWN = Declared(None, Verb.READ)
_OWN_FORM = Declared(None, Verb.SETTING, methods=FORM)
_PUBLIC_WRITE = Declared(None, Verb.CREATE, public=True, methods=WRITES)

# For everybody, without a sign-in, without a cookie: the visitor's pages.
VISITORS = {
    **dict.fromkeys(
        ("landing", "health", "about", "privacy", "library", "article", "youth", "youth-article"), _PAGE
    ),
    **dict.fromkeys(("help-now", "help-zones", "gallery"), _PAGE),
    **dict.fromkeys(
        ("check-start", "check-question", "check-result", "check-give", "check-keep", "what-now"), _FORM
    ),
}

# On the way in and out: nobody is known yet, or any more.
ENTRANCE = {
    **dict.fromkeys(
        ("account_inactive", "account_reset_password_done", "account_reset_password_from_key_done"), _PAGE
    ),
    **dict.fromkeys(("account-keep-result", "account-let-go"), _PUBLIC_WRITE),
    **dict.fromkeys(
        (
            "account_login", "account_signup", "account_signup_by_passkey", "account_request_login_code",
            "account_confirm_login_code", "account_email_verification_sent", "account_reset_password",
            "account_reset_password_from_key", "account_logout",
            "mfa_authenticate", "mfa_login_webauthn", "mfa_signup_webauthn",
        ),
        _FORM,
    ),
}  # fmt: skip

# One's own sign-in and what one says of oneself: nothing about anybody else.
ONESELF = {
    **dict.fromkeys(("account", "mfa_index", "mfa_list_webauthn", "mfa_view_recovery_codes"), _OWN),
    "mfa_download_recovery_codes": Declared(None, Verb.EXPORT),
    **dict.fromkeys(
        (
            "account-devices", "account-yours", "account-draft", "account_email", "account_change_password",
            "account_set_password", "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
            "mfa_activate_totp", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_add_webauthn",
            "mfa_remove_webauthn", "mfa_edit_webauthn", "about-me", "contact-wishes",
        ),
        _OWN_FORM,
    ),
}  # fmt: skip

BY_NAME: dict[str, Declared] = {**VISITORS, **ENTRANCE, **ONESELF}


def declared_for(match: ResolverMatch | None) -> Declared | None:
    """What the matched route handles; None where nobody said."""
    if match is None:
        return None
    own: Declared | None = getattr(match.func, "declared", None)
    return own or BY_NAME.get(match.view_name or "")
