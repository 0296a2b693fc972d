"""Where one's roles lead from the home page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from homeport.access.duties import Duty, may_do
from homeport.access.standing import Standing


def doors(standing: Standing) -> list[tuple[str, str]]:
    """(address, words) of the pages that this person's roles open."""
    ways = (
        (Duty.SEE_STAFF, "practice", _("The practice")),
        (Duty.SEE_DAY, "desk", _("The day’s times and places")),
        (Duty.SEE_ALERTS, "alerts", _("Alerts")),
        (Duty.ANSWER_REQUESTS, "requests", _("Requests")),
        (Duty.ASSIGN_PEOPLE, "waiting-people", _("People who wait for a therapist")),
        (Duty.OPEN_CASES, "case-open", _("Open a case")),
        (Duty.KEEP_OWN_WORK, "work", _("What I offer, licences, cover")),
        (Duty.SEE_UNREACHED, "unreached", _("Who could not be reached")),
    )
    found = [(reverse(name), words) for duty, name, words in ways if may_do(standing, duty)]
    if may_do(standing, Duty.INVITE) and not may_do(standing, Duty.SEE_STAFF):
        found.append((reverse("invitations"), _("Invitations")))
    return found
