"""Days that are closed, and what is booked in them: first it is seen, then what is ticked is called off with one button."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from homeport.access.gate import get_rows, standing_in
from homeport.access.table import Sight
from homeport.core.clock import now
from homeport.people.models import Therapist
from homeport.scheduling.models import Appointment

# Each is named twice in what the form sends, and a form holds a thousand fields.
MOST = 400


@dataclass(frozen=True, slots=True)
class Then:
    """What is booked in the days, what of it is ticked, and whether the page that was sent showed all of it."""

    booked: list[Appointment]
    ticked: set[str]
    is_seen: bool

    @property
    def chosen(self) -> list[Appointment]:
        """What is to be called off."""
        return [one for one in self.booked if str(one.pk) in self.ticked]


def booked_then(
    request: HttpRequest,
    span: tuple[datetime, datetime] | None,
    sight: Sight,
    therapist: Therapist | None = None,
    *,
    most: int = MOST,
) -> Then:
    """What this therapist leads in these days and has not begun, in its order; of everybody, where none is named."""
    booked = _booked(request, span, sight, therapist, most) if span else []
    is_seen = {f"{one.pk}:{one.version}" for one in booked} == set(request.POST.getlist("shown"))
    ticked = set(request.POST.getlist("off")) if is_seen else {str(one.pk) for one in booked}
    return Then(booked, ticked, is_seen)


def said_of(chosen: list[Appointment]) -> str:
    """What is said once it is done."""
    if not chosen:
        return _("Nobody can book then. What was booked before stays.")
    return ngettext(
        "Nobody can book then. One meeting is cancelled, and whoever was to come is written to.",
        "Nobody can book then. %(number)d meetings are cancelled, and everybody who was to come is written to.",
        len(chosen),
    ) % {"number": len(chosen)}


def _booked(
    request: HttpRequest,
    span: tuple[datetime, datetime],
    sight: Sight,
    therapist: Therapist | None,
    most: int,
) -> list[Appointment]:
    begins_at, ends_at = span
    ahead = Q(ends_at__gt=begins_at, begins_at__lt=ends_at, begins_at__gt=now())
    theirs = Q(therapist=therapist) if therapist else Q()
    # Nobody does professional work in a case they take part in themselves.
    apart = Q(case_id=None) | ~Q(case_id__in=standing_in(request).participates_in)
    open_ = ~Q(status=Appointment.Status.CANCELLED)
    found = get_rows(request, Appointment, ahead & theirs & apart & open_, limit=most, sight=sight)
    return sorted(found, key=lambda one: (one.begins_at, one.pk))
