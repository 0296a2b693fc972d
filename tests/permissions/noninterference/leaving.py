"""What ends in a walk: a case, somebody's part in it, a therapist's; and days off, with all that is called off by them.

Each of these is told to everybody whom it concerns, and happens alike in both worlds. That times of Ana's alone were called
off with it, and what she had there, stays hers.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from tests.permissions.noninterference.worlds import World

from homeport.cases.models import Case, Participant
from homeport.core.clock import now
from homeport.scheduling.models import Appointment


def _status(world: World, _words: str, which: int) -> None:
    """An open case is paused or closed; one that is not is opened again."""
    case = Case.objects.get(pk=world.case.pk)
    wanted = ("closed", "paused")[which % 2] if case.status == Case.Status.OPEN else "open"
    fields = {"status": wanted, "version": case.version}
    world.browsers["therapist"].post(f"/cases/{case.pk}/status/", fields)


def _joins_team(world: World, _words: str, _which: int) -> None:
    world.browsers["therapist"].post(f"/cases/{world.case.pk}/team/join/", {"person": world.stranger.pk})
    world.browsers["stranger"].get(f"/cases/{world.case.pk}/")


def _leaves_team(world: World, _words: str, which: int) -> None:
    """One of two who treat goes: the one who came later, or the one who was there first."""
    team = list(world.case.care_team.filter(until_at=None).order_by("from_at", "pk"))
    if len(team) > 1:
        gone, by = (team[0], "stranger") if which % 3 == 2 else (team[-1], "therapist")
        world.browsers[by].post(f"/cases/{world.case.pk}/team/{gone.pk}/leave/")


def _leaves_case(who: str) -> Callable[[World, str, int], None]:
    def do(world: World, _words: str, _which: int) -> None:
        parts = Participant.objects.filter(case=world.case, person=world.person(who), until_at=None)
        for part in parts:
            world.browsers["therapist"].post(f"/cases/{world.case.pk}/people/{part.pk}/end/")

    return do


def _days_off(world: World, _words: str, which: int) -> None:
    """The therapist closes some days; everything that is booked in them is called off, whosever it is."""
    zone = ZoneInfo(world.therapist.zone)
    first = now().astimezone(zone).date() + timedelta(days=1 + which % 9)
    last = first + timedelta(days=which % 4)
    begins = datetime.combine(first, time(0), tzinfo=zone)
    ends = datetime.combine(last + timedelta(days=1), time(0), tzinfo=zone)
    rows = Appointment.objects.filter(
        therapist__person=world.therapist, ends_at__gt=begins, begins_at__lt=ends, begins_at__gt=now()
    ).exclude(status=Appointment.Status.CANCELLED)
    fields = {
        "from_on": first.isoformat(), "until_on": last.isoformat(), "begins": "", "ends": "",
        "shown": [f"{row.pk}:{row.version}" for row in rows], "off": [str(row.pk) for row in rows],
    }  # fmt: skip
    world.browsers["therapist"].post(reverse("away"), fields)


# In a group this is hers alone: see `groups.py`.
NAMED_LEAVING: dict[str, Callable[[World, str, int], None]] = {
    "Ana leaves the case": _leaves_case("ana"),
}
SHARED_LEAVING: dict[str, Callable[[World, str, int], None]] = {
    **NAMED_LEAVING,
    "Ben leaves the case": _leaves_case("ben"),
    "Cleo leaves the case": _leaves_case("cleo"),
    "the case ends or goes on": _status,
    "somebody else treats as well": _joins_team,
    "somebody treats no more": _leaves_team,
    "the therapist has days off": _days_off,
}
