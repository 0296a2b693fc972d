"""What happens with times in a walk. Separate times are Ana's own; times together are everybody's.

Free times of the therapist may flow (two people cannot have one hour), so hers lie where nobody else could book: in the
evening, outside the hours that are open. Then not even those pages may differ.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from tests.factories.scheduling import TORONTO, Kind
from tests.permissions.browsing import Answer
from tests.permissions.noninterference.worlds import World

from homeport.core.clock import now
from homeport.scheduling.models import Appointment, Offering, Waiting

# Evenings of hers, mornings of his and early hours of theirs: nobody takes another's hour.
HOURS = {"ana": 19, "ben": 7, "joint": 5}


def _books(about: str) -> Callable[[World, str, int], None]:
    def do(world: World, words: str, which: int) -> None:
        kind = world.kind if about == "joint" else Kind.INDIVIDUAL
        said = sum(words.encode())  # what differs in the words differs in the time
        day = now().astimezone(ZoneInfo(TORONTO)).date() + timedelta(days=3 + which % 9)
        fields = {
            "offering": Offering.objects.get(kind=kind).pk,
            "person": "" if about == "joint" else world.person(about).pk,
            "first": day.isoformat(),
            "time": f"{HOURS[about] + said % (3 if about == 'ana' else 1):02}:{said % 4 * 15:02}",
            "repeats": "weeks" if which % 3 == 0 else "once",
            "every": 1,
            "count": 2 if which % 3 == 0 else "",
        }
        answer = world.browsers["therapist"].post(f"/appointments/new/{world.case.pk}/", fields)
        _made(world.times.setdefault(about, []), answer)

    return do


def _moves(about: str) -> Callable[[World, str, int], None]:
    def do(world: World, words: str, which: int) -> None:
        row = _one(world, about, which)
        if row is not None:
            day = row.begins_at.astimezone(ZoneInfo(TORONTO)).date() + timedelta(days=len(words) % 4)
            fields = {"first": day.isoformat(), "time": f"{HOURS[about]:02}:30", "version": row.version}
            world.browsers["therapist"].post(f"/appointments/{row.pk}/move/", fields)

    return do


def _cancels(about: str, by: str) -> Callable[[World, str, int], None]:
    def do(world: World, _words: str, which: int) -> None:
        row = _one(world, about, which)
        if row is not None:
            fields = {"version": row.version, "late": "on", "scope": ("one", "all")[which % 2]}
            world.browsers[by].post(f"/appointments/{row.pk}/cancel/", fields)

    return do


def _answers(who: str) -> Callable[[World, str, int], None]:
    def do(world: World, words: str, which: int) -> None:
        row = _one(world, "joint", which)
        if row is not None:
            said = {"answer": ("yes", "no")[len(words) % 2]}
            world.browsers[who].post(f"/appointments/{row.pk}/answer/", said)

    return do


def _others_answer(world: World, words: str, which: int) -> None:
    """In a family: Cleo, and she for the child."""
    row = _one(world, "joint", which)
    if row is not None:
        for whom in ("cleo", "dan"):
            said = {"answer": "no" if len(words) % 5 == 4 else "yes", "scope": "all"}
            about = {"person": world.dan.pk} if whom == "dan" and world.dan else {}
            world.browsers["cleo"].post(f"/appointments/{row.pk}/answer/", said | about)


def _waits(who: str) -> Callable[[World, str, int], None]:
    def do(world: World, _words: str, which: int) -> None:
        browser = world.browsers[who]
        if which % 2:
            for waiting in Waiting.objects.filter(person=world.person(who), ended_at=None):
                browser.post(f"/appointments/waiting/{waiting.pk}/leave/")
        browser.post(f"/appointments/wait/{world.case.pk}/", {"weekdays": str(which % 7)})

    return do


def _looks(who: str) -> Callable[[World, str, int], None]:
    def do(world: World, _words: str, _which: int) -> None:
        browser = world.browsers[who]
        browser.post("/appointments/calendar/")
        for path in ("/appointments/", f"/appointments/times/{world.case.pk}/"):
            browser.get(path)
        for about in (who, "joint"):
            for row in world.times.get(about, []):
                browser.get(f"/appointments/{row}/")

    return do


def _week(world: World, _words: str, which: int) -> None:
    """The therapist looks at the week, and at what is Ana's in it."""
    day = (now() + timedelta(days=which)).date().isoformat()
    world.browsers["therapist"].get(f"/week/?day={day}")
    for row in world.times.get("ana", []):
        world.browsers["therapist"].get(f"/appointments/{row}/")


def joint_time(world: World, which: int) -> Appointment | None:
    """One of the times together that were booked so far, None where there is none."""
    return _one(world, "joint", which)


def _one(world: World, about: str, which: int) -> Appointment | None:
    ids = world.times.get(about, [])
    return Appointment.objects.filter(pk=ids[which % len(ids)]).first() if ids else None


def _made(ids: list[UUID], answer: Answer) -> None:
    if answer.status == 303:
        ids.append(UUID(answer.goes_to.rstrip("/").rpartition("/")[2]))


PRIVATE_TIMES: dict[str, Callable[[World, str, int], None]] = {
    "a time of Ana's is booked": _books("ana"),
    "the time of Ana's is moved": _moves("ana"),
    "Ana cancels her time": _cancels("ana", "ana"),
    "the therapist cancels Ana's time": _cancels("ana", "therapist"),
    "Ana waits for a time": _waits("ana"),
    "Ana looks at her times": _looks("ana"),
    "the therapist looks at Ana's times": _week,
}
SHARED_TIMES: dict[str, Callable[[World, str, int], None]] = {
    "a time of Ben's is booked": _books("ben"),
    "the time of Ben's is moved": _moves("ben"),
    "Ben cancels his time": _cancels("ben", "ben"),
    "Ben waits for a time": _waits("ben"),
    "a time together is booked": _books("joint"),
    "the time together is moved": _moves("joint"),
    "the time together is cancelled": _cancels("joint", "therapist"),
    "Ana answers to the time together": _answers("ana"),
    "Ben answers to the time together": _answers("ben"),
    "the others answer to the time together": _others_answer,
}
