"""People at the door: a browser for each, and what they do there."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from tests.factories.post import sent

from homeport.accounts.models import User
from homeport.core.actor import system
from homeport.people.models import Person, Role
from homeport.people.services.enter_person import enter_person
from homeport.people.services.hold_role import give_role

SYSTEM = system("tests")
PASSWORD = "seven quiet herons wade"
CODE = re.compile(r"^([A-Z]{4}-[A-Z]{4})$", re.MULTILINE)
LINK = re.compile(r"http://[^/\s]+(\S+)")


@dataclass
class Visitor:
    """One browser, at one network address."""

    origin: str = "192.0.2.1"
    client: Client = field(default_factory=Client)

    def get(self, path: str, **options: Any) -> Any:
        """GET a page."""
        return self.client.get(path, REMOTE_ADDR=self.origin, **options)

    def post(self, path: str, fields: dict[str, Any] | None = None, **options: Any) -> Any:
        """POST a form, as one of our own pages sends it."""
        sent = {"HTTP_SEC_FETCH_SITE": "same-origin", "REMOTE_ADDR": self.origin, **options}
        return self.client.post(path, fields or {}, **sent)

    def sign_in(self, email: str = "mara@example.org", password: str = PASSWORD, **more: Any) -> Any:
        """Try a password."""
        return self.post("/account/login/", {"login": email, "password": password, **more})

    @property
    def is_in(self) -> bool:
        """Whether this browser is signed in."""
        return "_auth_user_id" in self.client.session


def an_account(
    email: str = "mara@example.org", *roles: Role, person: bool = True, password: str | None = PASSWORD
) -> User:
    """An account whose address is proved; with a person behind it unless told otherwise."""
    user = User.objects.create_user(email, password)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    if person:
        who = enter_person(actor=SYSTEM, name="Mara Vance", called="Mara", user_id=user.pk)
        for role in roles:
            give_role(actor=SYSTEM, person=who, role=role)
    return user


def an_app(user: User) -> Callable[[float], str]:
    """An app for one-time codes, in use; returns what it shows at a moment (seconds since 1970)."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return lambda moment: format_hotp_value(hotp_value(secret, int(moment) // 30))


def code_in_mail() -> str:
    """The code in the newest mail."""
    found = CODE.search(str(sent()[-1].body))
    assert found, sent()[-1].body
    return found[1]


def link_in_mail() -> str:
    """The address in the newest mail, without its host."""
    found = LINK.search(str(sent()[-1].body))
    assert found, sent()[-1].body
    return found[1]


def person_of(user: User) -> Person:
    """The person behind a user."""
    return Person.objects.get(user=user)
