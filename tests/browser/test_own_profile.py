"""A therapist says who they are, looks at it as others would, and puts it up: in a real browser."""

import io
from collections.abc import Callable

import pytest
from django.urls import reverse
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect
from tests.factories import people
from tests.factories.directory import OFFER

from homeport.people.models import Person, Therapist
from homeport.people.services.change_offer import change_offer

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
Visit = Callable[..., Page]
Look = Callable[[Page], None]


def a_portrait() -> bytes:
    """Somebody, simply drawn."""
    picture = Image.new("RGB", (900, 1200), "#9fb8b3")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((250, 180, 650, 680), fill="#d9a98a")
    pen.pieslice((230, 130, 670, 620), 180, 360, fill="#4a3a33")
    pen.rounded_rectangle((120, 720, 780, 1400), 240, fill="#35565f")
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def thea() -> Person:
    """A therapist who has said what she offers."""
    people.a_practice()
    person = people.a_therapist("Thea Stone")
    change_offer(
        actor=people.acting(person), therapist=Therapist.objects.get(person=person), version=1, changes=OFFER
    )
    return person


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_a_page_is_written_looked_at_and_put_up(
    as_person: Callable[..., Page],
    thea: Person,
    visit: Visit,
    assert_accessible: Look,
    picture: Callable[..., None],
    width: int,
    scheme: str,
) -> None:
    page = as_person(thea, reverse("work"), width=width, scheme=scheme)
    page.get_by_role("link", name="My page").click()
    assert_accessible(page)
    page.get_by_label("A picture of you").set_input_files(
        {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": a_portrait()}
    )
    page.get_by_label("What it shows").fill("A drawing of a woman in blue")
    page.get_by_role("button", name="Keep the picture").click()
    expect(page.get_by_alt_text("A drawing of a woman in blue")).to_be_visible()
    page.get_by_label("What you are").fill("Registered psychotherapist")
    page.get_by_label("One sentence to somebody who is looking").fill("We begin where you are.")
    page.get_by_label("How you work").fill("I listen **first**.")
    page.get_by_label("On my own").fill("two")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Write how many new people")
    expect(page.get_by_label("How you work")).to_have_value("I listen **first**.")
    assert_accessible(page)
    picture(page, f"own-profile-{width}-{scheme}", full=True)
    page.get_by_label("On my own").fill("2")
    page.get_by_label("Grief and loss").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Nobody sees this page yet.")).to_be_visible()
    page.get_by_role("button", name="Put it up").click()
    expect(page.get_by_text("Everybody can see this page.")).to_be_visible()
    assert_accessible(page)
    picture(page, f"own-profile-preview-{width}-{scheme}", full=True)
    seen = visit("/therapists/", width=width, scheme=scheme)
    expect(seen.get_by_alt_text("A drawing of a woman in blue")).to_be_visible()
    picture(seen, f"therapists-with-picture-{width}-{scheme}", full=True)
    seen.get_by_role("link", name="Thea Stone").click()
    expect(seen.get_by_role("heading", name="Thea Stone")).to_be_visible()
    assert_accessible(seen)
    picture(seen, f"therapist-with-picture-{width}-{scheme}", full=True)
