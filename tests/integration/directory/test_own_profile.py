"""A therapist's own page: kept, looked at, put up, taken down; the picture drawn anew."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from tests.factories.directory import PAGE, a_profile
from tests.factories.people import a_practice, a_therapist, acting
from tests.permissions.browsing import Browser

from homeport.audit.models import AuditEvent
from homeport.core.errors import HomeportError
from homeport.core.versions import Changed
from homeport.directory.models import Opening, Profile, ProfilePhoto
from homeport.directory.pictures import LARGE, SMALL, draw_anew
from homeport.directory.selectors import profile_shown
from homeport.directory.services.keep_photo import drop_photo, set_photo
from homeport.directory.services.keep_profile import begin_profile, change_profile
from homeport.directory.services.show_profile import hide_profile, publish_profile
from homeport.people.errors import Unfit
from homeport.people.models import Therapist

pytestmark = pytest.mark.django_db


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (900, 700), **more: Any) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, kind, **more)
    return out.getvalue()


def begun(name: str = "Thea Stone") -> Profile:
    person = a_therapist(name)
    return begin_profile(actor=acting(person), therapist=Therapist.objects.get(person=person))


def test_a_page_begins_empty_shown_to_nobody_and_once() -> None:
    profile = begun()
    assert (profile.slug, profile.is_published) == ("thea-stone", False)
    again = begin_profile(actor=acting(profile.therapist.person), therapist=profile.therapist)
    assert again.pk == profile.pk


def test_two_of_one_name_have_addresses_without_a_number() -> None:
    first, second = begun(), begun()
    assert first.slug != second.slug
    assert second.slug.startswith("thea-stone-")
    assert not any(sign.isdigit() for sign in second.slug)
    assert begun("张伟").slug == "therapist"


def test_it_goes_up_when_it_says_enough_and_comes_down_again() -> None:
    profile = begun()
    by = acting(profile.therapist.person)
    with pytest.raises(HomeportError, match="Write a few words"):
        publish_profile(actor=by, profile=profile, version=1)
    change_profile(actor=by, profile=profile, version=1, changes=PAGE, places={"couple": 0})
    publish_profile(actor=by, profile=profile, version=2)
    assert profile_shown(profile.slug)
    hide_profile(actor=by, profile=profile, version=3)
    assert profile_shown(profile.slug) is None
    with pytest.raises(HomeportError, match="not shown"):
        hide_profile(actor=by, profile=profile, version=4)
    verbs = AuditEvent.objects.filter(row_id=profile.pk).values_list("verb", flat=True)
    assert sorted(verbs) == ["change", "create", "release", "withdraw"]


def test_two_changes_at_once_do_not_lose_one() -> None:
    profile = begun()
    by = acting(profile.therapist.person)
    change_profile(actor=by, profile=profile, version=1, changes=PAGE, places={"couple": 1})
    with pytest.raises(Changed):
        change_profile(actor=by, profile=profile, version=1, changes={"about": "Else."}, places={})
    assert Profile.objects.get(pk=profile.pk).about == PAGE["about"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"concerns": ["violence"]}, "concerns"),
        ({"identities": ["<b>"]}, "identities"),
        ({"gender": "other"}, "gender"),
        ({"latitude": 43.0, "longitude": None}, "latitude"),
        ({"latitude": 91.0, "longitude": 0.0}, "latitude"),
        ({"practising_since": 1850}, "practising_since"),
        ({"about": "x" * 6_001}, "about"),
        ({"usual": 1 << 21}, "usual"),
    ],
)
def test_what_cannot_be_so_is_not_kept(changes: dict[str, Any], field: str) -> None:
    profile = begun()
    with pytest.raises(Unfit) as caught:
        change_profile(
            actor=acting(profile.therapist.person),
            profile=profile,
            version=1,
            changes=PAGE | changes,
            places={},
        )
    assert caught.value.field == field
    assert Profile.objects.get(pk=profile.pk).about == ""


def test_a_format_that_is_left_empty_is_not_offered_any_more() -> None:
    profile = a_profile(places={"individual": 2, "couple": 1})
    change_profile(
        actor=acting(profile.therapist.person), profile=profile, version=profile.version, changes={},
        places={"individual": 0, "couple": None},
    )  # fmt: skip
    assert list(Opening.objects.values_list("format", "places")) == [("individual", 0)]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_drawn_anew_in_two_sizes_and_nothing_else_is_kept(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "where I live"
    drawn = draw_anew(a_picture(kind, exif=exif))
    for content, size in ((drawn.large, LARGE), (drawn.small, SMALL)):
        assert b"where I live" not in content
        with Image.open(io.BytesIO(content)) as opened:
            assert (opened.format, opened.size) == ("WEBP", size)
    assert len(drawn.small) < 40_000


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xff\xd8\xff" + b"\x00" * 99,
        b"x" * 8_000_001,
    ],
)
def test_what_is_no_picture_is_refused_in_one_sentence(sent: bytes) -> None:
    with pytest.raises(Unfit) as caught:
        draw_anew(sent)
    assert caught.value.field == "photo"
    assert str(caught.value).endswith(".")


def test_a_picture_too_small_or_with_far_too_many_dots_is_refused() -> None:
    with pytest.raises(Unfit, match="too small"):
        draw_anew(a_picture(size=(100, 900)))
    out = io.BytesIO()
    Image.new("1", (8_000, 6_000)).save(out, "PNG")
    with pytest.raises(Unfit, match="too many dots"):
        draw_anew(out.getvalue())


def test_a_picture_needs_words_and_can_be_taken_away() -> None:
    profile = a_profile()
    by = acting(profile.therapist.person)
    with pytest.raises(Unfit, match="few words"):
        set_photo(actor=by, profile=profile, alt=" ", sent=a_picture())
    with pytest.raises(Unfit, match="Choose a picture"):
        set_photo(actor=by, profile=profile, alt="Me.", sent=None)
    set_photo(actor=by, profile=profile, alt="Me, smiling.", sent=a_picture())
    set_photo(actor=by, profile=profile, alt="Me by a window.", sent=None)
    assert ProfilePhoto.objects.get().alt == "Me by a window."
    drop_photo(actor=by, profile=profile)
    assert not ProfilePhoto.objects.exists()


def test_the_picture_is_served_as_a_picture_and_nothing_else(client: Any) -> None:
    a_practice()
    profile = a_profile("Thea Stone")
    set_photo(actor=acting(profile.therapist.person), profile=profile, alt="Me.", sent=a_picture())
    answer = client.get("/therapists/thea-stone/small.webp")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert not client.cookies
    assert client.get("/therapists/thea-stone/huge.webp").status_code == 404
    assert 'alt="Me."' in client.get("/therapists/").content.decode()


def test_the_pages_of_ones_own_work() -> None:
    a_practice()
    person = a_therapist("Thea Stone")
    browser = Browser(person)
    assert b"My page" in browser.ask("GET", reverse("profile")).body
    assert browser.ask("GET", reverse("profile-preview")).status == 404
    sent = {"about": "I listen.", "concerns": ["grief"], "room_individual": "2", "latitude": "north"}
    refused = browser.ask("POST", reverse("profile"), sent)
    assert refused.status == 422
    assert b"Write degrees as a number" in refused.body
    assert b"I listen." in refused.body
    done = browser.ask("POST", reverse("profile"), {**sent, "latitude": "43.6", "longitude": "-79.4"})
    assert done.status == 303
    shown = browser.ask("GET", reverse("profile-preview"))
    assert b"Nobody sees this page yet." in shown.body
    profile = Profile.objects.get()
    assert browser.ask("POST", reverse("profile-publish"), {"version": profile.version}).status == 303
    assert b"Everybody can see this page." in browser.ask("GET", reverse("profile-preview")).body
    assert profile_shown("thea-stone")
    late = browser.ask("POST", reverse("profile"), {"about": "Else.", "version": "1"})
    assert late.status == 422
    assert b"Somebody changed this" in late.body
    upload = {"alt": "Me.", "photo": SimpleUploadedFile("me.jpg", a_picture(), "image/jpeg")}
    assert browser.post(reverse("profile-photo-set"), upload).status == 303
    assert browser.ask("GET", reverse("profile-photo", args=["small"])).status == 200
    assert browser.ask("POST", reverse("profile-photo-set"), {"alt": ""}).status == 422
    assert browser.ask("POST", reverse("profile-photo-drop"), {}).status == 303
    assert browser.ask("POST", reverse("profile-hide"), {}).status == 303
    assert profile_shown("thea-stone") is None
