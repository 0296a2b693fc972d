"""Whatever the first wall shows, the second lets through; and what concerns nobody's standing it holds back.

Tried on every material of the table, those too that no room keeps yet, in practices put together at random.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import isolate_apps
from tests.integration.access.test_rows import World, acting
from tests.postgres.roles import as_role

from homeport.access.models import Release
from homeport.access.rows import visible
from homeport.access.second_wall import grants, raising
from homeport.access.second_wall.raising import raise_wall
from homeport.access.standing import Standing, standing_of
from homeport.access.table import TABLE, WRITTEN_BY_STAFF, Relation, Sight
from homeport.access.wall import person_set
from homeport.core.clinical import ClinicalRow
from homeport.core.materials import Material
from homeport.people.models import Person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
SEEDS = range(4)
PRIVATE = ("JOURNAL_ENTRY", "VIOLENCE_SCREEN", "ALLIANCE_ANSWERS", "REPORT_BY_OTHER", "PROCESS_NOTE")


@pytest.fixture
def kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[type[ClinicalRow]]]:
    """A kind of row for each material, walled like any other."""
    with isolate_apps("homeport.exercises"):
        made = [_kind(material) for material in Material]
    with connection.schema_editor() as editor:
        for kind in made:
            editor.create_model(kind)
    tables = grants.tables("default")
    monkeypatch.setattr(raising, "clinical_models", lambda: made)
    monkeypatch.setattr(grants, "tables", lambda _alias: [*tables, *made])
    raise_wall("default")
    return made


def _kind(material: Material) -> type[ClinicalRow]:
    meta = type("Meta", (), {"app_label": "exercises"})
    return type(
        f"Some{material.name}", (ClinicalRow,), {"material": material, "Meta": meta, "__module__": __name__}
    )


def a_practice(seed: int, kinds: list[type[ClinicalRow]]) -> World:
    """People in every kind of standing, rows of every kind, releases as the service writes them."""
    world = World(seed)
    Release.objects.all().delete()
    world.rows = [world.row(kind) for kind in kinds for _ in range(10)]
    world.releases()
    for row in world.rows:
        Release.objects.filter(row_id=row.pk).update(case_id=row.case_id)
    return world


def passes(person: Person, kind: Any) -> set[Any]:
    """The ids that the database lets the web role see for this person."""
    with as_role("web"), person_set(acting(person)):
        return set(kind.objects.values_list("pk", flat=True))


def sights_of(kind: type[ClinicalRow]) -> set[Sight]:
    """Every sight that the table knows of this material."""
    return {sight for cells in TABLE[kind.material].values() for sight, _ in cells}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_second_wall_is_never_finer(seed: int, kinds: list[type[ClinicalRow]]) -> None:
    world = a_practice(seed, kinds)
    for person in world.people:
        standing = standing_of(acting(person))
        for kind in kinds:
            behind = passes(person, kind)
            for sight in sights_of(kind):
                shown = set(visible(standing, kind, sight).values_list("pk", flat=True))
                with as_role("web"), person_set(acting(person)):
                    both = set(visible(standing, kind, sight).values_list("pk", flat=True))
                assert shown == both <= behind, f"{kind.material}, {sight}"


def concerns(standing: Standing, row: ClinicalRow, opened: set[Any]) -> bool:
    """Whether a row can concern somebody at all: the rule of the second wall, as coarse as it may be, in plain words."""
    me = standing.person_id
    if me in (row.author_id, row.subject_id) or row.pk in opened:
        return True
    if row.case_id in standing.professional_cases | standing.participates_in:
        return True
    owner = row.subject_id if row.material in WRITTEN_BY_STAFF else row.author_id
    return owner in {child for _, child in standing.guards} or bool(standing.desk_relations)


@pytest.mark.parametrize("seed", SEEDS)
def test_it_lets_nothing_through_that_concerns_nobody(seed: int, kinds: list[type[ClinicalRow]]) -> None:
    world = a_practice(seed, kinds)
    passed = hidden = 0
    for person in world.people:
        standing = standing_of(acting(person))
        opened = set(Release.objects.filter(recipient_id=person.pk).values_list("row_id", flat=True))
        for kind in kinds:
            behind = passes(person, kind)
            for row in kind._default_manager.all():
                assert row.pk not in behind or concerns(standing, row, opened), (
                    f"{kind.material} to {standing}"
                )
            passed += len(behind)
            hidden += kind._default_manager.count() - len(behind)
    assert passed > 50
    assert hidden > passed


@pytest.mark.parametrize("material", PRIVATE)
def test_a_partners_private_material_does_not_pass_by_taking_part(
    material: str, kinds: list[type[ClinicalRow]]
) -> None:
    """Even a query without any condition shows the one partner nothing of the other's."""
    world = a_practice(1, kinds)
    kind: Any = next(kind for kind in kinds if kind.material is Material[material])
    for person in world.people:
        standing = standing_of(acting(person))
        for row in kind.objects.filter(pk__in=passes(person, kind)):
            apart = person.pk not in (row.author_id, row.subject_id)
            released = Release.objects.filter(row_id=row.pk, recipient_id=person.pk).exists()
            assert not (apart and not released and row.case_id in standing.participates_in), row.material


def test_every_column_of_the_table_is_known_to_the_wall() -> None:
    from homeport.access.second_wall.policies import OFFICE, PROFESSIONAL

    personal = {Relation.OWNER, Relation.WRITER, Relation.SUBJECT, Relation.PARTICIPANT, Relation.GUARDIAN}
    personal |= {Relation.NAMED, Relation.INTAKE}
    assert PROFESSIONAL | OFFICE | personal == set(Relation)
