"""People come in, in a real browser: with a password, with a passkey, with codes; and find again what they wrote."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import BrowserContext, CDPSession, Page, expect
from tests.factories.post import sent
from tests.factories.screens import press_and_arrive, too_wide
from tests.factories.sign_ins import PASSWORD, an_account, code_in_mail

from homeport.accounts.models import KeptDraft, KeptResult, Session, User
from homeport.core.clock import now
from homeport.people.models import Person, Role
from homeport.web.visitor.seal import seal
from homeport.web.visitor.state import Run, begin

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
LOOKS = [(390, "light"), (390, "dark"), (1280, "light")]
Door = Callable[..., Page]
SEND = "form.account-form button"


@pytest.fixture
def door(a_window: Door) -> Iterator[Door]:
    """Opens a page in a browser of its own; at the end only two cookies were kept, and nothing else."""
    cache.clear()
    opened: list[BrowserContext] = []

    def open_page(path: str, **options: Any) -> Page:
        page = a_window(**options)
        opened.append(page.context)
        page.goto(path)
        return page

    yield open_page
    for context in opened:
        kept = context.storage_state()
        assert {cookie["name"] for cookie in kept["cookies"]} <= {
            settings.SESSION_COOKIE_NAME,
            settings.CSRF_COOKIE_NAME,
        }
        assert all(cookie["httpOnly"] and cookie["sameSite"] == "Lax" for cookie in kept["cookies"])
        assert kept["origins"] == []


def a_device(page: Page) -> CDPSession:
    """A device with a finger on it: Chromium's virtual authenticator, which keeps passkeys and asks for its owner."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return tools


def sign_in(page: Page, email: str = "mara@example.org") -> None:
    """By the password."""
    page.goto("/account/login/")
    page.fill("#login", email)
    page.fill("#password", PASSWORD)
    press_and_arrive(page, SEND)


def sign_out(page: Page) -> None:
    """By the page that asks."""
    page.goto("/account/logout/")
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("main").get_by_role("button", name="Sign out").click()


def add_passkey(page: Page) -> None:
    """From the account's page."""
    page.goto("/account/two-steps/webauthn/add/")
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url("**/recovery-codes/")


def test_a_passkey_is_made_and_opens_the_door_by_itself(door: Door) -> None:
    """Given an account, when its owner adds a passkey, then a touch is enough to come in, and no password is asked for."""
    an_account()
    page = door("/account/login/")
    tools = a_device(page)
    sign_in(page)
    add_passkey(page)
    expect(page.locator(".codes li")).to_have_count(10)
    sign_out(page)
    page.goto("/account/login/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/home/")
    page.goto("/account/two-steps/webauthn/")
    expect(page.get_by_text("Last used on")).to_be_visible()
    assert tools


def test_somebody_makes_an_account_with_nothing_but_a_passkey(door: Door) -> None:
    """Given nobody known, when they prove an address and touch their device, then they are in and have no password."""
    page = door("/account/signup/")
    a_device(page)
    page.get_by_role("link", name="Use a passkey").click()
    page.fill("#email", "mara@example.org")
    page.click(SEND)
    page.wait_for_url("**/confirm-email/")
    page.fill("#code", code_in_mail())
    page.click(SEND)
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url("**/about-me/**")
    expect(page.locator("#zone")).to_have_value("America/Toronto")
    page.fill("#name", "Mara")
    page.click(SEND)
    page.wait_for_url("**/home/")
    assert not User.objects.get().has_usable_password()
    page.goto("/account/")
    page.get_by_role("link", name="Make some now").click()
    page.get_by_role("button", name="Make new codes").click()
    expect(page.locator(".codes li")).to_have_count(10)
    sign_out(page)
    page.goto("/account/login/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/home/")


def test_who_works_here_adds_a_passkey_before_anything_else(door: Door) -> None:
    """Given a therapist without a second factor, when they sign in, then a passkey opens the rest, next time as well."""
    an_account("mara@example.org", Role.THERAPIST)
    page = door("/account/login/")
    a_device(page)
    sign_in(page)
    page.wait_for_url("**/account/two-steps/")
    expect(page.get_by_text("One thing before you start")).to_be_visible()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url("**/recovery-codes/")
    page.get_by_role("link", name="I have them").click()
    page.wait_for_url("**/account/")
    sign_out(page)
    sign_in(page)
    page.wait_for_url("**/account/two-steps/authenticate/")
    page.get_by_role("button", name="Use your passkey").click()
    page.wait_for_url("**/home/")


