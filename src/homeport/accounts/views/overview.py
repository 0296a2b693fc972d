"""Everything about one's own sign-in, on one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from homeport.accounts.acting import signed_in_user
from homeport.accounts.bearer import bearer_of
from homeport.accounts.selectors import devices_of, drafts_of, session_key_of, ways_of


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What there is to look at and to change."""
    user = signed_in_user(request)
    context = {
        "bearer": bearer_of(request),
        "ways": ways_of(user.pk),
        "has_password": user.has_usable_password(),
        "device_count": len(devices_of(user.pk, this=session_key_of(request))),
        "drafts": drafts_of(user.pk),
    }
    return render(request, "accounts/overview.html", context)
