"""Records of outcomes and the fair share of new people, as whoever looks for somebody meets them."""

import re
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.factories.cases import a_case
from tests.factories.meeting import a_listed, profile_of
from tests.factories.people import a_person, a_practice, acting, someone_with
from tests.factories.queries import at_most
from tests.factories.signing_in import signed_in
from tests.integration.directory.test_match_pages import Visitor, words_of

from homeport.cases.models import CareTeamMember
from homeport.core.clock import now
from homeport.directory.concerns import Concern
from homeport.directory.evidence import Record
from homeport.directory.evidence_kept import records_of
from homeport.directory.models import OutcomeRecord
from homeport.directory.shortlist import shortlist
from homeport.directory.wishes import Wishes
from homeport.people.models import Person, Practice, Role
from homeport.people.offers import Together
from homeport.people.services.change_practice import change_practice

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WELL, LESS_WELL = Record(200, 0.5), Record(200, -0.5)
ANYTHING = "allowing for chance: from a little less well to a little better"
BASIS, TOLD = "This practice does not use that", "only with fifteen people or more"


class Kept:
    """The records that the practice brought in, and how often a list looks them up."""

    def __init__(self) -> None:
        self.asked = 0

    def put(self, person: Person, record: Record, concern: Concern = Concern.GRIEF) -> None:
        therapist = profile_of(person).therapist
        OutcomeRecord.objects.create(
            therapist=therapist, concern=concern, people=record.clients, mean=record.mean
        )

    def look_up(self, therapist_ids: Collection[UUID], concerns: Collection[Concern]) -> Mapping[UUID, Any]:
        self.asked += 1
        return records_of(therapist_ids, concerns)


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Kept:
    made = Kept()
    monkeypatch.setattr("homeport.directory.shortlist.records_of", made.look_up)
    return made


@pytest.fixture
def two() -> tuple[Person, Person]:
    """Alike in everything."""
    a_practice()
    return a_listed("Grace Gale", concerns=["grief"]), a_listed("Paul Pine", concerns=["grief"])


def turned_on() -> None:
    practice = Practice.objects.get()
    manager = someone_with(Role.MANAGER)
    change_practice(actor=acting(manager), version=practice.version, changes={"uses_outcomes": True})


def test_it_is_off_until_the_practice_turns_it_on(two: tuple[Person, Person], kept: Kept) -> None:
    kept.put(two[0], WELL)
    assert Practice.objects.get().uses_outcomes is False
    said = words_of(Visitor().through())
    assert "people did" not in said
    assert BASIS in said
    assert kept.asked == 0, "nothing is even looked up"
    turned_on()
    said = words_of(Visitor().through())
    assert (
        "people did better here than usual (200 people; allowing for chance: from a little better to clearly better)"
        in said
    )
    assert BASIS not in said
    assert TOLD in said


def test_only_a_manager_turns_it_on(two: tuple[Person, Person]) -> None:
    for person in (two[0], a_person(), someone_with(Role.INTAKE)):
        page = signed_in(person).post("/practice/settings/", {"uses_outcomes": "on", "version": "1"})
        assert page.status_code in {403, 404}
    assert Practice.objects.get().uses_outcomes is False
    assert "Let lists of therapists look at outcomes" in words_of(
        signed_in(someone_with(Role.MANAGER)).get("/practice/settings/")
    )


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        (Record(15, 0.3), f"about as well here as usual (15 people; {ANYTHING})"),
        (Record(15, -0.3), f"about as well here as usual (15 people; {ANYTHING})"),
        (
            WELL,
            "did better here than usual (200 people; allowing for chance: from a little better to clearly better)",
        ),
        (
            LESS_WELL,
            "did less well here than usual (200 people; allowing for chance: from clearly less well to a little less well)",
        ),
    ],
)
def test_it_is_said_in_words_with_its_margin_and_from_fifteen_people_on(
    two: tuple[Person, Person], kept: Kept, record: Record, sentence: str
) -> None:
    turned_on()
    kept.put(two[0], record)
    said = words_of(Visitor().through())
    assert sentence in said
    shown = said.partition("What this list is based on")[0]
    assert not re.search(r"0\.\d|%|rank|best|top|score", shown), "no bare estimate, and no place among others"
    against = shown.partition("Grace Gale")[2].partition("What speaks against")[2].partition("Paul Pine")[0]
    assert ("people did" in against) is (record is LESS_WELL), "what chance explains speaks against nobody"


def test_what_somebody_did_not_name_tells_them_nothing(two: tuple[Person, Person], kept: Kept) -> None:
    turned_on()
    kept.put(two[0], WELL, Concern.MOOD)
    assert "people did" not in words_of(Visitor().through())


def test_one_wish_met_counts_more_than_any_record(kept: Kept) -> None:
    a_practice()
    plain = a_listed("Anna Plain", concerns=["grief"], languages=["en", "fr"])
    famed = a_listed("Fay Famed", concerns=["grief"], languages=["en"])
    turned_on()
    kept.put(plain, Record(5000, -9.0))
    kept.put(famed, Record(5000, 9.0))
    for _ in range(3):
        said = words_of(Visitor().through(language="fr", weight_language="1"))
        assert said.index("Anna Plain") < said.index("Fay Famed")


def test_no_other_page_shows_or_orders_by_it(two: tuple[Person, Person], kept: Kept) -> None:
    turned_on()
    visitor = Visitor().client
    sent = {"where": "CA-ON", "concerns": "grief"}
    slug = profile_of(two[0]).slug

    def pages() -> list[str]:
        return [
            words_of(visitor.get("/therapists/")),
            words_of(visitor.post("/therapists/", sent)),
            words_of(visitor.get(f"/therapists/{slug}/")),
        ]

    before = pages()
    kept.put(two[0], LESS_WELL)
    kept.put(two[1], WELL)
    assert pages() == before
    assert not any("people did" in page for page in before)


def test_a_wish_to_order_by_it_is_not_heard(two: tuple[Person, Person], kept: Kept) -> None:
    turned_on()
    kept.put(two[0], WELL)
    visitor = Visitor().client
    sent = {"where": "CA-ON", "concerns": "grief"}
    plain = words_of(visitor.post("/therapists/", sent))
    for name in ("sort", "order", "order_by", "outcomes"):
        assert words_of(visitor.post("/therapists/", sent | {name: "record"})) == plain


def test_records_are_read_at_once_for_everybody(two: tuple[Person, Person], kept: Kept) -> None:
    turned_on()
    for number in range(6):
        kept.put(a_listed(f"Person {number}", concerns=["grief"]), WELL)
    with at_most(40):
        Visitor().through()
    assert kept.asked == 1


def test_who_took_fewer_new_people_comes_first_of_equals_and_nobody_is_told_who(
    two: tuple[Person, Person],
) -> None:
    grace, _paul = two
    for _ in range(3):
        a_case(lead=grace)
    CareTeamMember.objects.filter(person=grace).update(from_at=now() - timedelta(days=5))
    for _ in range(3):  # a lot decides between equals: this is none
        said = words_of(Visitor().through())
        assert said.index("Paul Pine") < said.index("Grace Gale")
        assert "5 for fewer new people of late" in said
        assert not re.search(r"new people", said.partition("What this list is based on")[0])
    CareTeamMember.objects.filter(person=grace).update(from_at=now() - timedelta(days=200))
    wishes = Wishes("CA-ON", format=Together.INDIVIDUAL, concerns=(Concern.GRIEF,))
    points = {each.match.points for each in shortlist(wishes, key="any").listed}
    assert len(points) == 1, "what lies further back than three months counts no more"
