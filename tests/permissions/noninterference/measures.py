"""What happens with questionnaires in a walk.

That Ana was asked, what she answered, what she said about Ben, the alerts that came of it and what the care team did with
them: all hers alone. Ben is asked and answers alike in both worlds.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from tests.permissions.noninterference.worlds import World

from homeport.assessments.models import Assignment, OwnAdministration
from homeport.content.instruments import load_key
from homeport.core.clock import today
from homeport.safety.models import Alert
from homeport.safety.services.escalate import escalate

PHQ9 = load_key("depression.phq-9")
# As old as Ana is in a family.
TEEN = 15
RISK = PHQ9.item_ids.index("self-harm") + 1


def _is_asked(who: str, about: str = "") -> Callable[[World, str, int], None]:
    def do(world: World, _words: str, which: int) -> None:
        instrument, slot = ("depression.phq-9", "") if which % 2 else ("attachment.homeport", "friend")
        if world.person(who).age_on() == TEEN:
            instrument, slot = "depression.phq-a", ""
        fields = {
            "person": world.person(who).pk,
            "instrument": "depression.phq-9" if about else instrument,
            "slot": "" if about else slot,
            "about": world.person(about).pk if about else "",
            "due": (today() + timedelta(days=which)).isoformat() if which % 3 == 0 else "",
        }
        world.browsers["therapist"].post(f"/cases/{world.case.pk}/came-in/ask/", fields)

    return do


def _due(world: World, who: str, which: int) -> UUID | None:
    mine = Assignment.objects.filter(author_id=world.person(who).pk, state="due").order_by("created_at", "pk")
    found = list(mine.values_list("pk", flat=True))
    return found[which % len(found)] if found else None


def _answers(who: str) -> Callable[[World, str, int], None]:
    def do(world: World, words: str, which: int) -> None:
        asked = _due(world, who, which)
        if asked is None:
            return
        browser = world.browsers[who]
        browser.post(f"/asked/{asked}/")
        for number in (1, 1 + which % 9, RISK):
            value = (len(words) + number) % 4
            browser.post(f"/asked/{asked}/{number}/", {"answer": value, "step": "next"})
        browser.get(f"/asked/{asked}/{RISK}/support/")

    return do


def _sends(who: str) -> Callable[[World, str, int], None]:
    def do(world: World, _words: str, which: int) -> None:
        asked = _due(world, who, which)
        if asked is not None:
            world.browsers[who].post(f"/asked/{asked}/")
            world.browsers[who].post(f"/asked/{asked}/send/")

    return do


def _reads_of_ana(world: World, _words: str, which: int) -> None:
    """Whoever cares for the case opens what Ana answered."""
    browser = world.browsers[("therapist", "supervisor")[which % 2]]
    browser.get(f"/cases/{world.case.pk}/came-in/")
    for asked in Assignment.objects.filter(author_id=world.ana.pk).order_by("created_at", "pk"):
        browser.get(f"/asked/{asked.pk}/answers/")


def _alerts_of_ana(world: World, words: str, which: int) -> None:
    """Alerts that Ana raised are passed on, seen, taken in hand, closed."""
    browser = world.browsers[("therapist", "supervisor")[which % 2]]
    browser.get("/alerts/")
    for alert in Alert.objects.filter(author_id=world.ana.pk).order_by("created_at", "pk"):
        escalate(alert_id=alert.pk)
        browser.get(f"/alerts/{alert.pk}/")
        if which % 3:
            browser.post(f"/alerts/{alert.pk}/in-hand/")
        if which % 3 == 2:
            browser.post(f"/alerts/{alert.pk}/close/", {"note": f"What was done about it: {words}"})


def _opens_to(who: str, whom: str) -> Callable[[World, str, int], None]:
    """Everything somebody has sent is opened to another, or taken back; and each looks at it."""

    def do(world: World, _words: str, which: int) -> None:
        browser, person = world.browsers[who], world.person(whom)
        mine = Assignment.objects.filter(author_id=world.person(who).pk, state="done", kind="own")
        browser.get("/my-answers/")
        for asked in mine.order_by("created_at", "pk"):
            act, piece = ("share", "take-back")[which % 3 == 2], ("scores", "answers")[which % 2]
            browser.get(f"/my-answers/{asked.pk}/")
            browser.post(f"/my-answers/{asked.pk}/{act}/", {"person": person.pk, "piece": piece})
        world.browsers[whom].get("/opened-to-me/")

    return do


def _reads_opened(who: str) -> Callable[[World, str, int], None]:
    """Somebody opens everything that others opened to them."""

    def do(world: World, _words: str, _which: int) -> None:
        world.browsers[who].get("/opened-to-me/")
        others = OwnAdministration.objects.filter(case_id=world.case.pk).exclude(
            author_id=world.person(who).pk
        )
        for each in others.order_by("created_at", "pk"):
            world.browsers[who].get(f"/opened-to-me/{each.pk}/")

    return do


PRIVATE_MEASURES: dict[str, Callable[[World, str, int], None]] = {
    "Ana is asked": _is_asked("ana"),
    "Ana is asked about Ben": _is_asked("ana", "ben"),
    "Ana answers what she was asked": _answers("ana"),
    "Ana sends what she answered": _sends("ana"),
    "what Ana answered is read": _reads_of_ana,
    "Ana opens what she sent to Cleo": _opens_to("ana", "cleo"),
    "Ana reads what was opened to her": _reads_opened("ana"),
    "alerts of Ana's are looked after": _alerts_of_ana,
}
SHARED_MEASURES: dict[str, Callable[[World, str, int], None]] = {
    "Ben is asked": _is_asked("ben"),
    "Ben answers what he was asked": _answers("ben"),
    "Ben sends what he answered": _sends("ben"),
    "Ben opens what he sent to Ana": _opens_to("ben", "ana"),
    "Ben opens what he sent to Cleo": _opens_to("ben", "cleo"),
}
