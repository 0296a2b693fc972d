"""A new kind of clinical row is walled by being declared; what was taken down is seen, and put up again."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext, isolate_apps
from pytest_django import Settings
from tests.factories.people import a_person, acting
from tests.postgres.roles import as_role

from homeport.access.second_wall import grants, raising
from homeport.access.second_wall.raising import raise_wall
from homeport.access.second_wall.standing import faults
from homeport.access.wall import person_set
from homeport.core.clinical import ClinicalRow, clinical_models
from homeport.core.errors import HomeportError
from homeport.core.materials import Material

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def found(settings: Settings) -> Callable[[], list[str]]:
    """What doctor says, as the role that serves pages."""

    def look() -> list[str]:
        settings.DATABASE_ROLE = "web"
        with as_role("web"):
            said = [*faults("default"), *faults("keys")]
        settings.DATABASE_ROLE = "owner"
        return said

    return look


def test_every_clinical_table_is_walled_after_migrating(found: Callable[[], list[str]]) -> None:
    assert found() == []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity AND relkind = 'r' ORDER BY 1"
        )
        walled = [row[0] for row in cursor.fetchall()]
    assert walled == sorted(model._meta.db_table for model in clinical_models())


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "ALTER TABLE exercises_journalentry DISABLE ROW LEVEL SECURITY",
            "not forced on exercises_journalentry",
        ),
        (
            "ALTER TABLE encounters_sessionnote NO FORCE ROW LEVEL SECURITY",
            "not forced on encounters_sessionnote",
        ),
        ("DROP POLICY homeport_web_reads ON safety_violencescreen", "rules on safety_violencescreen"),
        ("CREATE POLICY everybody ON exercises_journalentry USING (true)", "rules on exercises_journalentry"),
        ("GRANT UPDATE ON audit_auditevent TO homeport_web", "UPDATE on audit_auditevent"),
        ("GRANT DELETE ON audit_auditlink TO PUBLIC", "DELETE on audit_auditlink"),
        ("GRANT INSERT ON audit_auditlink TO homeport_web", "INSERT on audit_auditlink"),
        ("CREATE TABLE stray (id int); GRANT DELETE ON stray TO homeport_web", "DELETE on stray"),
        ("GRANT CREATE ON SCHEMA public TO homeport_web", "may make tables"),
    ],
)
def test_what_was_taken_down_is_seen_and_put_up_again(
    found: Callable[[], list[str]], statement: str, said: str
) -> None:
    run(statement)
    assert any(said in sentence for sentence in found())
    raise_wall("default")
    assert found() == []


def test_raising_it_again_changes_nothing() -> None:
    with CaptureQueriesContext(connection) as queries:
        raise_wall("default")
    said = " ".join(query["sql"] for query in queries)
    assert "POLICY" not in said
    assert "ALTER TABLE" not in said


def test_a_kind_that_is_declared_is_walled(monkeypatch: pytest.MonkeyPatch) -> None:
    with isolate_apps("homeport.exercises"):

        class Letter(ClinicalRow):
            material = Material.JOURNAL_ENTRY

            class Meta:
                app_label = "exercises"

    with connection.schema_editor() as editor:
        editor.create_model(Letter)
    ana = a_person()
    Letter.objects.create(author_id=ana.pk)

    def seen() -> Any:
        with as_role("web"), person_set(acting(ana)):
            return Letter.objects.count()

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        seen()
    kinds, tables = clinical_models(), grants.tables("default")
    monkeypatch.setattr(raising, "clinical_models", lambda: [*kinds, Letter])
    monkeypatch.setattr(grants, "tables", lambda _alias: [*tables, Letter])
    raise_wall("default")
    assert seen() == 1
    with as_role("web"):
        assert Letter.objects.count() == 0


def test_nobody_but_the_owner_raises_it() -> None:
    with (
        as_role("worker"),
        pytest.raises(HomeportError, match="made by homeport_owner, not by homeport_worker"),
    ):
        raise_wall("default")


def test_roles_that_are_missing_are_named(settings: Settings) -> None:
    settings.DATABASE_ROLE_NAMES = {
        "owner": "homeport_owner",
        "web": "nobody_web",
        "worker": "homeport_worker",
    }
    with pytest.raises(HomeportError, match="nobody_web do not exist"):
        raise_wall("default")


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
@pytest.mark.parametrize(
    ("user", "role", "said"),
    [
        ("homeport_web", "web", None),
        ("homeport_worker", "worker", None),
        ("homeport_owner", "owner", None),
        ("postgres", "web", "The role postgres sees past row-level security. Use homeport_web"),
        ("postgres", "owner", "The role postgres sees past row-level security"),
        ("homeport_owner", "web", "The role homeport_owner owns the tables"),
        ("homeport_owner", "worker", "The role homeport_owner owns the tables"),
        ("homeport_worker", "web", "signs in as homeport_worker, where homeport_web was expected"),
    ],
)
def test_by_whom_a_process_signs_in(user: str, role: str, said: str | None, settings: Settings) -> None:
    settings.DATABASE_ROLE = role
    connection.close()
    connection.settings_dict["USER"] = user
    try:
        found = list(faults("default"))
    finally:
        connection.close()
        connection.settings_dict["USER"] = "homeport_owner"
    assert (found == []) if said is None else any(said in sentence for sentence in found)
