"""What the views of this room read from an address or a form."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from homeport.access.gate import get_row
from homeport.core.clock import now
from homeport.scheduling.models import Appointment

FIRST_DAY, LAST_DAY = date(1971, 1, 1), date(2200, 1, 1)


def today_here() -> date:
    """The day it is where the reader is."""
    return timezone.localtime(now()).date()


def day_asked(request: HttpRequest, name: str = "from") -> date:
    """The day that the address names, today where it names none."""
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return today_here()


def sound_day(asked: date) -> date:
    """The day, kept where a calendar can count from it and to it."""
    return min(max(asked, FIRST_DAY), LAST_DAY)


def version_sent(request: HttpRequest) -> int:
    """The version of the thing that a form began with; one that never was, where it says none."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def appointment_in(request: HttpRequest, appointment_id: UUID) -> Appointment:
    """The appointment, for whoever may see it whole. Raises ``Hidden`` otherwise."""
    return get_row(request, Appointment, appointment_id)
