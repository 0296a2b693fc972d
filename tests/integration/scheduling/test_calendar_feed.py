"""A person's own calendar reads their times, and nobody else's."""

from datetime import timedelta

import pytest
import vobject
from tests.factories.cases import a_couple
from tests.factories.people import a_person, a_practice, a_therapist, acting
from tests.factories.scheduling import Kind, an_appointment, offers, on, together, works
from tests.permissions.browsing import Browser

from homeport.core.clock import now, standing_at
from homeport.scheduling.models import CalendarFeed
from homeport.scheduling.services.cancel_appointment import cancel_appointment
from homeport.scheduling.services.consent_to_time import consent_to_time
from homeport.scheduling.services.keep_calendar_feed import drop_calendar_feed, make_calendar_feed

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class Scene:
    """A couple with a time of Ana's own, one of Ben's own, and one together."""

    def __init__(self) -> None:
        a_practice()
        self.ana, self.ben, self.thea = a_person("Ana Ames"), a_person("Ben Bell"), a_therapist("Thea Stone")
        self.case = a_couple(self.ana, self.ben, lead=self.thea)
        together(self.case)
        works(self.thea)
        alone, joint = offers(self.thea, price=12345), offers(self.thea, Kind.COUPLE)
        self.hers = an_appointment(self.case, alone, on(3, 9), subject=self.ana)
        self.his = an_appointment(self.case, alone, on(4, 9), subject=self.ben)
        self.theirs = an_appointment(self.case, joint, on(5, 9))
        for person in (self.ana, self.ben):
            consent_to_time(actor=acting(person), appointment=self.theirs, comes=True)

    def path(self, who: str) -> str:
        """The address of a new feed."""
        person = getattr(self, who)
        return f"/calendar/{make_calendar_feed(actor=acting(person), person_id=person.pk)}.ics"


def uids(body: bytes) -> set[str]:
    """What is in a feed, as another reader finds it."""
    read = vobject.readOne(body.decode())
    return {each.uid.value for each in getattr(read, "vevent_list", [])}


@pytest.mark.parametrize(
    ("who", "sees"),
    [("ana", ("hers", "theirs")), ("ben", ("his", "theirs")), ("thea", ("hers", "his", "theirs"))],
)
def test_each_sees_their_own_times_under_a_neutral_title(who: str, sees: tuple[str, ...]) -> None:
    scene = Scene()
    answer = Browser().get(scene.path(who))
    assert answer.status == 200
    assert not answer.cookies
    assert dict(answer.headers)["Content-Type"].startswith("text/calendar")
    assert uids(answer.body) == {str(getattr(scene, name).pk) for name in sees}
    for word in (b"Ana", b"Ben", b"Thea", b"therap", b"couple", b"123.45", b"123,45"):
        assert word.lower() not in answer.body.lower()


def test_what_is_separate_changes_nothing_in_the_others_feed() -> None:
    scene = Scene()
    path = scene.path("ben")
    before = Browser().get(path)
    cancel_appointment(actor=acting(scene.ana), appointment=scene.hers, version=scene.hers.version)
    assert Browser().get(path).body == before.body


def test_it_says_when_nothing_has_changed() -> None:
    scene = Scene()
    path = scene.path("ana")
    etag = dict(Browser().get(path).headers)["ETag"]
    same = Browser().get(path, HTTP_IF_NONE_MATCH=etag)
    assert (same.status, same.body) == (304, b"")
    cancel_appointment(actor=acting(scene.ana), appointment=scene.hers, version=scene.hers.version)
    assert Browser().get(path, HTTP_IF_NONE_MATCH=etag).status == 200


def test_a_new_address_closes_the_old_one_and_taken_back_it_opens_nothing() -> None:
    scene = Scene()
    old, new = scene.path("ana"), scene.path("ana")
    assert Browser().get(old).status == 404
    assert Browser().get(new).status == 200
    secret = new.partition("/calendar/")[2].removesuffix(".ics")
    assert secret.encode() not in bytes(CalendarFeed.objects.get().digest)
    drop_calendar_feed(actor=acting(scene.ana), person_id=scene.ana.pk)
    assert Browser().get(new).status == 404


def test_who_looks_too_often_waits_and_then_looks_again() -> None:
    scene = Scene()
    path = scene.path("ana")
    answers = [Browser().get(path).status for _ in range(33)]
    assert answers[0] == 200
    assert answers[-1] == 429
    with standing_at(now() + timedelta(minutes=10)):
        assert Browser().get(path).status == 200
