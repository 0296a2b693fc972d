"""What waits in this browser: whose it is, and letting go of it."""

from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from homeport.accounts.bearer import bearer_of
from homeport.accounts.services.keep_result import keep_held_result
from homeport.accounts.waiting import RESULT, WISHES, claim, let_go, must_be_asked


@login_not_required
@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    """Let go of it, and go on."""
    let_go(request, RESULT, WISHES)
    return HttpResponseRedirect(get_next_redirect_url(request) or reverse("account_login"))


@require_http_methods(["GET", "HEAD", "POST"])
def yours(request: HttpRequest) -> HttpResponse:
    """Whoever signed in says whether what waits here is theirs; nothing of it is shown before."""
    there = get_next_redirect_url(request) or reverse("home")
    if not must_be_asked(request):
        return HttpResponseRedirect(there)
    if request.method == "POST" and request.POST.get("mine") == "yes":
        claim(request)
        if keep_held_result(request, bearer_of(request)):
            messages.success(request, _("Your result is kept. Nobody but you can open it."))
        return HttpResponseRedirect(there)
    if request.method == "POST" and request.POST.get("mine") == "no":
        let_go(request, RESULT, WISHES)
        messages.success(request, _("It is deleted."))
        return HttpResponseRedirect(there)
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/yours.html", {"there": there}, status=status)
