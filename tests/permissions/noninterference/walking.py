"""Two worlds that differ in nothing but Ana's private things, walked side by side."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from unittest import mock

import time_machine
from django.test import override_settings
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from tests.permissions.browsing import Answer
from tests.permissions.noninterference.calls import calls
from tests.permissions.noninterference.steps import (
    A_DAY,
    A_MOMENT,
    BEGINNINGS,
    PRIVATE,
    SHARED,
    Step,
    ids_made,
    steps_of,
)
from tests.permissions.noninterference.watching import watch, watched_routes
from tests.permissions.noninterference.worlds import World, build
from tests.permissions.undoing import undone

from homeport.assessments.models import Assignment, ChildIntake, IntakeForm, OwnAnswer
from homeport.cases.models import ConsentSignature, Participant
from homeport.core import randomness
from homeport.directory.models import FitReview, Request
from homeport.encounters.models import SessionNote
from homeport.exercises.models import JournalEntry
from homeport.people.selectors import the_practice
from homeport.safety.models import Alert, ViolenceScreen
from homeport.scheduling.models import Appointment, AppointmentPerson, ReminderTimes, Waiting

# Behind the clock of any database: on PostgreSQL the second wall asks that one what holds.
START = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)
A_LONG_TIME = 10**9


@dataclass(frozen=True)
class Walk:
    """What happens, in order; ``looks``: after which steps Ben looks too; ``picks``: what he tries besides his own pages.

    ``ends``: the day on which he looks last; by the latest, meetings have been held.
    """

    kind: str
    steps: tuple[Step, ...]
    looks: frozenset[int]
    picks: tuple[int, ...]
    ends: int = 4


class Interference(AssertionError):
    """Ben got something that hangs on what is Ana's alone."""


@dataclass
class Tally:
    """What the walks were worth: how many truly differed in what is Ana's, and how much Ben saw."""

    walks: int = 0
    differing: int = 0
    answers: int = 0
    pages: int = 0


words = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x24FF, exclude_categories=("Cs", "Cn")),
    min_size=1,
    max_size=60,
)
differently = st.one_of(st.tuples(words, words), st.tuples(words, st.none()), st.tuples(st.none(), words))


def walks_in(kind: str, among: frozenset[str]) -> st.SearchStrategy[Walk]:
    """Walks through worlds of this kind, of the steps ``among`` (all, where it is empty).

    Something that is Ana's alone is there from the first step on.
    """

    def one_of(names: Iterable[str]) -> st.SearchStrategy[str]:
        return st.sampled_from(sorted(name for name in steps_of(kind, names) if not among or name in among))

    alike = words.map(lambda said: (said, said))
    private = st.builds(Step, one_of(PRIVATE), differently, st.integers(0, 19))
    shared = st.builds(Step, one_of(SHARED), alike, st.integers(0, 19))
    beginnings = st.builds(Step, one_of(BEGINNINGS), differently, st.integers(0, 3))
    middles = st.lists(st.one_of(private, private, shared), min_size=2, max_size=7)
    return st.builds(
        Walk,
        kind=st.just(kind),
        steps=st.tuples(beginnings, middles).map(lambda parts: (parts[0], *parts[1])),
        looks=st.frozensets(st.integers(1, 6), max_size=1),
        picks=st.lists(st.integers(0, 10**9), min_size=6, max_size=6).map(tuple),
        ends=st.sampled_from((4, 9, 16)),
    )


