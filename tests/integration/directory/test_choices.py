"""What a visitor can choose from, where a process knows it for a minute."""

import pytest
from django.test import Client
from tests.factories.directory import HAMILTON, a_profile
from tests.factories.people import a_practice
from tests.factories.queries import exactly

from homeport.core.clock import now, standing_at
from homeport.core.lately import LASTS
from homeport.directory.forms.wishes import offered_to
from homeport.people.models import Practice
from homeport.people.selectors import the_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice() -> Practice:
    return a_practice(jurisdiction="CA-ON")


def towns(sent: dict[str, str] | None = None) -> list[str]:
    return [town.name for town in offered_to(the_practice(), "CA-ON", sent).towns]


def in_hamilton(name: str, **more: object) -> None:
    a_profile(name, town="Hamilton", latitude=HAMILTON[0], longitude=HAMILTON[1], **more)


def test_choices_are_read_once_a_minute(practice: Practice) -> None:
    a_profile("Thea")
    begin = now()
    with standing_at(begin):
        assert towns() == ["Toronto"]
        in_hamilton("Grace")
        with exactly(0):
            assert [town.name for town in offered_to(practice, "CA-ON").towns] == ["Toronto"]
    with standing_at(begin + LASTS):
        assert towns() == ["Hamilton", "Toronto"]


def test_a_choice_that_another_process_showed_is_taken(client: Client, practice: Practice) -> None:
    a_profile("Thea")
    assert towns() == ["Toronto"]
    in_hamilton("Grace", offer={"languages": ["en", "fr"]})
    sent = {"where": "CA-ON", "near": "Hamilton", "km": "5", "way": "in_person", "language": "fr"}
    answer = client.post("/therapists/", sent)
    assert answer.status_code == 200
    assert "Grace" in answer.content.decode()
    assert "Thea" not in answer.content.decode()
    assert practice.pk


@pytest.mark.parametrize("near", ["Atlantis", "<script>", "a" * 5_000])
def test_a_choice_that_nobody_offers_is_refused_and_loses_nothing(client: Client, near: str) -> None:
    a_profile("Thea")
    answer = client.post("/therapists/", {"where": "CA-ON", "near": near, "words": "slowly"})
    assert answer.status_code == 422
    said = answer.content.decode()
    assert 'value="slowly"' in said
    fold = said.rpartition("Who they are")[0].rpartition("<details")[2]
    assert " open" in fold, "what was typed is not to be looked for"
