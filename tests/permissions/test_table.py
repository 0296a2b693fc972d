"""The one answer, against a second one written by hand."""

import random
from collections.abc import Sequence
from dataclasses import fields
from uuid import UUID, uuid4

import pytest
from tests.permissions import plain_model
from tests.permissions.plain_model import Question

from homeport.access.decide import sights
from homeport.access.facts import RowFacts
from homeport.access.standing import Standing
from homeport.access.table import TABLE, Relation, When
from homeport.core.materials import Material
from homeport.people.models import Role

ME, OTHER, THIRD, CASE = (uuid4() for _ in range(4))
FLAGS = [field.name for field in fields(Question)]


def asked(question: Question, material: Material) -> str:
    """The product's answer to the question, in the words of the plain model."""
    q = question
    author = ME if q.wrote_it else OTHER
    subject = (ME if q.about_me else THIRD) if q.has_subject else None

    def cases(held: bool) -> frozenset[UUID]:
        return frozenset({CASE} if held else ())

    children = ({author} if q.guards_author else set()) | (
        {subject} if q.guards_subject and subject else set()
    )
    guards = frozenset((CASE, child) for child in children)
    office = {
        Relation.MANAGER: q.manager,
        Relation.DESK: q.desk,
        Relation.BILLER: q.biller,
        Relation.INTAKE: q.intake,
    }
    standing = Standing(
        person_id=ME,
        roles=frozenset({Role.THERAPIST} if q.clinician else ()),
        participates_in=cases(q.takes_part),
        cares_for=cases(q.treats),
        covers=cases(q.covers),
        supervises=cases(q.supervises),
        broke_glass=cases(q.broke_glass),
        guards=guards,
        guards_with_appointments=guards if q.law_shows_appointments else frozenset(),
        desk_relations=frozenset(relation for relation, held in office.items() if held),
    )
    conditions = {
        When.RELEASED: q.released_to_me,
        When.SHARED_WITH_TEAM: q.shared_with_team,
        When.ON_ALERT: q.alert_open,
        When.AGREED_SCORES: q.agreed_scores,
        When.AGREED_ANSWERS: q.agreed_answers,
        When.WAITING: q.unanswered,
        When.SENT: q.sent,
    }
    held = frozenset(when for when, holds in conditions.items() if holds)
    seen = sights(standing, RowFacts(material, author, subject, CASE, held))
    return "whole" if "whole" in seen else " and ".join(sorted(seen))


def random_question(chance: random.Random) -> Question:
    flags = {name: chance.random() < 0.35 for name in FLAGS}
    if not flags["has_subject"]:
        flags["about_me"] = flags["guards_subject"] = False
    if flags["about_me"]:
        flags["guards_subject"] = False  # nobody guards themselves
    if flags["wrote_it"]:
        flags["guards_author"] = False
    return Question(**flags)


def disagreements(count: int, seed: int, materials: Sequence[Material] = tuple(Material)) -> int:
    """How many of ``count`` random questions the two answer differently."""
    chance = random.Random(seed)
    wrong = 0
    for _ in range(count):
        material, question = chance.choice(materials), random_question(chance)
        wrong += asked(question, material) != getattr(plain_model, material.value)(question)
    return wrong


def test_both_answer_alike() -> None:
    assert disagreements(60_000, seed=1) == 0


@pytest.mark.parametrize("material", list(Material))
def test_a_changed_table_is_noticed(material: Material, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take any one column away from any one kind, and the comparison must see it."""
    for relation in TABLE[material]:
        poorer = {**TABLE[material]}
        del poorer[relation]
        monkeypatch.setitem(TABLE, material, poorer)
        assert disagreements(4_000, seed=2, materials=[material]), (
            f"{material}: nobody missed the column {relation}"
        )
        monkeypatch.undo()


def test_every_kind_of_material_has_its_place() -> None:
    assert set(TABLE) == set(Material)


@pytest.mark.parametrize("material", list(Material))
def test_nobody_sees_nothing_of_it_without_a_standing(material: Material) -> None:
    facts = RowFacts(material, OTHER, THIRD, CASE, frozenset(When))
    assert not sights(Standing(ME), facts)
    assert not sights(Standing(None), facts)


def test_researchers_have_no_column() -> None:
    assert "researcher" not in {relation.value for relation in Relation}
