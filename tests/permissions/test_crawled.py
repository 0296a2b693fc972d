"""Whoever left, or never was to know: everything that somebody can reach from their own pages is read, and says nothing.

Each is signed in and follows every link there is from where they begin; their letters, their calendar and what they take
along are read too. None of it holds a name or an id that is not for them. Whoever may read them finds them in the same way.
"""

import re
from html import unescape

import pytest
from django.urls import reverse
from tests.permissions.browsing import Browser
from tests.permissions.house import House
from tests.postgres.roles import as_role

from homeport.interop.gathering import everything_about
from homeport.outbox.models import OutgoingMessage
from homeport.people.models import Person
from homeport.scheduling.feeding import feed_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LINK = re.compile(r'(?:href|action)="(/[^"#]*)')
# The same for everybody, or nothing but a file.
PUBLIC = (
    "/library/",
    "/youth/",
    "/help/",
    "/therapists/",
    "/static/",
    "/about/",
    "/privacy/",
    "/check/",
    "/match/",
)
BEGINNINGS = (
    "/home/", "/today/", "/cases/", "/week/", "/alerts/", "/requests/", "/emergencies/", "/appointments/", "/groups/",
    "/my-answers/", "/opened-to-me/", "/asked/", "/who-looked/", "/children/", "/my-request/mine/", "/journal/",
    "/journal/write/", "/account/", "/account/my-data/",
)  # fmt: skip
APPOINTMENT = re.compile(r"/appointments/[0-9a-f-]{36}/")
MOST = 400
# Who reads what is kept from them: the scene, and somebody who may read it.
KEPT = (
    ("Ben Bell", "a group that names nobody", "Thea Stone"),
    ("Ben Bell", "a partner's own", ""),
    ("Gina Tell", "a young person's own", ""),
    ("Hugo Tell", "a young person's own", ""),
    ("Gail Gold", "who came after one left", "Hank Hill"),
    ("Fred Finch", "a case one worked on", "Thea Stone"),
    ("Cora Cole", "a case one worked on", "Thea Stone"),
    ("Odd Oak", "where somebody went", "Thea Stone"),
)


def everything_for(person: Person) -> dict[str, str]:
    """All that somebody gets, by where it stands."""
    browser = Browser(person)
    found: dict[str, str] = {}
    waiting = [*BEGINNINGS, *(reverse(name) for name in ("groups-led", "waiting-list", "away"))]
    while waiting and len(found) < MOST:
        path = waiting.pop(0)
        if path in found or path.startswith(PUBLIC):
            continue
        answer = browser.get(path)
        body = unescape(answer.body.decode(errors="replace"))
        found[path] = f"{answer.headers} {body}"
        waiting += [*([answer.goes_to] if answer.goes_to else []), *map(unescape, LINK.findall(body))]
    assert len(found) < MOST, "there is more to read than this test reads"
    letters = OutgoingMessage.objects.filter(to=person).order_by("created_at", "pk")
    # A letter about a time leads to its page, where whoever left finds nothing any more.
    found["letters"] = APPOINTMENT.sub("", repr([each.words for each in letters]))
    with as_role("web"):
        found["calendar"] = feed_of(person).decode()
        found["taken along"] = repr(everything_about(Person.objects.get(pk=person.pk)))
    return found


@pytest.fixture
def house() -> House:
    return House()


def test_what_is_not_for_somebody_stands_nowhere_that_they_can_reach(house: House) -> None:
    read: dict[str, dict[str, str]] = {}
    told = []
    for name, scene, _other in KEPT:
        pages = read.setdefault(name, everything_for(house[name]))
        assert sum("<main" in page for page in pages.values()) >= 8, f"{name} hardly read a page"
        told += [
            f"{name} reads {mark!r} of {scene} on {where}"
            for where, page in pages.items()
            for mark in sorted(house.marks[scene])
            if mark in page
        ]
    assert not told, "\n".join(told)


@pytest.mark.parametrize(("name", "scene"), sorted({(other, scene) for _, scene, other in KEPT if other}))
def test_who_may_read_it_finds_it_in_the_same_way(house: House, name: str, scene: str) -> None:
    pages = everything_for(house[name]).values()
    found = {mark for mark in house.marks[scene] if any(mark in page for page in pages)}
    assert len(found) >= len(house.marks[scene]) / 2
