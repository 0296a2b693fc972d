"""The search as a visitor meets it: nothing is kept, nothing is in an address, bad input costs nothing."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.db import connections
from django.test import Client
from tests.factories.directory import a_profile, free_on
from tests.factories.people import a_practice
from tests.factories.queries import at_most

from homeport.directory.concerns import Concern
from homeport.directory.models import Profile
from homeport.people.models import Licence

pytestmark = pytest.mark.django_db
WISHES = {
    "where": "CA-ON", "format": "individual", "concerns": ["grief", "relationships"], "way": "video", "times": ["evenings"],
    "zone": "America/Toronto", "words": "listen",
}  # fmt: skip


@pytest.fixture
def thea() -> Profile:
    """One who fits."""
    a_practice()
    profile = a_profile("Thea Stone", usual=0b100, about="I **listen** first.\n\n<script>alert(1)</script>")
    free_on(profile, begins=17, ends=21)
    return profile


def rows() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def test_a_search_leaves_no_row_and_no_cookie_and_may_not_be_kept(client: Client, thea: Profile) -> None:
    before = rows()
    pages = [
        client.get("/therapists/"),
        client.post("/therapists/", WISHES),
        client.post("/therapists/", {**WISHES, "page": "2"}),
        client.get(f"/therapists/{thea.slug}/"),
        client.post(f"/therapists/{thea.slug}/", WISHES),
    ]
    assert [page.status_code for page in pages] == [200] * 5
    assert rows() == before
    assert not client.cookies
    for page in pages:
        assert "Set-Cookie" not in page.headers
        assert page.headers["Cache-Control"] == "no-store"
    assert all(page.headers["X-Robots-Tag"] == "noindex, nofollow" for page in (pages[1], pages[2], pages[4]))
    assert "X-Robots-Tag" not in pages[0].headers


def test_wishes_are_in_no_address(client: Client, thea: Profile) -> None:
    text = client.post("/therapists/", WISHES).content.decode()
    addresses = re.findall(r'(?:href|action|src)="([^"]*)"', text)
    assert f"/therapists/{thea.slug}/" in addresses
    assert not [address for address in addresses if "?" in address]
    assert 'method="get"' not in text.lower()


def test_wishes_in_an_address_are_not_read(client: Client, thea: Profile) -> None:
    assert thea.therapist.person.name in client.get("/therapists/?faith=sikh&concerns=grief").content.decode()


def test_what_was_said_stays_on_the_form_and_goes_along(client: Client, thea: Profile) -> None:
    text = client.post("/therapists/", WISHES).content.decode()
    assert re.search(r'value="grief" checked', text)
    page = client.post(f"/therapists/{thea.slug}/", WISHES).content.decode()
    assert '<input type="hidden" name="concerns" value="grief">' in page
    assert "Back to your list" in page


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("most_fee", "a lot", "Write an amount such as 120 or 120.50."),
        ("where", "Atlantis", "Please choose one from the list."),
        ("faith", "x" * 500, "Please choose one from the list."),
        ("words", "w" * 300, "That is too long."),
        ("concerns", "nothing-we-know", "Please choose from the list."),
    ],
)
def test_bad_input_gets_one_sentence_and_loses_nothing(
    client: Client, thea: Profile, field: str, value: str, said: str
) -> None:
    answer = client.post("/therapists/", {**WISHES, field: value})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert re.search(r'value="evenings" checked', text)
    assert thea.therapist.person.name in text


@pytest.mark.parametrize(
    "number", ["0", "-1", "999999999999", "½", "a", "", "2;DROP TABLE"],
)  # fmt: skip
def test_any_page_number_shows_a_page(client: Client, thea: Profile, number: str) -> None:
    assert thea.slug in client.post("/therapists/", {"where": "CA-ON", "page": number}).content.decode()


@pytest.mark.parametrize("concern", ["violence", "dark_thoughts"])
def test_violence_opens_the_safety_path_beside_the_list(client: Client, concern: str, thea: Profile) -> None:
    a_profile("Knows", concerns=["after_abuse", "mood"])
    text = client.post("/therapists/", {"where": "CA-ON", "concerns": [concern]}).content.decode()
    assert "are you safe?" in text
    assert "Knows" in text
    assert str(Concern(concern).label) not in _cards(text)
    assert "are you safe?" not in client.post("/therapists/", WISHES).content.decode()
    assert (
        "are you safe?"
        in client.post("/therapists/", {"where": "CA-ON", "words": "he hits me"}).content.decode()
    )
    assert thea.pk


def _cards(text: str) -> str:
    return text[text.index('class="people"') :]


def test_nobody_fits_and_a_button_gives_up_one_wish(client: Client, thea: Profile) -> None:
    sent = {**WISHES, "faith": "sikh"}
    text = client.post("/therapists/", sent).content.decode()
    assert "Nobody fits all of that right now" in text
    assert "With any faith: 1 person" in text
    form = text[text.index('class="loosen"') :]
    form = form[: form.index("</form>")]
    fields = re.findall(r'name="(\w+)" value="([^"]*)"', form)
    assert ("faith", "sikh") not in fields
    again: dict[str, Any] = {}
    for name, value in fields:
        again.setdefault(name, []).append(value)
    assert thea.slug in client.post("/therapists/", again).content.decode()


def test_a_page_tells_what_was_verified_and_holds_no_foreign_markup(client: Client, thea: Profile) -> None:
    text = client.get(f"/therapists/{thea.slug}/").content.decode()
    assert "<strong>listen</strong>" in text
    assert "<script>alert" not in text
    assert "Canada / Ontario" in text
    assert "We looked it up on" in text
    assert "120 CAD" in text


def test_a_page_is_gone_with_its_licence(client: Client, thea: Profile) -> None:
    Licence.objects.update(verified_at=None, verified_by=None)
    assert client.get(f"/therapists/{thea.slug}/").status_code == 404
    assert client.get(f"/therapists/{thea.slug}/small.webp").status_code == 404
    assert client.get("/therapists/nobody-at-all/").status_code == 404


@pytest.mark.parametrize("people", [1, 6])
def test_the_number_of_queries_does_not_grow(client: Client, thea: Profile, people: int) -> None:
    for number in range(people):
        free_on(a_profile(f"Person {number}"), begins=17, ends=21)
    client.get("/therapists/")
    with at_most(
        13
    ):  # the practice, the page and its licences, when free times were looked up, nine for them
        client.post("/therapists/", WISHES)
    with at_most(12):
        client.get(f"/therapists/{thea.slug}/")
    assert connections["default"].vendor


@pytest.mark.parametrize(
    "zone",
    [
        "America",
        "a" * 5_000,
        "America/",
        "../../etc/passwd",
        "/etc/passwd",
        "UTC\n",
        "\x00",
        "Nowhere/At_all",
    ],
)
def test_a_clock_that_is_none_costs_nothing(client: Client, thea: Profile, zone: str) -> None:
    assert client.post(f"/therapists/{thea.slug}/", {**WISHES, "zone": zone}).status_code == 200


def test_words_stand_in_their_own_direction(client: Client) -> None:
    a_practice()
    page = a_profile("ليلى الأنصاري", greeting="أهلا بك كما أنت.", about="أستمع أولا.")
    listed = client.get("/therapists/").content.decode()
    shown = client.get(f"/therapists/{page.slug}/").content.decode()
    assert re.search(r'dir="auto">\s*أهلا', listed)
    for begins in ("ليلى", "أهلا", "<p>أستمع"):
        assert re.search(rf'dir="auto">\s*{begins}', shown), begins
