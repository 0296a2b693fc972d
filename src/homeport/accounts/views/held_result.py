"""Letting go of a result that waits to be kept."""

from allauth.account.utils import get_next_redirect_url
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from homeport.accounts.services.keep_result import drop_held_result


@login_not_required
@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    """Let go of it, and go on."""
    drop_held_result(request)
    return HttpResponseRedirect(get_next_redirect_url(request) or reverse("account_login"))
