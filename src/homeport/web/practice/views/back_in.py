"""Helping somebody back in who has lost telephone, passkeys and recovery codes alike."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.duties import Duty
from homeport.access.gate import FORM, actor_in, require_duty, route
from homeport.accounts.recent import ask_again_unless_recent
from homeport.accounts.selectors import user_of_address
from homeport.accounts.services.drop_second_factors import check_reason, drop_second_factors
from homeport.audit.verbs import Verb
from homeport.core.errors import HomeportError
from homeport.people.forms.staff import BackInForm
from homeport.people.posting import posted, saved, status_of, tried


@route(verb=Verb.REVOKE, methods=FORM)
def back_in(request: HttpRequest) -> HttpResponse:
    """By the address they sign in with. Whether there is such an account, the answer does not tell."""
    require_duty(request, Duty.HELP_BACK_IN)
    ask_again_unless_recent(request)
    form = BackInForm(posted(request))
    if request.method == "POST" and tried(form, lambda: _helped(request, form)):
        said = _(
            "If that is somebody's address, they can now sign in without their second step, and were told by mail."
        )
        return saved(request, said, "practice")
    return render(request, "people/back_in.html", {"here": "practice", "form": form}, status=status_of(form))


def _helped(request: HttpRequest, form: BackInForm) -> bool:
    actor, reason = actor_in(request), form.cleaned_data["reason"]
    check_reason(reason)
    user = user_of_address(form.cleaned_data["email"])
    if user is not None and user.pk == actor.user_id:
        raise HomeportError(_("Somebody else must do this for you."))
    if user is not None:
        drop_second_factors(actor=actor, user=user, reason=reason)
    return True
