"""First calls in a walk: asked for without an account, by the link in a letter; answered by another therapist of the house.

That Ana looks for somebody to talk to is hers alone. She asks another therapist, whose hours nobody of the case books.
"""

import re
from collections.abc import Callable
from urllib.parse import unquote

from tests.permissions.browsing import Answer, Browser
from tests.permissions.noninterference.worlds import World

from homeport.directory.models import Request
from homeport.outbox.models import OutgoingMessage

CARRIED = re.compile(r'name="carried" value="([^"]+)"')
TIME = re.compile(r'name="time" value="([^"]+)"')
SECRET = re.compile(r"/my-request/#(\S+)")


def calls() -> list[Request]:
    """First calls that were asked for: nobody but Ana asks for one."""
    return list(Request.objects.filter(kind=Request.Kind.FIRST_CALL).order_by("created_at", "pk"))


def _asks(world: World, words: str, which: int) -> None:
    """She chooses a time; unless she changes her mind she sends it by the link."""
    page = f"/therapists/{world.slug}/first-call/"
    visitor = Browser()
    shown = visitor.get(page)
    carried, times = _found(CARRIED, shown), _found(TIME, shown)
    if not (carried and times):
        return
    fields = {
        "carried": carried[0], "time": times[which % len(times)], "words": words, "called": words[:20],
        "contact": f"ana{len(words)}@example.org",
    }  # fmt: skip
    visitor.post(page, fields)
    if which % 5 != 4:
        _by_link("send")


def _by_link(act: str) -> None:
    for asked in calls():
        letter = OutgoingMessage.objects.filter(key=f"request:{asked.pk}:request_confirm").first()
        secret = SECRET.search(letter.words["body"]) if letter else None
        if secret:
            Browser().post("/my-request/", {"secret": unquote(secret[1]), "do": act})


def _is_answered(world: World, words: str, which: int) -> None:
    """The other therapist says yes or no, or writes back."""
    other = world.browsers["stranger"]
    other.get("/requests/")
    act = ("accept", "decline", "answer")[which % 3]
    for asked in calls():
        other.get(f"/requests/{asked.pk}/")
        other.post(f"/requests/{asked.pk}/{act}/", {"reply": words, "version": asked.version})
    other.get("/week/")


def _takes_back(_world: World, _words: str, _which: int) -> None:
    _by_link("withdraw")


def _found(pattern: re.Pattern[str], page: Answer) -> list[str]:
    return pattern.findall(page.body.decode())


PRIVATE_CALLS: dict[str, Callable[[World, str, int], None]] = {
    "Ana asks for a first call": _asks,
    "Ana takes back the first call": _takes_back,
    "the first call is answered": _is_answered,
}
