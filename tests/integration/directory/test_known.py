"""Somebody who was with a therapist before sees that counted; nobody else does, and not of whom they left."""

import pytest
from django.test import Client
from tests.factories.cases import an_individual
from tests.factories.directory import a_profile
from tests.factories.people import a_person, a_practice, acting
from tests.factories.queries import exactly
from tests.factories.signing_in import signed_in
from tests.integration.directory.test_match_pages import Visitor, words_of

from homeport.directory.known import were_with
from homeport.directory.models import Request
from homeport.directory.services.ask_to_begin import ask_for_change
from homeport.directory.services.put_request import Said
from homeport.directory.services.send_request import withdraw_request
from homeport.people.models import Person
from homeport.people.offers import Together

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
BEFORE = "You were with them before"


def listed(client: Client) -> str:
    visitor = Visitor()
    visitor.client = client
    visitor.say("brings", concerns=["relationships"])
    visitor.say("life", format="individual")
    visitor.say("meet", where="CA-ON")
    return words_of(visitor.say("who"))


@pytest.fixture
def ana() -> Person:
    a_practice()
    thea = a_profile("Thea Stone")
    a_profile("Other One")
    ana = a_person("Ana Ames")
    an_individual(ana, lead=thea.therapist.person)
    return ana


def test_it_is_told_to_themself_and_to_nobody_else(ana: Person) -> None:
    assert listed(signed_in(ana)).count(BEFORE) == 1
    assert BEFORE not in listed(Client())
    assert BEFORE not in listed(signed_in(a_person("Ben Bell")))


def test_whom_they_left_does_not_count_unless_they_took_it_back(ana: Person) -> None:
    case = ana.participations.get().case
    assert len(were_with(ana.pk)) == 1
    asked = ask_for_change(
        actor=acting(ana),
        case_id=case.pk,
        said=Said(
            words="",
            called="Ana",
            contact="",
            language="en",
            zone="UTC",
            format=Together.INDIVIDUAL,
            where="CA-ON",
        ),
    )
    assert Request.objects.get().first_to_id
    assert were_with(ana.pk) == frozenset()
    withdraw_request(actor=acting(ana), request_id=asked.pk)
    assert len(were_with(ana.pk)) == 1


def test_a_visitor_costs_no_query(ana: Person) -> None:
    with exactly(0):
        assert were_with(None) == frozenset()
