"""For whom a transaction runs: as long as the transaction, and not a statement longer."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories.people import a_person, acting
from tests.postgres.roles import as_role

from homeport.access.second_wall.functions import ACT_AS
from homeport.access.wall import person_set
from homeport.core.actor import Actor
from homeport.exercises.models import JournalEntry
from homeport.people.models import Person

NOBODY = Actor("anonymous")


def an_entry(person: Person) -> JournalEntry:
    return JournalEntry.objects.create(author_id=person.pk, subject_id=person.pk, words="mine")


def count() -> int:
    return JournalEntry.objects.count()


def run(statement: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone() if cursor.description else None


@pytest.mark.django_db(databases=["default", "keys"])
class TestInsideATransaction:
    """Where a test, or a service, holds a transaction open already."""

    def test_what_was_set_before_comes_back(self) -> None:
        ana, ben = a_person(), a_person()
        an_entry(ana), an_entry(ben), an_entry(ben)
        with as_role("web"):
            with person_set(acting(ana)):
                assert count() == 1
                with person_set(acting(ben)):
                    assert count() == 2
                assert count() == 1
                with person_set(NOBODY):
                    assert count() == 0
                assert count() == 1
            assert count() == 0

    def test_an_exception_takes_it_back_as_well(self) -> None:
        ana = a_person()
        an_entry(ana)
        with as_role("web"):
            with suppress(KeyError), person_set(acting(ana)):
                raise KeyError
            assert count() == 0
            # A statement that failed, rolled back to a savepoint outside and inside.
            with suppress(DatabaseError), transaction.atomic(), person_set(acting(ana)):
                run("SELECT 1 / 0")
            assert count() == 0
            with person_set(acting(ana)):
                with suppress(DatabaseError), transaction.atomic():
                    run("SELECT 1 / 0")
                assert count() == 1
            assert count() == 0

    def test_the_same_person_again_costs_nothing(self) -> None:
        ana = a_person()
        with person_set(acting(ana)), CaptureQueriesContext(connection) as queries, person_set(acting(ana)):
            pass
        assert len(queries) == 0


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Sign in as the web role itself, through a pool of one connection that everybody must share."""
    connection.close()
    held = connection.settings_dict
    before = {name: held[name] for name in ("USER", "OPTIONS", "CONN_MAX_AGE")}
    pool = {"min_size": 1, "max_size": 1, "timeout": 10}
    held.update(USER="homeport_web", CONN_MAX_AGE=0, OPTIONS={**held["OPTIONS"], "pool": pool})
    yield
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    held.update(before)


def as_somebody_else(look: Any) -> Any:
    """What a thread of its own gets, which borrows the connection after us."""
    found: list[Any] = []

    def ask() -> None:
        try:
            found.append((run("SELECT pg_backend_pid()"), look()))
        finally:
            connections.close_all()

    connection.close()
    thread = threading.Thread(target=ask)
    thread.start()
    thread.join(60)
    return found[0]


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
class TestThroughThePool:
    """The connection as requests have it: borrowed, used in autocommit, handed on."""

    @pytest.fixture(autouse=True)
    def _ana(self, transactional_db: None) -> None:
        self.ana = a_person()
        an_entry(self.ana)

    def test_it_signs_in_as_the_web_role(self, one_connection: None) -> None:
        assert run("SELECT current_user, session_user") == ("homeport_web", "homeport_web")

    def test_it_ends_with_its_transaction(self, one_connection: None) -> None:
        with person_set(acting(self.ana)):
            assert count() == 1
        assert count() == 0
        assert run("SELECT homeport_person()") == (None,)

    def test_the_next_borrower_is_nobody(self, one_connection: None) -> None:
        with person_set(acting(self.ana)):
            assert count() == 1
        first = run("SELECT pg_backend_pid()")
        assert as_somebody_else(count) == (first, 0)

    def test_in_autocommit_it_is_good_for_its_own_statement_alone(self, one_connection: None) -> None:
        run(ACT_AS, self.ana.pk)
        assert count() == 0

    def test_set_for_a_whole_session_it_is_nobody(self, one_connection: None) -> None:
        """The trap: a setting of the session goes to whoever borrows the connection next."""
        run("SELECT set_config('homeport.person', %s, false)", str(self.ana.pk))
        assert count() == 0
        with transaction.atomic():
            run(ACT_AS, self.ana.pk)
            held = run("SELECT current_setting('homeport.person')")[0]
            assert count() == 1
        # Even what was good a moment ago, kept and set again for the session.
        run("SELECT set_config('homeport.person', %s, false)", held)
        first = run("SELECT pg_backend_pid()")
        assert as_somebody_else(lambda: (run("SELECT current_setting('homeport.person')"), count())) == (
            first, ((held,), 0),
        )  # fmt: skip

    def test_a_transaction_that_fails_leaves_nobody(self, one_connection: None) -> None:
        with suppress(DatabaseError), person_set(acting(self.ana)):
            run("SELECT 1 / 0")
        assert count() == 0
        assert as_somebody_else(count)[1] == 0

    def test_what_it_costs(self, one_connection: None) -> None:
        """To begin, to say for whom, to commit: three short words beside the query itself."""
        count()
        with CaptureQueriesContext(connection) as queries, person_set(acting(self.ana)):
            count()
        assert [query["sql"].split()[0] for query in queries] == ["BEGIN", "SELECT", "SELECT", "COMMIT"]
