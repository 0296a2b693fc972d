"""Every change to how somebody signs in is in the audit, and no address is."""

import pytest
from tests.factories.post import sent
from tests.factories.sign_ins import PASSWORD, Visitor, an_account, an_app, code_in_mail, person_of

from homeport.accounts.models import User
from homeport.audit.models import AuditEvent
from homeport.audit.verbs import Verb

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
NEW = "nine calm otters float"


def seen() -> list[tuple[str, str]]:
    """What the audit has of signing in, oldest first."""
    return list(
        AuditEvent.objects.exclude(material__in=["person"]).order_by("at").values_list("verb", "material")
    )


@pytest.fixture
def inside() -> Visitor:
    """A browser that has just signed in, and an audit that begins here."""
    an_account()
    visitor = Visitor()
    visitor.sign_in()
    AuditEvent.objects.all()._raw_delete("default")
    return visitor


def test_signing_up_in_and_out() -> None:
    visitor = Visitor()
    visitor.post("/account/signup/", {"email": "mara@example.org", "password1": PASSWORD})
    visitor.post("/account/confirm-email/", {"code": code_in_mail()})
    visitor.post("/account/about-me/", {"name": "Mara", "language": "en", "zone": "UTC"})
    visitor.post("/account/logout/")
    assert seen() == [
        (Verb.CREATE, "sign-in"),
        (Verb.SETTING, "e-mail address"),
        (Verb.SIGN_IN, "sign-in"),
        (Verb.SIGN_OUT, "sign-in"),
    ]
    last = AuditEvent.objects.order_by("-at")[0]
    user = User.objects.get()
    assert (last.user_id, last.person_id, last.via) == (user.pk, person_of(user).pk, "account_logout")
    assert len(last.origin) == 32


def test_passwords(inside: Visitor) -> None:
    inside.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert seen() == [(Verb.SETTING, "password")]


def test_factors_and_codes(inside: Visitor) -> None:
    user = User.objects.get()
    page = inside.get("/account/two-steps/totp/activate/")
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    counter = list(yield_hotp_counters_from_time())[1]
    inside.post(
        "/account/two-steps/totp/activate/",
        {"code": format_hotp_value(hotp_value(page.context["form"].secret, counter))},
    )
    inside.post("/account/two-steps/recovery-codes/generate/")
    inside.post("/account/two-steps/totp/deactivate/")
    assert seen() == [
        (Verb.GRANT, "one-time codes"),
        (Verb.GRANT, "recovery codes"),
        (Verb.GRANT, "recovery codes"),
        (Verb.REVOKE, "one-time codes"),
        (Verb.REVOKE, "recovery codes"),
    ]
    assert {event.person_id for event in AuditEvent.objects.all()} == {person_of(user).pk}


def test_a_failed_second_step_and_a_used_recovery_code() -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    user = an_account()
    an_app(user)
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    visitor = Visitor()
    visitor.sign_in()
    visitor.post("/account/two-steps/authenticate/", {"code": "000000"})
    visitor.post("/account/two-steps/authenticate/", {"code": code})
    assert seen() == [
        (Verb.REFUSED, "one-time codes"),
        (Verb.SETTING, "recovery codes"),
        (Verb.SIGN_IN, "sign-in"),
    ]


@pytest.mark.parametrize("email", ["mara@example.org", "Mara@Example.org", "nobody@example.org"])
def test_guesses_at_a_password(email: str) -> None:
    user = an_account()
    for guess in ("a first guess", "another guess"):
        Visitor().sign_in(email, guess)
    assert seen() == [(Verb.REFUSED, "password")] * 2
    events = list(AuditEvent.objects.filter(verb=Verb.REFUSED))
    assert {event.row_id for event in events} == ({user.pk} if email.lower().startswith("mara") else {None})
    # Which address it was can be found again by whoever knows it, and is read by nobody else.
    assert len({event.reason for event in events}) == 1
    assert len(str(events[0].reason)) == 64
    kept = str([list(event.__dict__.values()) for event in events])
    assert not any(word in kept.lower() for word in ("guess", "example.org"))


def test_a_try_that_had_to_wait_was_no_guess() -> None:
    an_account()
    for _ in range(9):
        Visitor().sign_in(password="a wrong one indeed")
    assert seen() == [(Verb.REFUSED, "password")] * 5


def test_a_wrong_password_where_it_is_asked_again(inside: Visitor) -> None:
    inside.post("/account/reauthenticate/", {"password": "not this one"})
    assert seen() == [(Verb.REFUSED, "password")]


def test_devices(inside: Visitor) -> None:
    Visitor().sign_in()
    AuditEvent.objects.all()._raw_delete("default")
    inside.post("/account/devices/", {"sign_out": "others"})
    assert seen() == [(Verb.SIGN_OUT, "device")]


def test_the_address(inside: Visitor) -> None:
    inside.post("/account/email/", {"email": "new@example.org", "action_add": "yes"})
    inside.post("/account/confirm-email/", {"code": code_in_mail()})
    assert (Verb.SETTING, "e-mail address") in seen()
    assert sent()
    kept = str(list(AuditEvent.objects.values_list()))
    assert "example.org" not in kept
    assert "192.0.2" not in kept
