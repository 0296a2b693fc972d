"""Queries that forget the first wall, asked by the role that serves pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.factories.cases import a_couple, an_individual
from tests.factories.clinical_rows import a_bare_row
from tests.factories.people import a_manager, a_person, a_supervisor, a_therapist, acting
from tests.postgres.roles import as_role

from homeport.access.services.break_glass import break_glass
from homeport.access.services.release_row import release_row
from homeport.access.wall import acting as service
from homeport.access.wall import person_set
from homeport.cases.models import Case
from homeport.core.actor import Actor, system
from homeport.core.clinical import clinical_models
from homeport.core.ids import new_id
from homeport.encounters.models import SessionNote
from homeport.exercises.models import JournalEntry
from homeport.people.models import Person
from homeport.safety.models import ViolenceScreen

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@dataclass
class Practice:
    """A couple with their therapist, and everybody who stands further off."""

    ana: Person
    ben: Person
    thea: Person
    supervisor: Person
    stranger: Person
    manager: Person
    case: Case
    other_case: Case


@pytest.fixture
def practice() -> Practice:
    ana, ben, thea, stranger = a_person("Ana"), a_person("Ben"), a_therapist("Thea"), a_therapist("Sam")
    case, other = a_couple(ana, ben, lead=thea), an_individual(a_person("Cleo"), lead=stranger)
    ViolenceScreen.objects.all().delete()  # those that a case of two asks for when it opens: one waits at a time
    return Practice(ana, ben, thea, a_supervisor(thea), stranger, a_manager(), case, other)


def a_row(model: Any, author: Person, subject: Person | None, case: Case | None, **more: Any) -> Any:
    return a_bare_row(
        model,
        author_id=author.pk,
        subject_id=subject.pk if subject else None,
        case_id=case.pk if case else None,
        **more,
    )


@contextmanager
def served(actor: Actor) -> Iterator[None]:
    """By the role that serves pages, for this person."""
    with as_role("web"), person_set(actor):
        yield


def seen(model: Any, actor: Actor) -> set[UUID]:
    """What a query without any condition finds."""
    with served(actor):
        return set(model.objects.values_list("pk", flat=True))


def who_sees(practice: Practice, row: Any) -> str:
    names = ("ana", "ben", "thea", "supervisor", "stranger", "manager")
    return " ".join(name for name in names if row.pk in seen(type(row), acting(getattr(practice, name))))


def test_without_a_person_there_is_nothing(practice: Practice) -> None:
    for model in clinical_models():
        a_row(model, practice.ana, practice.ana, practice.case)
        assert model._default_manager.exists()
        for actor in (Actor("anonymous"), system("a job that runs by the wrong role")):
            assert seen(model, actor) == set()
        with as_role("web"), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {model._meta.db_table}")
            assert cursor.fetchone() == (0,)


def test_the_worker_sees_what_its_jobs_are_about(practice: Practice) -> None:
    a_row(JournalEntry, practice.ana, practice.ana, practice.case)
    with as_role("worker"):
        assert JournalEntry.objects.count() == 1


def test_a_journal_entry_until_it_is_shared(practice: Practice) -> None:
    entry = a_row(JournalEntry, practice.ana, practice.ana, practice.case)
    assert who_sees(practice, entry) == "ana"
    release_row(actor=acting(practice.ana), model=JournalEntry, row_id=entry.pk, recipient_id=None)
    assert who_sees(practice, entry) == "ana thea supervisor"


def test_a_note_and_whom_it_was_released_to(practice: Practice) -> None:
    joint = a_row(SessionNote, practice.thea, None, practice.case)
    own = a_row(SessionNote, practice.thea, practice.ana, practice.case)
    elsewhere = a_row(SessionNote, practice.stranger, None, practice.other_case)
    assert [who_sees(practice, row) for row in (joint, own, elsewhere)] == ["thea supervisor"] * 2 + [
        "stranger"
    ]
    release_row(actor=acting(practice.thea), model=SessionNote, row_id=joint.pk, recipient_id=practice.ben.pk)
    assert who_sees(practice, joint) == "ben thea supervisor"


def test_a_screen_is_no_partners(practice: Practice) -> None:
    screen = a_row(ViolenceScreen, practice.ana, practice.ana, practice.case)
    assert who_sees(practice, screen) == "ana thea supervisor"


def test_broken_glass_opens_the_second_wall_too(practice: Practice) -> None:
    note = a_row(SessionNote, practice.thea, practice.ana, practice.case)
    reason = "Ana called the desk in great distress and her therapist is on a plane."
    break_glass(actor=acting(practice.stranger), case_id=practice.case.pk, reason=reason)
    assert who_sees(practice, note) == "thea supervisor stranger"


def test_nobody_writes_where_they_have_no_business(practice: Practice) -> None:
    ben, other = practice.ben, practice.other_case
    plants = [
        (JournalEntry, ben, ben, other),  # into a stranger's case
        (JournalEntry, practice.ana, practice.ana, practice.case),  # in a partner's name
        (SessionNote, practice.thea, None, practice.case),  # in the therapist's
        (ViolenceScreen, practice.ana, practice.ana, practice.case),
    ]
    for model, author, subject, case in plants:
        with (
            pytest.raises(DatabaseError, match="row-level security"),
            transaction.atomic(),
            served(acting(ben)),
        ):
            a_row(model, author, subject, case)
    with served(acting(ben)):
        a_row(JournalEntry, ben, ben, practice.case)
        a_row(JournalEntry, ben, ben, None)


def test_nobody_moves_a_row_into_a_case_of_others(practice: Practice) -> None:
    ben = practice.ben
    entry = a_row(JournalEntry, ben, ben, None)
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic(), served(acting(ben)):
        JournalEntry.objects.filter(pk=entry.pk).update(case_id=practice.other_case.pk)


def test_what_is_hidden_cannot_be_changed_or_deleted(practice: Practice) -> None:
    entry = a_row(JournalEntry, practice.ana, practice.ana, practice.case)
    for actor in (acting(practice.ben), acting(practice.thea), Actor("anonymous")):
        with served(actor):
            assert JournalEntry.objects.filter(pk=entry.pk).update(version=9) == 0
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM exercises_journalentry")
                assert cursor.rowcount == 0
    assert JournalEntry.objects.get().version == 1


def test_what_was_opened_can_be_read_and_not_changed(practice: Practice) -> None:
    note = a_row(SessionNote, practice.thea, None, practice.case)
    release_row(actor=acting(practice.thea), model=SessionNote, row_id=note.pk, recipient_id=practice.ana.pk)
    with served(acting(practice.ana)):
        assert SessionNote.objects.count() == 1
        assert SessionNote.objects.update(version=9) == 0


def test_an_error_of_uniqueness_tells_nothing_that_one_may_not_know(practice: Practice) -> None:
    """One screen waits for each: whoever may not ask Ana is refused alike whether hers waits or not."""
    said = []
    for waits in (False, True):
        if waits:
            a_row(ViolenceScreen, practice.ana, practice.ana, practice.case)
        with pytest.raises(DatabaseError) as refused, transaction.atomic(), served(acting(practice.ben)):
            a_row(ViolenceScreen, practice.ana, practice.ana, practice.case, id=new_id())
        assert not isinstance(refused.value, IntegrityError)
        said.append(str(refused.value))
    assert said[0] == said[1]


def test_a_service_writes_for_whoever_acts(practice: Practice) -> None:
    @service
    def write(*, actor: Actor) -> UUID:
        return a_row(JournalEntry, practice.ana, practice.ana, practice.case).pk

    with as_role("web"):
        assert write(actor=acting(practice.ana)) in seen(JournalEntry, acting(practice.ana))
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            write(actor=acting(practice.ben))


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE cases_of_mine (case_id uuid)",
        "CREATE TEMP TABLE cases_participant (person_id uuid, case_id uuid)",
        "ALTER TABLE exercises_journalentry DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE exercises_journalentry NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY homeport_web_reads ON exercises_journalentry",
        "CREATE POLICY mine ON exercises_journalentry USING (true)",
        "CREATE OR REPLACE FUNCTION homeport_works_on() RETURNS SETOF uuid LANGUAGE sql AS 'SELECT id FROM cases_case'",
        "SET ROLE homeport_worker",
        "TRUNCATE exercises_journalentry",
    ],
)
def test_the_web_role_cannot_take_the_wall_down(statement: str) -> None:
    held = connection.settings_dict
    # Signed in by that name from the start: there is nothing of the owner to fall back on.
    session = psycopg.connect(host=held["HOST"], dbname=held["NAME"], user="homeport_web")
    with session, pytest.raises(psycopg.Error):
        session.execute(statement)
