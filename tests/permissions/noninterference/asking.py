"""What Ana asks for herself in a walk: another therapist, a beginning; whether this is the right one; when to be reminded.

What she asks of intake, what intake makes of it, how she finds her therapist and what reminds her of her times is hers
alone, and not even the therapist of the case is told of all of it.
"""

from collections.abc import Callable

from tests.permissions.noninterference.worlds import World

from homeport.directory.fit import QUESTIONS
from homeport.directory.models import Request
from homeport.scheduling.models import ReminderTimes

REMINDERS = (60, 180, 1440, 2880, 10080)


def _asks(who: str, address: str) -> Callable[[World, str, int], None]:
    def do(world: World, words: str, which: int) -> None:
        fields = {"words": words, "format": ("individual", "couple")[which % 2], "share": "on"}
        world.browsers[who].post(address.format(case=world.case.pk), fields)
        world.browsers[who].get("/my-request/mine/")

    return do


def _takes_back(world: World, _words: str, _which: int) -> None:
    for row in Request.objects.filter(author_id=world.ana.pk).order_by("created_at", "pk")[:1]:
        world.browsers["ana"].post(f"/my-request/{row.pk}/take-back/")


def _answered(world: World, words: str, which: int) -> None:
    """Intake reads what Ana asked, says how soon, gives it to somebody, who says yes or no."""
    intake, other = world.browsers["intake"], world.browsers["stranger"]
    intake.get("/requests/")
    for row in Request.objects.filter(author_id=world.ana.pk).order_by("created_at", "pk"):
        intake.get(f"/requests/{row.pk}/")
        intake.post(f"/requests/{row.pk}/urgency/", {"urgency": which % 3, "version": row.version})
        version = Request.objects.get(pk=row.pk).version
        if which % 2:
            fields = {"to": world.stranger.pk, "version": version}
            intake.post(f"/requests/{row.pk}/pass-on/", fields)
        else:
            intake.post(f"/requests/{row.pk}/decline/", {"reply": words, "version": version})
        other.get(f"/requests/{row.pk}/")
        # With a yes to a change she leaves the case, and whoever meets in a room knows that; but in a group nobody does.
        stays = row.kind != Request.Kind.CHANGE or world.kind == "group"
        if which % 4 == 3 and stays:
            version = Request.objects.get(pk=row.pk).version
            other.post(f"/requests/{row.pk}/accept/", {"reply": words, "version": version})


def _is_reminded(who: str) -> Callable[[World, str, int], None]:
    def do(world: World, words: str, which: int) -> None:
        held = ReminderTimes.objects.filter(person=world.person(who)).first()
        said = len(words) + which
        fields = {"minutes": [str(REMINDERS[said % 5])], "version": held.version if held else 0}
        world.browsers[who].post("/account/reminders/", fields | ({"by_text": "on"} if said % 2 else {}))

    return do


def _fits(who: str) -> Callable[[World, str, int], None]:
    """Says how it is with the therapist, as soon as somebody asks: after the first session."""

    def do(world: World, words: str, which: int) -> None:
        path = f"/cases/{world.case.pk}/right-one/"
        world.browsers[who].get(path)
        answers = {name: str((len(words) + which) % 5) for name in QUESTIONS}
        world.browsers[who].post(path, {"words": words, **answers})

    return do


PRIVATE_ASKING: dict[str, Callable[[World, str, int], None]] = {
    "Ana asks for somebody else": _asks("ana", "/cases/{case}/somebody-else/"),
    "Ana asks to begin": _asks("ana", "/begin/"),
    "Ana takes back what she asked": _takes_back,
    "what Ana asked is answered": _answered,
    "Ana chooses her reminders": _is_reminded("ana"),
    "Ana says whether it fits": _fits("ana"),
}
SHARED_ASKING: dict[str, Callable[[World, str, int], None]] = {
    "Ben asks for somebody else": _asks("ben", "/cases/{case}/somebody-else/"),
    "Ben chooses his reminders": _is_reminded("ben"),
    "Ben says whether it fits": _fits("ben"),
}
