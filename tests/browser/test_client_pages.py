"""What somebody meets between a first question and a first session: every page for everybody, light, with help in reach."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tests.factories.cases import an_individual
from tests.factories.directory import a_profile
from tests.factories.people import a_person, a_practice
from tests.factories.scheduling import offers, works
from tests.factories.signing_in import signed_in

from homeport.cases.models import Participant
from homeport.core.clock import now
from homeport.directory.models import Request
from homeport.people.models import Person
from homeport.scheduling.links import Act, address_of
from homeport.scheduling.models import Appointment, AppointmentPerson

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
LIMIT = 60_000  # bytes of a page with all it loads, as sent
BROWSERS = [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]
Open = Callable[..., Page]
# What one presses and that is less than 24 pixels high, unless all of its row can be pressed.
SMALL = """() => [...document.querySelectorAll("main a, main button, main summary")].filter((each) => {
  const {width, height} = each.getBoundingClientRect();
  return width > 1 && height > 1 && height < 24 && getComputedStyle(each, "::after").position !== "absolute";
}).map((each) => each.innerText)"""


@pytest.fixture
def ana() -> Person:
    """A client who met her therapist once, has a time ahead, and asked for somebody else."""
    a_practice()
    ana = a_person("Ana Ames", age=34)
    thea = a_profile("Thea Stone", access=["transit"]).therapist
    offering = offers(thea.person)
    works(thea.person, 0, 1, 2, 3, 4)
    case = an_individual(ana, lead=thea.person)
    for days in (-7, 7):
        begins = now() + timedelta(days=days)
        made = Appointment.objects.create(
            case_id=case.pk, subject_id=ana.pk, author_id=thea.person.pk, therapist=thea, offering=offering,
            kind="individual", way="video", begins_at=begins, ends_at=begins + timedelta(minutes=50),
            zone="America/Toronto",
        )  # fmt: skip
        AppointmentPerson.objects.create(appointment=made, person=ana, consent="yes")
    Request.objects.create(
        author_id=ana.pk, subject_id=ana.pk, kind="question", status="sent", to_id=thea.person.pk, sent_at=now(),
        words="Do you work with grief?", called="Ana", zone="America/Toronto",
    )  # fmt: skip
    return ana


def pages_of(ana: Person) -> dict[str, str]:
    """The pages that no journey of the other tests looks at, by name."""
    part = Participant.objects.get(person=ana)
    ahead = Appointment.objects.order_by("-begins_at")[0]
    links = {act: "/time/" + address_of(ahead, ana.pk, act).partition("/time/")[2] for act in Act}
    case, before = f"/cases/{part.case_id}", f"/before/{part.pk}"
    return {
        "home": "/home/",
        "before-call": f"{before}/questions/call/",
        "before-place": f"{before}/questions/place/",
        "before-goals": f"{before}/questions/goals/",
        "right-one": f"{case}/right-one/",
        "somebody-else": f"{case}/somebody-else/",
        "requests": "/my-request/mine/",
        "link": "/my-request/",
        "appointment": f"/appointments/{ahead.pk}/",
        "times": f"/appointments/times/{part.case_id}/",
        "calendar": "/appointments/calendar/",
        "reminders": "/account/reminders/",
        "link-move": links[Act.MOVE],
        "link-cancel": links[Act.CANCEL],
        "link-spent": "/time/cancel/nothing/",
        "therapist": "/therapists/thea-stone/",
        "first-call": "/therapists/thea-stone/first-call/",
        "question": "/therapists/thea-stone/ask/",
        "begin": "/therapists/thea-stone/begin/",
        "nothing": "/nothing/",
    }


@pytest.fixture
def open_as(site: str, browser: Browser) -> Iterator[Open]:
    """A browser in which somebody is signed in."""
    opened: list[BrowserContext] = []

    def open_page(person: Person, width: int, scheme: str) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 844},
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
            locale="en-CA",
            timezone_id="America/Toronto",
        )
        cookies = signed_in(person).cookies
        context.add_cookies(
            [{"name": name, "value": each.value, "url": site} for name, each in cookies.items()]
        )
        context.set_default_timeout(30_000)
        opened.append(context)
        return context.new_page()

    yield open_page
    for context in opened:
        context.close()


@pytest.mark.parametrize(("width", "scheme"), BROWSERS)
def test_nothing_keeps_anybody_out(
    open_as: Open,
    assert_accessible: Callable[[Page], None],
    picture: Callable[..., None],
    ana: Person,
    width: int,
    scheme: str,
) -> None:
    page = open_as(ana, width, scheme)
    for name, path in pages_of(ana).items():
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == {"nothing": 404, "link-spent": 404, "begin": 405}.get(name, 200), name
        assert_accessible(page)
        picture(page, f"client-{name}-{width}-{scheme}", full=True)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name}: {wide} pixels stick out"
        assert page.evaluate(SMALL) == [], f"{name}: too small to hit"
        assert page.locator("header a[href='/help/']").is_visible(), f"{name}: help is not in reach"


def test_every_page_is_light(open_as: Open, ana: Person) -> None:
    page = open_as(ana, 390, "light")
    wire = page.context.new_cdp_session(page)
    sizes: list[int] = []
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    for name, path in pages_of(ana).items():
        sizes.clear()
        page.goto(path, wait_until="networkidle")
        assert 3_000 < sum(sizes) < LIMIT, f"{name} weighs {sum(sizes)}"
