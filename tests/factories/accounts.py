"""Sign-ins, and browsers that are signed in and have just proved who they are."""

from itertools import count

from django.test import Client
from tests.factories.signing_in import signed_in, with_sign_in

from homeport.accounts.models import User
from homeport.people.models import Person

PASSWORD = "a quiet harbour at dusk"
_numbers = count(1)


def a_user(email: str = "") -> User:
    """Somebody's way in."""
    return User.objects.create_user(email or f"person{next(_numbers)}@example.org")


def signs_in(person: Person) -> Person:
    """Give a person a way in, with a second factor."""
    return with_sign_in(person)


def a_browser(person: Person | None = None, *, recent: bool = True) -> Client:
    """A browser: signed in as ``person``, ``recent``: having just proved who they are; or a stranger's."""
    return Client() if person is None else signed_in(person, proved=recent)
