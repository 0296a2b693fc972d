"""Sign-ins, and browsers that are signed in."""

import time
from itertools import count

from allauth.mfa.models import Authenticator
from django.test import Client

from homeport.accounts.models import User
from homeport.people.models import Person, RoleHolding
from homeport.people.models.role_holding import STAFF
from tests.factories.people import a_person

PASSWORD = "a quiet harbour at dusk"
_numbers = count(1)


def a_user(email: str = "") -> User:
    """Somebody's way in."""
    return User.objects.create_user(email or f"person{next(_numbers)}@example.org")


def signs_in(person: Person) -> Person:
    """Give a person a way in, with a second factor where they work here."""
    if person.user_id is None:
        person.user = a_user()
        person.save(update_fields=["user"])
    works = RoleHolding.objects.filter(person=person, role__in=STAFF).exists()
    if works and not Authenticator.objects.filter(user_id=person.user_id).exists():
        Authenticator.objects.create(
            user_id=person.user_id, type=Authenticator.Type.TOTP, data={"secret": "x"}
        )
    return person


def a_browser(person: Person | None = None, *, recent: bool = True) -> Client:
    """A browser: signed in as ``person``, ``recent``: having just proved who they are; or a stranger's."""
    client = Client(raise_request_exception=True)
    if person is None:
        return client
    user = signs_in(person).user
    assert user is not None
    client.force_login(user, backend="homeport.accounts.backends.SignInBackend")
    if recent:
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session.save()
    return client


def a_new_browser() -> Client:
    """Somebody new, signed in."""
    return a_browser(a_person())
