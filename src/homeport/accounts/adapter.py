"""How Homeport differs from what allauth does by itself."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from homeport.accounts.bearer import bearer_of
from homeport.accounts.events import password_was_wrong
from homeport.accounts.lockout import account_in, password_was_right
from homeport.accounts.models import User
from homeport.accounts.origin import device_of, network_of
from homeport.accounts.recent import is_recent
from homeport.accounts.services.keep_result import keep_held_result
from homeport.accounts.waiting import claim, must_be_asked
from homeport.core.clock import now
from homeport.core.ids import new_id
from homeport.core.mail import Letter, put_letter

NOT_RIGHT = _(
    "That did not match. Check both and try again. After a few tries there is a pause; "
    "a passkey or a code by e-mail works at once."
)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth and axes carry no types
    """Neutral mail, addresses of ours alone after signing in, one wording for every way that a password can be wrong."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": NOT_RIGHT,
        "too_many_login_attempts": _("That was tried a few times. Please wait a little, then begin again."),
        "incorrect_password": _("That is not your password. After a few tries there is a pause."),
        "incorrect_code": _("That code did not match. Check it and try again."),
        "email_taken": _("This address belongs to another account."),
        "same_as_current": _("This is the address you have now."),
        "duplicate_email": _("This is the address you have now."),
        "enter_current_password": _("That is not the password you have now."),
        "invalid_password_reset": _("This link has been used, or is too old."),
        "rate_limited": _("That was a little too often. Please wait a minute."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Open to all, or to those alone whose invitation showed their address."""
        return settings.SIGN_UP_OPEN or bool(request.session.get("account_verified_email"))

    def is_safe_url(self, url: str) -> bool:
        """Whether to go there after signing in: only to an address of this site, written without the site."""
        return bool(url) and url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user is not None:
            password_was_right(request, account_in(credentials))
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        if not getattr(request, "tries_refused", False):
            password_was_wrong(request, account_in(credentials))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether to ask again before a change to the sign-in itself: not just after signing in."""
        return super().is_reauthentication_required(app=app, **kwargs) and not is_recent(self.request)

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        # Somebody may have made this account with a stranger's address and a password of their own, and wait for the
        # stranger to prove it. Who proves the address by a code in their mail owns it, and that password is void.
        methods = {record["method"] for record in get_authentication_records(request, user)}
        if user.last_login is None and methods and methods <= {"code"} and user.has_usable_password():
            user.set_unusable_password()
            user.save(update_fields=["password"])
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        request.session["signed_in_at"] = now().isoformat()
        request.session["device"] = device_of(request)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        if kwargs.get("signup"):
            claim(request)
        keep_held_result(request, bearer_of(request))
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if must_be_asked(request) and isinstance(response, HttpResponseRedirect):
            return HttpResponseRedirect(f"{reverse('account-yours')}?{urlencode({'next': response.url})}")
        return response

    def get_client_ip(self, request: HttpRequest) -> str:
        return network_of(request)

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the mail down, its code or link sealed; the worker sends it, under the practice's neutral name."""
        mail: EmailMessage = self.render_mail(template_prefix, email, {"email": email, **context})
        key = f"account:{new_id('mail')}"
        put_letter(
            Letter(kind="account", key=key, subject=str(mail.subject), body=str(mail.body), address=email)
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell a person of a change to their sign-in: on which device, and no address."""
        device = {"device": device_of(self.request)}
        super().send_notification_mail(template_prefix, user, {**device, **(context or {})}, email)
