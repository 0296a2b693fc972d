"""A visitor wants to keep the result on their screen, and makes an account for it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from homeport.accounts.bearer import bearer_of
from homeport.accounts.origin import is_same_site
from homeport.accounts.services.keep_result import hold_result, keep_held_result
from homeport.web.visitor.seal import seal, unseal
from homeport.web.visitor.state import StateError


@csrf_exempt  # the result page has no cookie; that it was one of our pages, the browser itself says
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Let the result wait in this browser alone, and lead to an account; keep it at once for who has signed in."""
    if not is_same_site(request):
        return render(request, "accounts/open_too_long.html", {"address": reverse("check-start")}, status=403)
    try:
        journey = unseal(request.POST.get("visit", "")).journey
    except StateError:
        return render(request, "accounts/open_too_long.html", {"address": reverse("check-start")}, status=400)
    hold_result(request, visit=seal(journey), key=journey.key)
    if request.user.is_authenticated:
        if keep_held_result(request, bearer_of(request)):
            messages.success(request, _("Your result is kept. Nobody but you can open it."))
        return HttpResponseRedirect(reverse("account"), status=303)
    there = urlencode({"next": reverse("account")})
    return HttpResponseRedirect(f"{reverse('account_signup')}?{there}", status=303)