def test_without_a_passkey_on_this_device_it_says_so_calmly(door: Door) -> None:
    an_account()
    page = door("/account/login/")
    tools = a_device(page)
    tools.send("WebAuthn.disable")
    page.evaluate(
        "() => { navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError')); }"
    )
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_text("That did not work. Nothing was changed.").wait_for()


def test_a_passkey_of_another_account_opens_only_that_one(door: Door) -> None:
    an_account("first@example.org")
    an_account("second@example.org")
    page = door("/account/login/")
    a_device(page)
    sign_in(page, "first@example.org")
    add_passkey(page)
    sign_out(page)
    page.goto("/account/login/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/home/")
    page.goto("/account/")
    expect(page.get_by_text("first@example.org")).to_be_visible()


def test_what_was_typed_when_the_session_ran_out_comes_back(door: Door) -> None:
    """Given a form half written, when the session has timed out, then after signing in it is there and can be sent."""
    an_account()
    page = door("/account/login/")
    sign_in(page)
    page.goto("/account/about-me/")
    page.fill("#pronouns", "xe, and sometimes they")
    Session.objects.update(expires_at=now() - timedelta(minutes=1))
    page.click(SEND)
    page.wait_for_url("**/account/login/?next=*")
    assert KeptDraft.objects.count() == 1
    page.fill("#login", "mara@example.org")
    page.fill("#password", PASSWORD)
    page.click(SEND)
    page.wait_for_url("**/account/kept/**")
    expect(page.get_by_text("xe, and sometimes they")).to_be_visible()
    page.get_by_role("button", name="Send it now").click()
    page.wait_for_url("**/account/")
    assert Person.objects.get().pronouns == "xe, and sometimes they"
    assert not KeptDraft.objects.exists()


