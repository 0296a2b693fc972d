"""What was typed when the session had timed out, given back to its author."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from homeport.accounts.acting import signed_in_user
from homeport.accounts.drafts import typed
from homeport.accounts.selectors import draft_of
from homeport.accounts.services.keep_draft import drop_draft


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The draft with a way to send it where it was meant to go; posted: let go of it.

    Another's looks like one that never was.
    """
    user = signed_in_user(request)
    kept = draft_of(user.pk, draft_id)
    if kept is None:
        return HttpResponseRedirect(reverse("account"))
    if request.method == "POST":
        drop_draft(user_id=user.pk, draft_id=draft_id)
        messages.success(request, _("It is gone."))
        return HttpResponseRedirect(reverse("account"))
    content = kept.content
    shown = {"draft": kept, "address": content["address"], "fields": typed(content["fields"])}
    return render(request, "accounts/draft.html", shown)
