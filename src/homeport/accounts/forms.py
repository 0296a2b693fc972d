"""allauth's forms, with our limits and with the same work whether there is an account or not."""

from typing import Any

from allauth.account import forms as account
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.base import forms as second
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from homeport.accounts.alike import looked_up_alike, make_link_of_nobody
from homeport.accounts.models import User
from homeport.accounts.one_time_code import is_right_one_time_code
from homeport.accounts.origin import network_of
from homeport.accounts.throttle import MAIL, ONE_TIME_CODES, SECOND_STEP, claim, was_right
from homeport.core.ids import new_id

TOO_MANY_MAILS = _("We have sent a few mails there. Please wait a little before you ask for another.")
PAUSE = _("That was tried a few times. Please wait a little, or use a passkey or a recovery code.")
LONGEST_PASSWORD = 500


def _asks_for_mail(email: str) -> str:
    """Count a mail that somebody asks us to send. Raises ``ValidationError`` after a few to one address from one place."""
    if claim(MAIL, email.lower(), network_of(context.request)) is not None:
        raise forms.ValidationError(TOO_MANY_MAILS, code="too_many_mails")
    return email


class SignupForm(account.SignupForm):  # type: ignore[misc] # allauth and axes carry no types
    """An address and a password, or an address alone for a passkey."""

    def clean_email(self) -> str:
        return _asks_for_mail(super().clean_email())

    def clean_password1(self) -> str:
        return _not_endless(self.cleaned_data["password1"])

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        if self.account_already_exists:
            _take_as_long_as_an_account(self.cleaned_data.get("password1"))
        user, response = super().try_save(request)
        return user, response


class RequestLoginCodeForm(account.RequestLoginCodeForm):  # type: ignore[misc] # allauth and axes carry no types
    """Where to send a code to sign in with."""

    def clean_email(self) -> str:
        email = _asks_for_mail(super().clean_email())
        looked_up_alike(email)
        return email


class ResetPasswordForm(account.ResetPasswordForm):  # type: ignore[misc] # allauth and axes carry no types
    """Where to send a link to choose a new password with."""

    def clean_email(self) -> str:
        email = _asks_for_mail(super().clean_email())
        looked_up_alike(email)
        return email

    def save(self, request: HttpRequest, **how: Any) -> str:
        if not self.users:
            make_link_of_nobody(self.cleaned_data["email"])
        email: str = super().save(request, **how)
        return email


class AddEmailForm(account.AddEmailForm):  # type: ignore[misc] # allauth and axes carry no types
    """The new address."""

    def clean_email(self) -> str:
        return _asks_for_mail(super().clean_email())


class LoginForm(account.LoginForm):  # type: ignore[misc] # allauth and axes carry no types
    """Address and password."""

    def clean_password(self) -> str:
        return _not_endless(self.cleaned_data["password"])


def _take_as_long_as_an_account(password: str | None) -> None:
    """Make an account of nobody's and take it away: nobody can tell by the clock that there was one already."""
    user = User.objects.create_user(f"{new_id('nobody')}@invalid", password)
    EmailAddress.objects.create(user=user, email=user.email, primary=True)
    user.delete()


def _not_endless(password: str) -> str:
    if len(password) > LONGEST_PASSWORD:
        raise forms.ValidationError(_("A password has 500 characters at most."), code="too_long")
    return password


class SecondStepForm(second.AuthenticateForm):  # type: ignore[misc] # allauth and axes carry no types
    """A one-time code, or a recovery code.

    Six digits can be guessed, so the account as a whole limits them. A recovery code has twelve: only the place it comes
    from does, so that nobody who knows the password can shut its owner out.
    """

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        account_id, where = str(self.user.pk), network_of(context.request)
        if claim(SECOND_STEP, account_id, where) is not None:
            raise forms.ValidationError(PAUSE, code="pause")
        found = self._recovery(code) or self._one_time(code)
        if found is None:
            self._tell_of_failure()
            raise second.get_adapter().validation_error("incorrect_code")
        was_right(SECOND_STEP, account_id, where)
        found.user = self.user
        self.authenticator = found
        return code

    def _recovery(self, code: str) -> Authenticator | None:
        found = self._authenticator(Authenticator.Type.RECOVERY_CODES)
        return found if found and found.wrap().validate_code(code) else None

    def _one_time(self, code: str) -> Authenticator | None:
        found = self._authenticator(Authenticator.Type.TOTP)
        if found is None:
            return None
        if claim(ONE_TIME_CODES, str(self.user.pk)) is not None:
            raise forms.ValidationError(PAUSE, code="pause")
        if not is_right_one_time_code(found, code):
            return None
        was_right(ONE_TIME_CODES, str(self.user.pk))
        return found

    def _authenticator(self, kind: Authenticator.Type) -> Authenticator | None:
        return Authenticator.objects.filter(user=self.user, type=kind).first()

    def _tell_of_failure(self) -> None:
        used = self._authenticator(Authenticator.Type.TOTP) or self._authenticator(
            Authenticator.Type.RECOVERY_CODES
        )
        if used:
            self._emit_authentication_failed(used)


class AskAgainForm(SecondStepForm):
    """The same, for somebody who is signed in and about to do something that asks again."""

    def save(self) -> None:
        post_authentication(context.request, self.authenticator, reauthenticated=True)
