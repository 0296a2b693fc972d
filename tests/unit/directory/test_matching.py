"""The score, its properties, and its reasons."""

import inspect
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeport.directory import matching
from homeport.directory.concerns import Concern
from homeport.directory.evidence import Record
from homeport.directory.matching import POINTS, Candidate, Part, best, match
from homeport.directory.week import SLOTS
from homeport.directory.wishes import Near, Weight, Wishes
from homeport.people.offers import Approach, Faith, Format, Gender, Identity, Population

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
SOMEBODY = UUID(int=1)
weights = st.sampled_from(list(Weight))


def some(kind: type, most: int = 3) -> st.SearchStrategy[list]:
    return st.lists(st.sampled_from(list(kind)), max_size=most, unique=True)


@st.composite
def wishes(draw: st.DrawFn) -> Wishes:
    names = ("way", "language", "near", "most_fee", "times", "gender", "identities", "faith", "populations")
    return Wishes(
        where="CA-ON",
        concerns=tuple(draw(some(Concern))),
        way=draw(st.sampled_from([None, *Format])),
        language=draw(st.sampled_from(["", "en", "fr"])),
        near=draw(st.sampled_from([None, Near("Toronto", 25), Near("Ottawa", 5)])),
        most_fee=draw(st.sampled_from([None, 8000, 15000])),
        times=frozenset(draw(st.lists(st.sampled_from(SLOTS), max_size=4))),
        gender=draw(st.sampled_from([None, *Gender])),
        identities=tuple(draw(some(Identity))),
        faith=draw(st.sampled_from([None, *Faith])),
        populations=tuple(draw(some(Population))),
        weights={name: draw(weights) for name in names},
    )


@st.composite
def candidates(draw: st.DrawFn) -> Candidate:
    return Candidate(
        id=UUID(int=draw(st.integers(1, 2**64))),
        concerns=frozenset(draw(some(Concern, 5))),
        approaches=frozenset(draw(some(Approach, 4))),
        populations=frozenset(draw(some(Population, 4))),
        ways=frozenset(draw(some(Format, 3))),
        languages=frozenset(draw(st.lists(st.sampled_from(["en", "fr", "de"]), max_size=3))),
        identities=frozenset(draw(some(Identity, 3))),
        gender=draw(st.sampled_from(["", *Gender])),
        faith=draw(st.sampled_from(["", *Faith])),
        town=draw(st.sampled_from(["", "Toronto", "Ottawa"])),
        kilometres=draw(st.one_of(st.none(), st.floats(0, 200))),
        fee=draw(st.one_of(st.none(), st.integers(0, 30000))),
        sliding_scale=draw(st.booleans()),
        free_in=draw(st.none() | st.integers(0, 27).map(lambda days: AT + timedelta(days=days))),
        says_free=draw(st.booleans()),
        free_at=draw(st.one_of(st.none(), st.integers(0, 90).map(lambda days: AT + timedelta(days=days)))),
        has_seen=draw(st.booleans()),
        share=draw(st.floats(0, 5)),
    )


def granted(wish: Wishes, them: Candidate, name: str) -> Candidate:
    """The same therapist, who meets one wish more."""
    changes: dict[str, object] = {
        "way": {"ways": them.ways | {wish.way}},
        "language": {"languages": them.languages | {wish.language}},
        "near": {"town": wish.near.town if wish.near else "", "kilometres": 0.0},
        "most_fee": {"fee": wish.most_fee},
        "times": {"free_in": AT + timedelta(days=27)},
        "gender": {"gender": wish.gender},
        "identities": {"identities": them.identities | set(wish.identities)},
        "faith": {"faith": wish.faith},
        "populations": {"populations": them.populations | set(wish.populations)},
        "concerns": {"concerns": them.concerns | set(wish.concerns)},
    }[name]  # type: ignore[assignment]
    return replace(them, **changes)  # type: ignore[arg-type]


@given(wishes(), candidates())
def test_it_is_a_sum_of_parts_between_nothing_and_all(wish: Wishes, them: Candidate) -> None:
    found = match(wish, them, at=AT)
    assert set(found.parts) == set(Part) == set(POINTS)
    assert all(0 <= value <= 1 for value in found.parts.values())
    assert 0 <= found.points <= 100 == sum(POINTS.values())
    assert found == match(wish, them, at=AT)


@given(wishes(), candidates())
def test_to_meet_one_wish_more_never_costs_a_place(wish: Wishes, them: Candidate) -> None:
    before = match(wish, them, at=AT).points
    for name in wish.given:
        assert match(wish, granted(wish, them, name), at=AT).points >= before - 1e-9, name