class Walker:
    """Walks through a world that is built once."""

    def __init__(self, kind: str) -> None:
        self.tally = Tally()
        self._world = build(kind)
        self._routes = watched_routes()

    def walk(self, one: Walk, clock: time_machine.Traveller) -> None:
        """Raise ``Interference`` with the first difference between what Ben gets in the two worlds."""
        (first, mine), (second, theirs) = (self._play(one, number, clock) for number in (0, 1))
        self.tally.walks += 1
        self.tally.differing += mine != theirs
        self.tally.answers += len(first)
        self.tally.pages += sum(answer.status == 200 for answer in first)
        if len(first) != len(second):
            raise Interference(f"{len(first)} answers in one world, {len(second)} in the other")
        for one_answer, other_answer in zip(first, second, strict=True):
            if found := one_answer.difference(other_answer):
                raise Interference(found)

    def _play(self, one: Walk, number: int, clock: time_machine.Traveller) -> tuple[list[Answer], Any]:
        with undone():
            the_practice()  # what a process that serves pages knows from its beginning
            world = self._world.fresh()
            seeds = [f"{one.kind}/{index}/{step.do}" for index, step in enumerate(one.steps)]
            private = [seed for seed, step in zip(seeds, one.steps, strict=True) if step.do in PRIVATE]
            world.foreign = [made for each in private for made in ids_made(each)][::-1]
            seen: list[Answer] = []
            for index, (step, each) in enumerate(zip(one.steps, seeds, strict=True)):
                clock.move_to(START + A_DAY * (index // 3) + A_MOMENT * (index + 1))
                with randomness.seeded(each):
                    step.in_world(number, world)
                if index in one.looks:
                    seen += watch(world, self._routes, [], f"look/{index}")
            clock.move_to(START + A_DAY * one.ends)
            seen += watch(world, self._routes, list(one.picks), "end")
            return seen, _ana_has(world)


def _ana_has(world: World) -> Any:
    """What there is of Ana alone, so that a walk which changes nothing is not counted as one."""
    entries = JournalEntry.objects.filter(author_id=world.ana.pk)
    notes = SessionNote.objects.filter(subject_id=world.ana.pk)
    screens = ViolenceScreen.objects.filter(author_id=world.ana.pk)
    forms = IntakeForm.objects.filter(author_id=world.ana.pk)
    answers = OwnAnswer.objects.filter(author_id=world.ana.pk)
    asked = Assignment.objects.filter(author_id=world.ana.pk)
    alerts = Alert.objects.filter(author_id=world.ana.pk)
    times = Appointment.objects.filter(subject_id=world.ana.pk)
    signed = ConsentSignature.objects.filter(given_by=world.ana)
    requests = Request.objects.filter(author_id=world.ana.pk)
    reviews = FitReview.objects.filter(author_id=world.ana.pk)
    reports = ChildIntake.objects.filter(author_id=world.cleo.pk)
    comes = AppointmentPerson.objects.filter(person=world.ana)
    parts = Participant.objects.filter(person=world.ana)
    waits = Waiting.objects.filter(person=world.ana)
    reminders = ReminderTimes.objects.filter(person=world.ana)
    return (
        sorted((entry.pk, entry.words, entry.version) for entry in entries),
        sorted((note.pk, note.words, note.version, str(note.signed_at)) for note in notes),
        sorted((screen.pk, str(screen.answers), screen.version) for screen in screens),
        sorted((form.pk, str(form.sections), form.version) for form in forms),
        sorted((each.pk, each.kind, str(each.until_at)) for each in signed),
        sorted((one.pk, one.begins_at, one.version) for one in times),
        sorted((each.pk, each.state, str(each.due_at)) for each in asked),
        sorted((each.pk, str(each.said), each.version) for each in answers),
        sorted((each.pk, each.state, each.version) for each in alerts),
        sorted((each.pk, str(each.words), each.status, each.version) for each in requests),
        sorted((each.pk, str(each.answers)) for each in reviews),
        [(each.minutes, each.by_text) for each in reminders],
        [(each.pk, str(each.words), each.status, each.version) for each in calls()],
        sorted((each.pk, str(each.sections), each.version) for each in reports),
        sorted((each.pk, str(each.from_at), str(each.until_at)) for each in parts),
        sorted((each.pk, each.consent) for each in comes),
        sorted((each.pk, str(each.weekdays), str(each.ended_at)) for each in waits),
    )


@contextmanager
def as_in_a_walk() -> Iterator[time_machine.Traveller]:
    """Time stands still until it is moved, chance is drawn from seeds, nobody is signed out, all is taken back."""
    drawn = SimpleNamespace(
        choice=lambda chars: randomness.stream("secrets").choice(chars), compare_digest=secrets.compare_digest
    )
    with ExitStack() as stack:
        stack.enter_context(
            override_settings(SESSION_COOKIE_AGE=A_LONG_TIME, SESSION_LONGEST_SECONDS=A_LONG_TIME)
        )
        stack.enter_context(mock.patch("django.utils.crypto.secrets", drawn))
        clock = stack.enter_context(time_machine.travel(START, tick=False))
        stack.enter_context(undone())
        yield clock


def walk_often(
    kind: str, count: int, *, first: int = 1, shrink: bool = True, among: frozenset[str] = frozenset()
) -> Tally:
    """``count`` random walks through a world of this kind, from the seed ``first``; of the steps ``among`` alone, if any.

    Raises ``Interference`` at the first that gives something away.
    """
    with as_in_a_walk() as clock:
        walker = Walker(kind)
        phases = (Phase.generate, Phase.shrink) if shrink else (Phase.generate,)

        @seed(first)
        @settings(
            max_examples=count, database=None, deadline=None, phases=phases, report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck), print_blob=False,
        )  # fmt: skip
        @given(walks_in(kind, among))
        def every(one: Walk) -> None:
            walker.walk(one, clock)

        every()
        return walker.tally
