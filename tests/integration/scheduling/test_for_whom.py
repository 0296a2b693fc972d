"""Whoever books chooses between cases and people, and no two choices read alike."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.cases import a_couple, an_individual
from tests.factories.people import a_person, a_practice, a_therapist, acting
from tests.factories.queries import at_most
from tests.factories.scheduling import TORONTO, Kind, offers
from tests.permissions.browsing import Browser

from homeport.cases.models import Case, Participant
from homeport.core.clock import now
from homeport.people.models import Person
from homeport.scheduling.namesakes import tell_apart
from homeport.scheduling.services.keep_group import open_group

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class Scene:
    """Thea treats several people called Malik."""

    def __init__(self) -> None:
        a_practice()
        self.thea = a_therapist("Thea Stone")
        Person.objects.filter(pk=self.thea.pk).update(zone=TORONTO)
        self.browser = Browser(self.thea)

    def treats(self, name: str, days: int, minutes: int = 0) -> Case:
        """Somebody of that name, since so long ago."""
        case = an_individual(a_person(name), lead=self.thea)
        began = now().replace(hour=18, minute=30) - timedelta(days=days, minutes=minutes)
        Case.objects.filter(pk=case.pk).update(opened_at=began)
        Participant.objects.filter(case=case).update(from_at=began)
        case.refresh_from_db()
        return case

    def choices(self) -> list[tuple[str, str]]:
        """Each card as it reads: the names, and what is below them."""
        page = self.browser.get("/appointments/new/").body.decode()
        card = r'<p class="row-title"><a href="[^"]*">([^<]*)</a></p><p class="quiet small">([^<]*)</p>'
        return [(unescape(names), unescape(about)) for names, about in re.findall(card, page)]


def test_two_cases_that_read_alike_are_told_apart_by_the_day_they_began() -> None:
    scene = Scene()
    scene.treats("Ana", 3)
    scene.treats("Malik", 5)
    assert scene.choices() == [("Ana", "Individual"), ("Malik", "Individual")], (
        "who is the only one, is named"
    )
    second = scene.treats("Malik", 40)
    found = scene.choices()
    assert len(set(found)) == 3
    assert found[0] == ("Ana", "Individual"), "a day stands only where it is needed"
    assert f"Individual · since {second.opened_at.day} {second.opened_at:%B %Y}" == found[2][1]


def test_two_cases_of_one_day_are_told_apart_by_the_hour() -> None:
    scene = Scene()
    scene.treats("Malik", 5)
    scene.treats("Malik", 5, minutes=90)
    scene.treats("Malik", 6)
    found = [about for _names, about in scene.choices()]
    assert len(set(found)) == 3
    assert [about.count(":") for about in found] == [1, 1, 0]


def test_two_people_of_one_name_in_one_case_are_told_apart() -> None:
    scene = Scene()
    father, son = a_person("Malik"), a_person("Malik")
    case = a_couple(father, a_person("Ana"), lead=scene.thea)
    Participant.objects.create(case=case, person=son, role=Participant.Role.CHILD)
    offers(scene.thea)
    page = scene.browser.get(f"/appointments/new/{case.pk}/").body.decode()
    read = {
        person: re.search(rf'value="{person.pk}"[^>]*>\s*(?:<[^>]*>)*([^<]*)', page)
        for person in (father, son)
    }
    said = {person: found[1].strip() for person, found in read.items() if found}
    assert said == {father: "Malik · Partner", son: "Malik · Child"}
    assert re.search(r">\s*Ana\s*<", page), "whose name nobody shares, is named alone"


def test_a_group_offers_each_person_once_and_no_two_alike() -> None:
    scene = Scene()
    scene.treats("Malik", 5)
    scene.treats("Malik", 40)
    ana = a_person("Ana")
    an_individual(ana, lead=scene.thea)
    a_couple(ana, a_person("Ben"), lead=scene.thea)
    group = open_group(
        actor=acting(scene.thea), offering=offers(scene.thea, Kind.GROUP, places=8), name="Evenings", about="",
        places=4, is_open=True, names=False,
    )  # fmt: skip
    page = scene.browser.get(reverse("group", args=[group.pk])).body.decode()
    offered = [unescape(text).strip() for text in re.findall(r"<option[^>]*>([^<]+)", page)]
    assert len([each for each in offered if each.startswith("Malik · Client · since")]) == 2
    assert len(set(offered)) == len(offered)
    assert offered.count("Ana") == 1


def test_the_list_asks_the_same_however_many_there_are() -> None:
    scene = Scene()
    scene.treats("Malik", 5)
    scene.choices()
    with CaptureQueriesContext(connection) as few:
        scene.choices()
    for days in range(6, 11):
        scene.treats("Malik", days)
    with at_most(len(few)):
        assert len(set(scene.choices())) == 6


def test_the_shortest_reading_of_its_own_is_taken_and_the_longest_where_none_is() -> None:
    assert tell_apart([["a", "a1", "a12"], ["a", "a2", "a21"], ["b", "b1", "b11"]]) == ["a1", "a2", "b"]
    assert tell_apart([["a", "a1"], ["a", "a1"]]) == ["a1", "a1"]
    assert tell_apart([]) == []
