"""Giving one's answers for calibration: the one thing a visitor may choose to leave behind."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeport.accounts.origin import origin_of
from homeport.accounts.throttle import HOUR, MINUTE, Rule, claim
from homeport.web.views.check import calm, expired
from homeport.web.views.check_result import result_page
from homeport.web.visitor.giving import give
from homeport.web.visitor.posted import read_form

# A school class behind one address gives at once; a machine that gives what nobody answered is slowed down. It is known of
# a network, by a keyed digest that is another one tomorrow, that somebody there gave: never which row.
FROM_HERE = Rule("answers given from here", free=40, first=MINUTE, longest=HOUR / 4, forgotten=HOUR)


@require_http_methods(["GET", "HEAD", "POST"])
@calm
def give_answers(request: HttpRequest) -> HttpResponse:
    """Store the answers to our own questions, without anything that says whose they are."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("check-start"), status=303)
    opened = read_form(request).opened()
    if opened.expired:
        return expired(request, opened)
    wait = claim(FROM_HERE, origin_of(request))
    if wait is not None:
        answer = result_page(request, opened.journey, later=True)
        answer.status_code = 429
        answer.headers["Retry-After"] = str(int(wait.total_seconds()) + 1)
        return answer
    return result_page(request, give(opened.journey), thanks=True)