@given(wishes(), candidates(), st.data())
def test_what_is_met_counts_more_the_more_it_matters(
    wish: Wishes, them: Candidate, data: st.DataObject
) -> None:
    names = [name for name in wish.given if name != "concerns"]
    if not names:
        return
    name = data.draw(st.sampled_from(names))
    them = granted(wish, them, name)
    points = [
        match(replace(wish, weights={**wish.weights, name: weight}), them, at=AT).points for weight in Weight
    ]
    assert points == pytest.approx(sorted(points))


@given(wishes(), candidates(), st.integers(0, 60), st.integers(0, 60))
def test_an_earlier_time_and_fewer_new_people_never_count_less(
    wish: Wishes, them: Candidate, days: int, later: int
) -> None:
    early, late = (replace(them, free_at=AT + timedelta(days=day)) for day in (days, days + later))
    assert match(wish, early, at=AT).points >= match(wish, late, at=AT).points
    assert (
        match(wish, replace(them, share=0.5), at=AT).points
        >= match(wish, replace(them, share=1.5), at=AT).points
    )


@given(st.lists(candidates(), max_size=8, unique_by=lambda each: each.id), wishes())
def test_the_order_does_not_depend_on_the_order_they_came_in(many: list[Candidate], wish: Wishes) -> None:
    forth, back = (best(wish, way, at=AT, key="k", most=5) for way in (many, many[::-1]))
    assert [each.candidate.id for each in forth] == [each.candidate.id for each in back]
    assert len(forth) == min(5, len(many))


def test_of_equals_nobody_is_always_first() -> None:
    many = [Candidate(UUID(int=number)) for number in range(1, 9)]
    first = {best(Wishes("CA-ON"), many, at=AT, key=str(key), most=1)[0].candidate.id for key in range(60)}
    assert len(first) == len(many)


def test_no_style_is_ever_looked_at() -> None:
    """What is scored has no place for how anybody attaches, and nothing that knows of it is imported."""
    names = {field.name for kind in (Candidate, Wishes) for field in fields(kind)}
    assert not names & {"style", "styles", "anxiety", "avoidance", "profile", "score", "answers"}
    code = inspect.getsource(matching).partition('"""')[2].partition('"""')[2]
    assert "style" not in code.lower()
    assert not [line for line in code.splitlines() if "import" in line and "psychometrics" in line]


def test_each_reason_says_what_it_is_about() -> None:
    wish = Wishes(
        where="CA-ON", concerns=(Concern.COUPLE, Concern.GRIEF), way=Format.VIDEO, language="fr", gender=Gender.WOMAN,
        most_fee=12000, weights={"gender": Weight.NICE, "most_fee": Weight.MATTERS},
    )  # fmt: skip
    them = Candidate(
        SOMEBODY, concerns=frozenset({Concern.COUPLE}), approaches=frozenset({Approach.EFT_COUPLES}),
        ways=frozenset({Format.VIDEO}), languages=frozenset({"en"}), fee=14000, sliding_scale=True,
        free_at=AT + timedelta(days=2), gender=Gender.MAN,
    )  # fmt: skip
    found = match(wish, them, at=AT)
    assert {(each.name, each.values) for each in found.speaks_for} == {
        ("way", (Format.VIDEO,)),
        ("most_fee", (14000, True)),
        ("knows", (Concern.COUPLE,)),
        ("trained", (Approach.EFT_COUPLES,)),
        ("free", (AT + timedelta(days=2),)),
    }
    assert {(each.name, each.values) for each in found.speaks_against} == {
        ("language", ("fr",)),
        ("gender", (Gender.WOMAN,)),
        ("knows", (Concern.GRIEF,)),
    }


def test_who_is_hurt_now_is_led_to_who_knows_such_hurt() -> None:
    wish = Wishes("CA-ON", concerns=(Concern.VIOLENCE,))
    knows = Candidate(SOMEBODY, concerns=frozenset({Concern.AFTER_ABUSE, Concern.TRAUMA}))
    assert match(wish, knows, at=AT).parts[Part.EXPERIENCE] > 0.6
    assert match(wish, Candidate(SOMEBODY), at=AT).parts[Part.EXPERIENCE] == 0


@pytest.mark.parametrize(("clients", "told"), [(14, False), (15, True), (200, True)])
def test_a_record_counts_from_fifteen_clients_on_and_little(clients: int, told: bool) -> None:
    wish = Wishes("CA-ON", concerns=(Concern.MOOD,))
    bare = Candidate(SOMEBODY)
    held = replace(bare, records={Concern.MOOD: Record(clients, 3.0)})
    without, with_it = (match(wish, each, at=AT) for each in (bare, held))
    assert ("record" in {each.name for each in with_it.reasons}) is told
    assert (with_it.points > without.points) is told
    assert with_it.points - without.points <= POINTS[Part.RECORD] / 2
