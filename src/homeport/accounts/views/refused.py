"""A form that we could not be sure came from a page of ours, or came from one that was open too long."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from homeport.accounts.drafts import fields_of, typed
from homeport.accounts.middleware import give_back, is_public
from homeport.accounts.origin import is_same_site


def not_sure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """403, with what was typed where one of our own pages sent it: to send it again, or to sign in first."""
    match = request.resolver_match
    fields = fields_of(request) if is_same_site(request) else []
    request.is_private = True  # type: ignore[attr-defined]
    if match is not None and is_public(match.func):
        return render(
            request, "accounts/open_too_long.html", {"address": request.get_full_path()}, status=403
        )
    if not request.user.is_authenticated:
        return give_back(request, status=403)
    shown = {"fields": typed(fields), "address": request.get_full_path()}
    return render(request, "accounts/not_sent.html", shown, status=403)
