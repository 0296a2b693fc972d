"""Somebody works here no more: what they leave is named, covered and called off, and nobody books with them."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import accounts, people
from tests.factories.cases import an_individual
from tests.factories.scheduling import an_appointment, offers, on, works

from homeport.access.gate import Hidden
from homeport.access.standing import standing_of
from homeport.core.clock import today
from homeport.people.models import Role, Therapist
from homeport.people.services.hold_role import take_role
from homeport.scheduling.models import Appointment

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def manager() -> Client:
    people.a_practice()
    return accounts.a_browser(people.a_manager("Mona"))


def text(page: Any) -> str:
    """The page's words, without its marks."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.content.decode())))


def test_what_somebody_leaves_behind_is_named_covered_and_called_off(manager: Client) -> None:
    thea, zoe = people.a_therapist("Thea Stone"), people.a_therapist("Zoe Moss")
    ana = people.a_person("Ana Ames")
    case = an_individual(ana, lead=thea)
    works(thea)
    an_appointment(case, offers(thea), on(3, 10), subject=ana)
    assert "Nobody left anything" in text(manager.get(reverse("left-behind")))
    page = manager.post(reverse("role-take", args=[thea.pk, "therapist"]), follow=True)
    assert "See to what is left behind" in text(page)
    assert "Thea Stone" in text(page)
    assert "Ana" not in text(page), "who they are is nobody's business here"
    assert "Left behind" in text(manager.get(reverse("practice")))
    day = today()
    cover = {"covered": thea.pk, "by": zoe.pk, "from_on": day, "until_on": day + timedelta(days=60)}
    assert manager.post(reverse("covers"), cover).status_code == 303
    assert case.pk in standing_of(people.acting(zoe)).covers, "who stands in brings in who goes on"
    away = reverse("away-for", args=[Therapist.objects.get(person=thea).pk])
    span = {"from_on": day, "until_on": day + timedelta(days=60)}
    meeting = Appointment.objects.get()
    manager.post(away, {**span, "shown": f"{meeting.pk}:{meeting.version}", "off": meeting.pk})
    page = manager.get(reverse("left-behind"))
    assert "meeting is booked" not in text(page)
    assert "A colleague looks after them until" in text(page)


def test_nobody_books_with_who_is_gone(manager: Client) -> None:
    thea, ana = people.a_therapist("Thea Stone"), people.a_person("Ana Ames")
    case = an_individual(ana, lead=thea)
    works(thea)
    offering = offers(thea)
    take_role(actor=people.acting(people.someone_with(Role.MANAGER)), person=thea, role=Role.THERAPIST)
    with pytest.raises(Hidden):
        an_appointment(case, offering, on(3, 10), subject=ana, by=ana)
