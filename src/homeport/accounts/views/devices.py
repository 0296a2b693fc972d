"""Where one is signed in, and signing out there."""

from allauth.account.internal.flows.logout import logout
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from homeport.accounts.acting import actor_of, signed_in_user
from homeport.accounts.selectors import devices_of, session_key_of
from homeport.accounts.services.end_session import end_all_sessions, end_session, rebind
from homeport.accounts.sessions import key_hash


@require_http_methods(["GET", "HEAD", "POST"])
def devices(request: HttpRequest) -> HttpResponse:
    """The list; posted: sign out one place, all others, or everywhere."""
    if request.method == "POST":
        return _sign_out(request)
    shown = {"devices": devices_of(signed_in_user(request).pk, this=session_key_of(request))}
    return render(request, "accounts/devices.html", shown)


def _sign_out(request: HttpRequest) -> HttpResponse:
    actor, user, wish = actor_of(request), signed_in_user(request), request.POST.get("sign_out", "")
    here = key_hash(session_key_of(request) or "")
    if wish == "everywhere":
        end_all_sessions(actor=actor, user=user, but=here)
        logout(request)
        return HttpResponseRedirect(reverse("account_login"))
    if wish == "others":
        end_all_sessions(actor=actor, user=user, but=here)
        rebind(request, user)
        messages.success(request, _("You are signed out everywhere but here."))
    elif wish != here and end_session(actor=actor, user=user, key_hash=wish):
        messages.success(request, _("That device is signed out."))
    return HttpResponseRedirect(reverse("account-devices"))
