"""Who may come in: everybody to the pages for everybody, and nobody else without having signed in.

A page is for everybody when its view says so: as an ``open_page``, by Django's ``login_not_required``, by a declaration
as public, or as one that takes forms without a guard, because it acts for nobody. On those nothing here touches the
session. Everything else needs a sign-in, a person behind it and, of those who work here, a second factor.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation

from homeport.accounts.acting import signed_in_user
from homeport.accounts.backends import has_second_factor
from homeport.accounts.bearer import Bearer, bearer_of
from homeport.accounts.drafts import fields_of, typed
from homeport.accounts.origin import is_same_site
from homeport.accounts.selectors import author_of_cookie
from homeport.accounts.services.keep_draft import drop_draft, keep_draft

# What somebody needs to become known here: nothing about anybody else.
ALWAYS = frozenset(
    {"account_logout", "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
)
SECOND_STEP_PAGES = ALWAYS | {
    "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
}  # fmt: skip
View = Callable[..., Any]


def is_public(view: View) -> bool:
    """Whether a view is for everybody."""
    if hasattr(view, "open_for") or getattr(view, "csrf_exempt", False):
        return True
    declared = getattr(view, "declared", None)
    return not getattr(view, "login_required", True) or bool(declared and declared.public)


class SignedIn:
    """Turns away who has not signed in, keeping what they typed; leads on who is not quite in yet."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            response = self.get_response(request)
        finally:
            timezone.deactivate()
        if getattr(request, "is_private", False):
            # The address of a private page goes to no other site; to our own it must, or forms could not be guarded.
            response.headers.setdefault("Referrer-Policy", "same-origin")
            _sent_at_last(request, response)
            if request.method == "POST" and _name_of(request) == "account_logout":
                # Who looks at this browser next finds not even that somebody signed in.
                response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite="Lax")
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: View,
        args: tuple[Any, ...],  # noqa: ARG002 - Django's signature
        kwargs: dict[str, Any],  # noqa: ARG002
    ) -> HttpResponse | None:
        """Before the view: None to let it run."""
        if is_public(view):
            # A form of ours on a page for everybody (signing in) is guarded too.
            request.is_private = not hasattr(view, "open_for") and not getattr(view, "csrf_exempt", False)  # type: ignore[attr-defined]
            return None
        request.is_private = True  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            return _turn_away(request, view)
        request.session.touch()  # type: ignore[attr-defined]
        bearer = bearer_of(request)
        if bearer is not None:
            _speak_as(bearer)
        return _lead_on(request, bearer)


def _lead_on(request: HttpRequest, bearer: Bearer | None) -> HttpResponse | None:
    name = _name_of(request)
    if bearer is not None and bearer.works_here and not has_second_factor(signed_in_user(request)):
        request.must_add_second_factor = True  # type: ignore[attr-defined]
        return None if name in SECOND_STEP_PAGES else _go(request, reverse("mfa_index"))
    if bearer is None and name not in ALWAYS | {settings.WELCOME_URL}:
        return _go(request, f"{reverse(settings.WELCOME_URL)}?{_next(request)}")
    return None


def _name_of(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


def _turn_away(request: HttpRequest, view: View) -> HttpResponse:
    if request.method != "POST" or getattr(view, "never_kept", False):
        return _go(request, f"{reverse('account_login')}?{_next(request)}")
    return give_back(request)


def give_back(request: HttpRequest, *, status: int = 200) -> HttpResponse:
    """What was typed is kept for its author if we know them, and shown to whoever sent it if not."""
    fields = fields_of(request) if is_same_site(request) else []
    author = author_of_cookie(request.COOKIES.get(settings.SESSION_COOKIE_NAME)) if fields else None
    if author is not None:
        draft = keep_draft(user_id=author, address=request.get_full_path(), fields=fields)
        there = urlencode({"next": reverse("account-draft", args=[draft.pk])})
        return _go(request, f"{reverse('account_login')}?{there}")
    if fields:
        shown = {"fields": typed(fields), "address": request.get_full_path()}
        return render(request, "accounts/not_sent.html", shown, status=status)
    return _go(request, f"{reverse('account_login')}?{_next(request)}")


def _sent_at_last(request: HttpRequest, response: HttpResponse) -> None:
    """A kept draft that was sent and taken is not needed any more."""
    if request.method != "POST" or response.status_code >= 400 or not request.POST.get("kept_draft"):
        return
    from uuid import UUID

    try:
        draft_id = UUID(request.POST["kept_draft"])
    except ValueError:
        return
    if request.user.is_authenticated:
        drop_draft(user_id=request.user.pk, draft_id=draft_id)


def _go(request: HttpRequest, address: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        # A part of a page was asked for: it is the whole page that must go elsewhere.
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _next(request: HttpRequest) -> str:
    return urlencode(
        {"next": request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("account")}
    )


def _speak_as(bearer: Bearer) -> None:
    if translation.check_for_language(bearer.language):
        translation.activate(bearer.language)
    try:
        timezone.activate(ZoneInfo(bearer.zone))
    except (ZoneInfoNotFoundError, ValueError):
        timezone.deactivate()
