"""What can happen in a walk. Everything goes through the pages, as people do it.

A *private* step is Ana's own, or a clinician's about Ana alone: it happens differently in the two worlds, or in one only.
Every other step happens alike in both. What is what, `docs/adr/0004-non-interference.md` says.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from tests.permissions.browsing import Answer
from tests.permissions.noninterference.asking import PRIVATE_ASKING, SHARED_ASKING
from tests.permissions.noninterference.before import (
    PRIVATE_BEFORE,
    PRIVATE_CHILD,
    SHARED_BEFORE,
    SHARED_CHILD,
)
from tests.permissions.noninterference.calls import PRIVATE_CALLS
from tests.permissions.noninterference.groups import PRIVATE_GROUPS, SHARED_GROUPS
from tests.permissions.noninterference.leaving import NAMED_LEAVING, SHARED_LEAVING
from tests.permissions.noninterference.measures import PRIVATE_MEASURES, SHARED_MEASURES
from tests.permissions.noninterference.times import PRIVATE_TIMES, SHARED_TIMES
from tests.permissions.noninterference.worlds import World

from homeport.access.models import BrokenGlass
from homeport.cases.selectors import agreement_of
from homeport.core import randomness
from homeport.core.ids import new_id
from homeport.encounters.models import SessionNote
from homeport.exercises.models import JournalEntry
from homeport.safety.models import ViolenceScreen

REASON = "Nobody can be reached and there is a call that worries us."


@dataclass(frozen=True)
class Step:
    """``words``: what is said in the first and in the second world; None where it does not happen there."""

    do: str
    words: tuple[str | None, str | None]
    which: int = 0

    def in_world(self, number: int, world: World) -> None:
        """Do it as it happens in the first (0) or the second (1) world."""
        said = self.words[number]
        if said is not None:
            {**PRIVATE, **SHARED}[self.do](world, said, self.which)


def ids_made(seed: str) -> list[UUID]:
    """The ids that rows get which are made under this seed, whether they are made in this world or not."""
    with randomness.seeded(seed):
        return [new_id("clinical rows") for _ in range(2)]


def steps_of(kind: str, names: Iterable[str]) -> list[str]:
    """Those of these steps that there are in a world of this kind."""
    return [name for name in names if kind in ONLY_IN.get(name, frozenset({kind}))]


def chosen(ids: list[UUID], which: int) -> UUID | None:
    """One of them, None where there are none."""
    return ids[which % len(ids)] if ids else None


def _writes(who: str) -> Callable[[World, str, int], None]:
    def do(world: World, words: str, which: int) -> None:
        place = "" if which % 4 == 3 else str(world.case.pk)
        answer = world.browsers[who].post("/journal/write/", {"words": words, "case": place})
        _note_id(world.entries.setdefault(who, []), answer)

    return do


def _with_entry(who: str, act: str) -> Callable[[World, str, int], None]:
    def do(world: World, words: str, which: int) -> None:
        entry = chosen(world.entries.get(who, []), which)
        if entry is not None:
            version = JournalEntry.objects.get(pk=entry).version
            world.browsers[who].post(f"/journal/{entry}/{act}/", {"words": words, "version": version})

    return do


def _answers(who: str) -> Callable[[World, str, int], None]:
    def do(world: World, words: str, which: int) -> None:
        choice = ("no", "sometimes", "yes")[len(words) % 3]
        alone = "yes" if which % 5 == 4 else "no"
        world.browsers[who].post(
            "/questions/", {"alone": alone, "begun": "yes", "afraid": choice, "parting": choice}
        )

    return do


def _looks(who: str) -> Callable[[World, str, int], None]:
    def do(world: World, _words: str, _which: int) -> None:
        paths = ["/home/", "/journal/", "/questions/", "/who-looked/", f"/cases/{world.case.pk}/agreement/"]
        paths += [f"/notes/{note}/" for note in (*world.notes.get("joint", []), *world.notes.get(who, []))]
        for path in paths:
            world.browsers[who].get(path)

    return do


def _signs_agreement(who: str) -> Callable[[World, str, int], None]:
    def do(world: World, _words: str, _which: int) -> None:
        agreed = agreement_of(world.case.pk)
        assert agreed is not None
        fields = {"text_hash": agreed.agreement.text_hash}
        world.browsers[who].post(f"/cases/{world.case.pk}/agreement/sign/", fields)

    return do


def _proposes(world: World, words: str, which: int) -> None:
    kind = ("no_secrets", "limited_secrets", "individual_private")[which % 3]
    world.browsers["therapist"].post(f"/cases/{world.case.pk}/agreement/propose/", {"kind": kind})


def _notes(about: str) -> Callable[[World, str, int], None]:
    def do(world: World, words: str, _which: int) -> None:
        whom = "joint" if about == "joint" else str(world.person(about).pk)
        path = f"/cases/{world.case.pk}/notes/write/"
        answer = world.browsers["therapist"].post(path, {"words": words, "about": whom})
        _note_id(world.notes.setdefault(about, []), answer)

    return do


def _with_note(about: str, act: str, to: str = "") -> Callable[[World, str, int], None]:
    def do(world: World, words: str, which: int) -> None:
        note = chosen(world.notes.get(about, []), which)
        if note is not None:
            fields = {"words": words, "version": SessionNote.objects.get(pk=note).version}
            if to:
                fields["recipient"] = world.person(to).pk
            world.browsers["therapist"].post(f"/notes/{note}/{act}/", fields)

    return do


def _reads_of_ana(world: World, _words: str, which: int) -> None:
    """Whoever cares for the case opens what there is of Ana alone."""
    browser = world.browsers[("therapist", "supervisor")[which % 2]]
    for entry in world.entries.get("ana", []):
        browser.get(f"/journal/{entry}/")
    for note in world.notes.get("ana", []):
        browser.get(f"/notes/{note}/")
    for screen in ViolenceScreen.objects.filter(author_id=world.ana.pk).order_by("created_at", "pk"):
        browser.get(f"/screens/{screen.pk}/")


def _opens_case(who: str) -> Callable[[World, str, int], None]:
    def do(world: World, _words: str, _which: int) -> None:
        world.browsers[who].get(f"/cases/{world.case.pk}/")

    return do


def _asks(world: World, _words: str, _which: int) -> None:
    world.browsers["therapist"].post(f"/cases/{world.case.pk}/screens/ask/")


def _breaks_glass(world: World, _words: str, which: int) -> None:
    name = (world.ana, world.ben)[which % 2].name
    world.browsers["stranger"].post("/emergency/", {"name": name, "born": "", "reason": REASON})
    world.browsers["stranger"].get(f"/cases/{world.case.pk}/")


def _acknowledges(world: World, _words: str, _which: int) -> None:
    for opened in BrokenGlass.objects.filter(case_id=world.case.pk, acknowledged_at=None).order_by(
        "from_at", "pk"
    ):
        world.browsers["supervisor"].post(f"/emergencies/{opened.pk}/seen/")


def _note_id(ids: list[UUID], answer: Answer) -> None:
    if answer.status == 303:
        ids.append(UUID(answer.goes_to.rstrip("/").rpartition("/")[2]))


PRIVATE: dict[str, Callable[[World, str, int], None]] = {
    "Ana writes": _writes("ana"),
    "Ana changes an entry": _with_entry("ana", "change"),
    "Ana shares an entry": _with_entry("ana", "share"),
    "Ana takes an entry back": _with_entry("ana", "take-back"),
    "Ana answers the questions": _answers("ana"),
    "Ana looks around": _looks("ana"),
    "a note about Ana": _notes("ana"),
    "the note about Ana is signed": _with_note("ana", "sign"),
    "the note about Ana is added to": _with_note("ana", "add"),
    "the note about Ana is released to her": _with_note("ana", "release", "ana"),
    "the note about Ana is closed again": _with_note("ana", "withdraw", "ana"),
    "what is Ana's is read": _reads_of_ana,
    **PRIVATE_BEFORE,
    **PRIVATE_CALLS,
    **PRIVATE_CHILD,
    **PRIVATE_GROUPS,
    **PRIVATE_TIMES,
    **PRIVATE_MEASURES,
    **PRIVATE_ASKING,
}
SHARED: dict[str, Callable[[World, str, int], None]] = {
    "Ben writes": _writes("ben"),
    "Ben changes an entry": _with_entry("ben", "change"),
    "Ben shares an entry": _with_entry("ben", "share"),
    "Ben answers the questions": _answers("ben"),
    "Ben signs": _signs_agreement("ben"),
    "Ana signs": _signs_agreement("ana"),
    "an agreement is put forward": _proposes,
    "everybody is asked": _asks,
    "a note about Ben": _notes("ben"),
    "the note about Ben is signed": _with_note("ben", "sign"),
    "the note about Ben is released to him": _with_note("ben", "release", "ben"),
    "a joint note": _notes("joint"),
    "the joint note is signed": _with_note("joint", "sign"),
    "the joint note is added to": _with_note("joint", "add"),
    "the joint note is released to Ben": _with_note("joint", "release", "ben"),
    "the joint note is released to Ana": _with_note("joint", "release", "ana"),
    "the joint note is closed to Ben": _with_note("joint", "withdraw", "ben"),
    "the therapist opens the case": _opens_case("therapist"),
    "the supervisor opens the case": _opens_case("supervisor"),
    "the glass is broken": _breaks_glass,
    "the supervisor has seen it": _acknowledges,
    **SHARED_BEFORE,
    **SHARED_CHILD,
    **SHARED_GROUPS,
    **SHARED_LEAVING,
    **SHARED_TIMES,
    **SHARED_MEASURES,
    **SHARED_ASKING,
}
# What there is in one kind of world alone; everything else is in all of them.
ONLY_IN: dict[str, frozenset[str]] = {
    **dict.fromkeys((*PRIVATE_CHILD, *SHARED_CHILD), frozenset({"family"})),
    **dict.fromkeys((*PRIVATE_GROUPS, *SHARED_GROUPS), frozenset({"group"})),
    **dict.fromkeys(NAMED_LEAVING, frozenset({"couple", "family"})),
    "Cleo leaves the case": frozenset({"family", "group"}),
}
# With these a walk begins: each puts something of Ana's into the world.
BEGINNINGS = (
    "Ana writes",
    "Ana answers the questions",
    "a note about Ana",
    "Ana signs a text",
    "Ana fills in the form",
    "a time of Ana's is booked",
    "Ana is asked about Ben",
    "Ana asks for somebody else",
    "Ana chooses her reminders",
    "Ana asks for a first call",
    "Cleo reports of the child",
    "Ana leaves the group",
)
A_MOMENT, A_DAY = timedelta(minutes=13), timedelta(days=1)
