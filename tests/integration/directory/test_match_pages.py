"""The questionnaire and the short list, as a visitor goes through them."""

import re
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from tests.factories.meeting import a_listed
from tests.factories.people import a_practice
from tests.factories.queries import exactly

from homeport.directory.carried import Carried, Lost, begin, seal, unseal
from homeport.directory.concerns import Concern
from homeport.directory.hindsight import Before, History
from homeport.directory.wishes import Weight, Wishes
from homeport.people.offers import Approach, Format, Gender

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
SEALED = re.compile(r'name="carried" value="([^"]+)"')


def carried_in(page: Any) -> str:
    found = SEALED.search(page.content.decode())
    assert found, page.content.decode()[:2000]
    return found[1]


def words_of(page: Any) -> str:
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


class Visitor:
    """Somebody without a cookie."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.page = self.client.get("/match/")

    def say(self, screen: str, go: str = "next", **said: Any) -> Any:
        fields = {"carried": carried_in(self.page), "screen": screen, "go": go, **said}
        self.page = self.client.post("/match/", fields)
        return self.page

    def through(self, **more: Any) -> Any:
        """All four screens, with what is wished."""
        self.say("brings", concerns=more.pop("concerns", ["grief"]))
        self.say(
            "life",
            format=more.pop("format", "individual"),
            **{k: more.pop(k) for k in ("history", "before") if k in more},
        )
        self.say("meet", where=more.pop("where", "CA-ON"), **{k: more.pop(k) for k in [*more] if k in MEET})
        return self.say("who", **more)


MEET = ("way", "near", "km", "times", "zone", "most_fee", "weight_way", "weight_most_fee", "weight_times")


@pytest.fixture
def practice() -> None:
    a_practice()
    a_listed("Grace Gale", concerns=["grief", "mood"], approaches=[Approach.NARRATIVE], gender=Gender.WOMAN)
    a_listed("Paul Pine", concerns=["couple"], gender=Gender.MAN, languages=["en", "fr"])
    a_listed("Quinn Quay", licensed_in="CA-QC", concerns=["grief"], approaches=[Approach.NARRATIVE])


def test_four_screens_lead_to_a_list_with_reasons(practice: None) -> None:
    visitor = Visitor()
    assert "What brings you?" in words_of(visitor.page)
    assert "Who would come?" in words_of(visitor.say("brings", concerns=["grief"]))
    assert "Where and when?" in words_of(visitor.say("life", format="individual"))
    assert "Whom would you like" in words_of(visitor.say("meet", where="CA-ON", way="video"))
    said = words_of(visitor.say("who", gender="woman", weight_gender="1"))
    assert said.index("Grace Gale") < said.index("Paul Pine")
    assert "Quinn Quay" not in said, "not licensed where the client will be"
    assert "Works with this: Grief and loss" in said
    assert "Trained in Narrative work" in said
    assert "Not the gender you wished for" in said
    assert "What this list is based on" in said
    assert "How you attach is not used." in said


def test_a_need_keeps_others_off_and_says_which_wish_to_give_up(practice: None) -> None:
    assert "Paul Pine" not in words_of(Visitor().through(gender="woman", weight_gender="3"))
    nobody = words_of(
        Visitor().through(language="fr", weight_language="3", gender="woman", weight_gender="3")
    )
    assert "Nobody fits all you need right now" in nobody
    assert "With any gender: 1 person" in nobody
    needs = {"language": "fr", "gender": "woman", "faith": "sikh"}
    hopeless = words_of(Visitor().through(**needs, **{f"weight_{name}": "3" for name in needs}))
    assert "Giving up one wish alone would not help" in hopeless
    assert "One wish less may be enough" not in hopeless


def test_a_page_leads_back_to_the_short_list_and_keeps_its_wishes(practice: None) -> None:
    visitor = Visitor()
    listed = visitor.through()
    assert 'target="_blank"' not in listed.content.decode()
    page = visitor.client.post("/therapists/grace-gale/", {"carried": carried_in(listed)})
    assert "Back to your list" in words_of(page)
    again = visitor.client.post("/match/", {"carried": carried_in(page), "screen": "list", "go": "list"})
    assert "Works with this: Grief and loss" in words_of(again)
    for forged in ("x", carried_in(page)[:-3], "a" * 99_999):
        plain = visitor.client.post("/therapists/grace-gale/", {"carried": forged})
        assert plain.status_code == 200
        assert "All therapists" in words_of(plain)


def test_a_list_of_many_pages_is_come_back_to_where_it_was_left() -> None:
    a_practice()
    for number in range(13):
        a_listed(f"Person {number}", concerns=["grief"], hours=None)
    client = Client()
    sent = {"where": "CA-ON", "concerns": "grief", "page": "2"}
    second = client.post("/therapists/", sent).content.decode()
    assert 'name="page" value="2"' in second.partition('id="found"')[2].partition('class="people"')[0]
    page = client.post("/therapists/person-1/", sent).content.decode()
    assert 'action="/therapists/#person-person-1"' in page
    assert 'name="page" value="2"' in page


def test_the_list_leads_to_what_the_library_says_of_it(practice: None) -> None:
    page = Visitor().through(concerns=["grief", "feelings", "couple", "mood", "trust", "violence"])
    links = re.findall(
        r'href="/library/([^/"]+)/"', page.content.decode().partition("To read while you choose")[2]
    )
    assert links[:3] == ["emotional-vulnerability-and-grief", "eft-and-injury-repair", "caring-for-yourself"]
    assert "relationships-that-hurt" not in links[:3], "what opens the way to safety is said above, once"


def test_nothing_is_kept_and_no_cookie_is_set(practice: None) -> None:
    def rows() -> dict[str, int]:
        found = {}
        for connection in connections.all():
            with connection.cursor() as cursor:
                for table in connection.introspection.table_names(cursor):
                    cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
                    found[f"{connection.alias} {table}"] = cursor.fetchone()[0]
        return found

    before, visitor = rows(), Visitor()
    visitor.through(history=["lost_someone"], before=["too_dear"], most_fee="100")
    assert visitor.page.status_code == 200
    assert not visitor.client.cookies
    assert visitor.page.headers["Cache-Control"] == "no-store"
    assert rows() == before


def test_back_keeps_what_was_said(practice: None) -> None:
    visitor = Visitor()
    visitor.say("brings", concerns=["grief", "mood"])
    page = visitor.say("life", go="back", format="couple", history=["in_care"])
    assert re.search(r'value="mood" checked', page.content.decode())
    page = visitor.say("brings", concerns=["grief"])
    assert re.search(r'value="couple" checked', page.content.decode())
    assert re.search(r'value="in_care" checked', page.content.decode())


def test_what_is_missing_is_asked_for_and_nothing_is_lost(practice: None) -> None:
    visitor = Visitor()
    # Somebody who cannot say yet what brings them is not kept from going on
    page = visitor.say("brings")
    assert "Who would come?" in words_of(page)
    assert "<title>Step 2 of 4 · " in page.content.decode(), "heard first by whoever listens to the page"
    visitor.say("life", format="individual")
    page = visitor.say("meet", where="CA-ON", most_fee="a lot", times=["evenings"])
    assert page.status_code == 422
    assert 'value="a lot"' in page.content.decode()
    assert re.search(r'value="evenings" checked', page.content.decode())


@pytest.mark.parametrize("concern", ["violence", "dark_thoughts"])
def test_who_is_in_danger_is_led_to_help_first_and_no_label_stands_on_the_list(
    practice: None, concern: str
) -> None:
    visitor = Visitor()
    assert "are you safe?" in words_of(visitor.say("brings", concerns=[concern]))
    visitor.say("life", format="couple")
    visitor.say("meet", where="CA-ON")
    said = words_of(visitor.say("who"))
    assert "are you safe?" in said
    assert "come alone first" in said
    assert str(Concern(concern).label) not in said


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"carried": "x", "screen": "brings"},
        {"carried": "x" * 9000, "screen": "brings"},
        {"carried": seal(begin())[:-2], "screen": "who"},
        {"carried": seal(begin()), "screen": "nowhere"},
    ],
)
def test_what_is_no_page_of_ours_gets_one_sentence(sent: dict[str, str]) -> None:
    page = Client().post("/match/", sent)
    assert page.status_code == 400
    assert "We cannot go on from here" in words_of(page)


def test_what_is_carried_comes_back_as_it_was() -> None:
    wishes = Wishes("CA-ON", concerns=(Concern.GRIEF,), way=Format.PHONE, times=frozenset({"mon-evening"}),
                    weights={"way": Weight.NICE})  # fmt: skip
    carried = Carried("0" * 32, wishes, (History.IN_CARE,), (Before.TOO_FAR,), {"do": "ask"})
    assert unseal(seal(carried)) == carried
    with pytest.raises(Lost):
        unseal(seal(carried), within=-1)


@pytest.mark.parametrize("more", [0, 9])
def test_the_list_asks_the_same_of_the_database_however_many_there_are(practice: None, more: int) -> None:
    visitor = Visitor()
    visitor.say("brings", concerns=["grief"])
    visitor.say("life", format="individual")
    visitor.say("meet", where="CA-ON", times=["evenings"])
    for number in range(more):
        a_listed(f"Extra {number}", concerns=["grief"])
    with exactly(12):
        visitor.say("who", gender="woman")


def test_from_a_question_one_comes_back_to_the_same_list(practice: None) -> None:
    visitor = Visitor()
    first = words_of(visitor.through())
    back = visitor.client.post(
        "/match/", {"carried": carried_in(visitor.page), "screen": "list", "go": "list"}
    )
    assert words_of(back) == first
