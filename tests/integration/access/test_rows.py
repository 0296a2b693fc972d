"""The answer for many rows is the answer for each; what a person is to others is read in one query."""

import random
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries
from tests.factories.clinical_rows import a_bare_row, a_plain_row

from homeport.access.decide import may_see
from homeport.access.models import BrokenGlass, Release
from homeport.access.rows import annotated, facts_of, visible
from homeport.access.standing import Standing, standing_of
from homeport.access.table import Sight
from homeport.cases.models import CareTeamMember, Case, Participant
from homeport.core.actor import ANONYMOUS, Actor, system
from homeport.core.clinical import ClinicalRow, clinical_models
from homeport.core.clock import now
from homeport.people.models import Cover, Guardianship, Person, Role, RoleHolding, Supervision

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def acting(person: Person) -> Actor:
    return Actor("person", person_id=person.pk, via="test")


class World:
    """A practice at random: people in every kind of standing, and rows of every kind."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.people = [Person.objects.create(name=f"p{number}") for number in range(12)]
        self.cases = [Case.objects.create(kind="family", jurisdiction="CA-QC") for _ in range(4)]
        for _ in range(3):
            self.standings()
        self.rows = [self.row(model) for model in clinical_models() for _ in range(12)]
        self.releases()

    def two(self) -> list[Person]:
        return self.chance.sample(self.people, 2)

    def ended(self) -> Any:
        """Half of what holds has ended already, or will later."""
        return self.chance.choice([None, None, now() - timedelta(days=1), now() + timedelta(days=1)])

    def standings(self) -> None:
        for case in self.cases:
            past = {"from_at": now() - timedelta(days=9), "until_at": self.ended()}
            one, other = self.two()
            Participant.objects.get_or_create(case=case, person=one, defaults={"role": "member", **past})
            CareTeamMember.objects.get_or_create(case=case, person=other, defaults=past)
        one, other = self.two()
        begun = {"from_at": now() - timedelta(days=9)}
        Supervision.objects.get_or_create(supervisor=one, supervisee=other, defaults=begun)
        one, other = self.two()
        Cover.objects.create(
            covered=one, by=other, until_at=self.ended() or now() + timedelta(days=1), **begun
        )
        one, other = self.two()
        Guardianship.objects.create(
            child=one,
            guardian=other,
            kind="parent",
            legal_authority=self.chance.random() < 0.8,
            daily_care=True,
            verified_at=self.chance.choice([None, now()]),
            until_at=self.ended(),
            **begun,
        )
        for person in self.people:
            if self.chance.random() < 0.6:
                role = self.chance.choice(list(Role))
                RoleHolding.objects.get_or_create(
                    person=person, role=role, defaults={**begun, "until_at": self.ended()}
                )
        glass = {
            "case_id": self.chance.choice(self.cases).pk,
            "person_id": self.chance.choice(self.people).pk,
        }
        BrokenGlass.objects.create(reason="a reason", until_at=now() + timedelta(hours=1), **glass)

    def row(self, model: Any) -> Any:
        author_id = self.chance.choice(self.people).pk
        case_id = self.chance.choice([None, *(case.pk for case in self.cases)])
        more: dict[str, Any] = {}
        if any(field.name == "answered_at" for field in model._meta.fields):
            waits = model.objects.filter(author_id=author_id, case_id=case_id, answered_at=None).exists()
            more["answered_at"] = now() if waits else self.chance.choice([None, now()])
        subject_id = self.chance.choice([None, *(person.pk for person in self.people)])
        try:
            with transaction.atomic():
                return a_bare_row(
                    model,
                    author_id=author_id,
                    subject_id=subject_id,
                    case_id=case_id,
                    related=self.hangs_on,
                    **more,
                )
        except IntegrityError:  # of some kinds a person has one in a case, and some are always of a case
            return model.objects.filter(author_id=author_id, case_id=case_id).first() or self.row(model)

    def hangs_on(self, model: Any) -> Any:
        """What a row hangs on: of any kind of standing, where it is clinical itself."""
        return self.row(model) if issubclass(model, ClinicalRow) else a_plain_row(model)

    def releases(self) -> None:
        for row in self.chance.sample(self.rows, len(self.rows) // 2):
            recipient: UUID | None = self.chance.choice([None, *(person.pk for person in self.people)])
            Release.objects.create(
                material=row.material,
                row_id=row.pk,
                recipient_id=recipient,
                given_by_id=row.author_id,
                until_at=self.ended(),
            )


@pytest.mark.parametrize("seed", range(12))
def test_which_rows_and_this_row_agree(seed: int) -> None:
    world = World(seed)
    for person in world.people:
        standing = standing_of(acting(person))
        for model in clinical_models():
            for sight in Sight:
                listed = set(visible(standing, model, sight).values_list("pk", flat=True))
                each = {
                    row.pk for row in annotated(standing, model) if may_see(standing, facts_of(row), sight)
                }
                assert listed == each, f"{model.__name__}, {sight}"


def test_the_worlds_show_something_to_some_and_not_to_all() -> None:
    seen = total = 0
    for seed in range(4):
        world = World(seed)
        for person in world.people:
            standing = standing_of(acting(person))
            for model in clinical_models():
                seen += visible(standing, model).count()
                total += model._default_manager.count()
    assert 0.02 < seen / total < 0.6


def test_a_standing_is_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    world = World(1)
    with django_assert_num_queries(1):
        standing_of(acting(world.people[0]))


@pytest.mark.parametrize("actor", [ANONYMOUS, system("a job")])
def test_without_a_person_there_is_no_standing_and_no_query(
    actor: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        standing = standing_of(actor)
    assert standing == Standing(None)
    for model in clinical_models():
        assert not visible(standing, model).exists()


def test_a_therapist_who_lost_the_role_lost_the_cases() -> None:
    person = Person.objects.create(name="once a therapist")
    case = Case.objects.create(kind="individual", jurisdiction="CA-ON")
    CareTeamMember.objects.create(case=case, person=person)
    held = RoleHolding.objects.create(person=person, role=Role.THERAPIST)
    assert standing_of(acting(person)).cares_for == {case.pk}
    held.until_at = now()
    held.save()
    assert standing_of(acting(person)).cares_for == frozenset()