def test_a_form_from_before_signing_in_anew_asks_before_it_is_sent(
    door: Door, assert_accessible: Callable[[Page], None]
) -> None:
    an_account()
    page = door("/account/login/")
    sign_in(page)
    page.goto("/account/about-me/")
    other = page.context.new_page()
    other.goto("/account/logout/")
    with other.expect_navigation(wait_until="load"):
        other.get_by_role("main").get_by_role("button", name="Sign out").click()
    sign_in(other)
    page.fill("#pronouns", "ze")
    page.click(SEND)
    expect(page.get_by_role("heading", name="Not sent yet")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Yes, send it").click()
    page.wait_for_url("**/account/")
    assert Person.objects.get().pronouns == "ze"


def test_a_visitor_keeps_their_result_by_making_an_account(door: Door) -> None:
    """Given a result on the screen, when its owner makes an account, then it is theirs, and was nobody's in between."""
    page = door("/check/")
    show_result(page)
    page.get_by_role("button", name="Make an account and keep it").click()
    page.wait_for_url("**/account/signup/?next=*")
    expect(page.get_by_text("Your result is waiting")).to_be_visible()
    page.fill("#email", "mara@example.org")
    page.fill("#password1", PASSWORD)
    press_and_arrive(page, SEND)
    page.fill("#code", code_in_mail())
    press_and_arrive(page, SEND)
    page.fill("#name", "Mara")
    assert not KeptResult.objects.exists()
    page.click(SEND)
    page.wait_for_url("**/account/")
    expect(page.get_by_text("Your result is kept")).to_be_visible()
    assert KeptResult.objects.get().person_id == Person.objects.get().pk


def show_result(page: Page) -> None:
    """The result page of a visit, without answering question by question."""
    from homeport.content.instruments import bank, load_key

    key = load_key("attachment.homeport")
    wording = bank.own_wording("partner", "en")
    answers = tuple((item.number, 2 + item.number % 3) for item in key.items)
    run = Run("partner", f"{key.id}@{key.version}", "full", wording.hash[:10], answers)
    journey = begin("adult")
    visit = seal(type(journey)(journey.key, "adult", (run,)))
    with page.expect_navigation(wait_until="load"):
        page.evaluate(
            """([action, visit]) => {
              const form = Object.assign(document.createElement("form"), {method: "post", action});
              form.append(Object.assign(document.createElement("input"), {type: "hidden", name: "visit", value: visit}));
              document.body.append(form);
              form.submit();
            }""",
            [reverse("check-result"), visit],
        )
    page.wait_for_url("**/check/result/")


def pages_of_somebody(page: Page) -> Iterator[str]:
    """Every page about signing in, in the order in which somebody meets them: the name of each, once it is there."""
    page.goto("/account/login/")
    yield "sign-in"
    page.fill("#login", "nobody@example.org")
    page.fill("#password", "wrong password")
    press_and_arrive(page, SEND)
    yield "sign-in-wrong"
    for name in (
        "account_signup",
        "account_signup_by_passkey",
        "account_request_login_code",
        "account_reset_password",
    ):
        page.goto(reverse(name))
        yield name
    page.fill("#email", "nobody@example.org")
    press_and_arrive(page, SEND)
    yield "reset-sent"
    page.goto("/account/password/reset/key/abc-def/")
    yield "reset-too-late"
    page.goto("/account/signup/")
    page.fill("#email", "mara@example.org")
    page.fill("#password1", PASSWORD)
    press_and_arrive(page, SEND)
    yield "code"
    page.fill("#code", code_in_mail())
    press_and_arrive(page, SEND)
    yield "about-me-new"
    page.fill("#name", "Mara Vance")
    if not page.input_value("#zone"):
        page.select_option("#zone", "America/Toronto")
    press_and_arrive(page, SEND)
    yield from _inside(page)


def _inside(page: Page) -> Iterator[str]:
    names = (
        "account", "about-me", "contact-wishes", "account_email", "account_change_password", "account-devices", "mfa_index",
        "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn", "account_logout", "account_reauthenticate",
    )  # fmt: skip
    for name in names:
        page.goto(reverse(name))
        yield name
    user = User.objects.get()
    draft = KeptDraft(user=user)
    draft.content = {
        "address": "/account/about-me/",
        "fields": [["entry", "It was a long day."], ["version", "1"]],
    }
    draft.save()
    page.goto("/account/")
    yield "account-with-draft"
    page.goto(reverse("account-draft", args=[draft.pk]))
    yield "draft"


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_page_is_accessible(
    door: Door,
    assert_accessible: Callable[[Page], None],
    picture: Callable[..., Any],
    width: int,
    scheme: str,
) -> None:
    page = door("/account/login/", width=width, scheme=scheme)
    for name in pages_of_somebody(page):
        assert_accessible(page)
        picture(page, f"account-{name}-{width}-{scheme}", full=True)
    a_device(page)
    add_passkey(page)
    assert_accessible(page)
    picture(page, f"account-recovery-codes-{width}-{scheme}", full=True)
    for name in (
        "mfa_index",
        "mfa_list_webauthn",
        "mfa_generate_recovery_codes",
        "mfa_reauthenticate_webauthn",
    ):
        page.goto(reverse(name))
        assert_accessible(page)
        picture(page, f"account-{name}-with-passkey-{width}-{scheme}", full=True)
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        page.goto(reverse(name, args=[Authenticator.objects.get(type="webauthn").pk]))
        assert_accessible(page)
    sign_out(page)
    sign_in(page)
    page.wait_for_url("**/authenticate/")
    assert_accessible(page)
    picture(page, f"account-second-step-{width}-{scheme}", full=True)


def test_nothing_scrolls_sideways_on_the_narrowest_screen(door: Door) -> None:
    page = door("/account/login/", width=320)
    for name in pages_of_somebody(page):
        assert too_wide(page) <= 0, name


def test_all_but_passkeys_works_without_javascript(door: Door) -> None:
    page = door("/account/login/", javascript=False)
    assert not page.get_by_role("button", name="Use a passkey").is_visible()
    met = list(pages_of_somebody(page))
    assert "draft" in met
    page.goto("/account/two-steps/webauthn/add/")
    assert page.get_by_text("This browser cannot use passkeys now").is_visible()
    assert sent()


def test_help_and_the_way_out_are_on_every_page(door: Door) -> None:
    page = door("/account/login/")
    for name in pages_of_somebody(page):
        banner = page.get_by_role("banner")
        assert banner.get_by_role("link", name="Help now").is_visible(), name
        assert banner.get_by_role("link", name="Leave this site").is_visible(), name
