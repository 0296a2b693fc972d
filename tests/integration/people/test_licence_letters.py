"""Letters about licences that end: to who holds it and to the managers, once each, early enough."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from tests.factories import accounts, people
from tests.factories.post import sent

from homeport.core.jobs import registered
from homeport.people.models import Licence, Person, Role
from homeport.people.services.hold_role import take_role
from homeport.people.services.keep_licence import renew_licence

pytestmark = pytest.mark.django_db
ENDS = date(2027, 6, 30)


def the_job() -> None:
    job = registered("people.licences_end")
    assert job is not None
    job.function()


@pytest.fixture
def thea() -> Person:
    with time_machine.travel("2027-01-01 12:00Z", tick=False):
        people.a_practice()
        accounts.signs_in(people.a_manager("Mia"))
        holder = accounts.signs_in(people.a_therapist("Thea"))
    Licence.objects.update(expires_on=ENDS)
    return holder


def on(days_before: int) -> list[tuple[str, str]]:
    """(to whom, what) of the mails of that day."""
    with time_machine.travel(f"{ENDS - timedelta(days=days_before)} 09:00Z", tick=False):
        the_job()
        the_job()
        found = [(mail.to[0], str(mail.body)) for mail in sent()]
        sent().clear()
    return found


def test_two_months_a_month_a_week_before_and_on_the_day(thea: Person) -> None:
    told = {days: len(on(days)) for days in range(70, -10, -1)}
    assert {days for days, number in told.items() if number} == {60, 30, 7, 0}
    assert set(told.values()) == {0, 2}, "the therapist and the manager, once each"


def test_each_is_told_what_is_theirs_to_do(thea: Person) -> None:
    letters = dict(on(30))
    assert thea.user is not None
    own = letters.pop(thea.user.email)
    (managers,) = letters.values()
    assert "One of your licences ends on 30 June 2027" in own
    assert reverse("own-licences") in own
    assert "A licence of Thea ends on 30 June 2027" in managers
    assert reverse("licences") in managers
    assert "today" in dict(on(0))[thea.user.email]


def test_a_day_on_which_nothing_ran_is_made_up_for(thea: Person) -> None:
    assert on(27), "of the month"
    assert not on(26)
    (own, *_) = [body for _, body in on(-3)]
    assert "ended on 30 June 2027" in own
    assert not on(-9)


def test_a_renewed_one_is_told_of_anew(thea: Person) -> None:
    on(7)
    licence = Licence.objects.get()
    renew_licence(
        actor=people.acting(thea),
        licence=licence,
        expires_on=ENDS + timedelta(days=30),
        version=licence.version,
    )
    assert on(0), "thirty days before the new last day"


def test_of_who_works_here_no_more_nobody_is_told(thea: Person) -> None:
    with time_machine.travel("2027-02-01 12:00Z", tick=False):
        take_role(actor=people.SYSTEM, person=thea, role=Role.THERAPIST)
    assert not on(30)
