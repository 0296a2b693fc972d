"""Browsers that are signed in, without the way in: that is tested in its own place."""

from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.contrib.auth import get_user_model
from django.test import Client
from tests.factories.sign_ins import an_app

from homeport.core.clock import now
from homeport.people.models import Person

BACKEND = "homeport.accounts.backends.SignInBackend"


def with_sign_in(person: Person, email: str = "") -> Person:
    """Give the person a way in, with the second factor that whoever works here must have."""
    if person.user_id is None:
        user = get_user_model().objects.create_user(email or f"{person.pk}@example.org")
        an_app(user)
        person.user = user
        person.save(update_fields=["user"])
    return person


def signed_in(person: Person, *, proved: bool = True, **client: Any) -> Client:
    """The person's browser. ``proved``: they showed just now who they are; ``client``: what Django's test client takes."""
    with_sign_in(person)
    browser = Client(**client)
    browser.force_login(person.user, backend=BACKEND)
    if proved:
        session = browser.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": now().timestamp()}]
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.user_id)
        session.save()
    return browser
