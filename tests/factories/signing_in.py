"""Browsers that are signed in, without the way in: that is tested in its own place."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.test import Client

from homeport.people.models import Person

BACKEND = "homeport.accounts.backends.SignInBackend"


def with_sign_in(person: Person, email: str = "") -> Person:
    """Give the person a way in, with the second factor that whoever works here must have."""
    if person.user_id is None:
        user = get_user_model().objects.create_user(email or f"{person.pk}@example.org")
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "none"})
        person.user = user
        person.save(update_fields=["user"])
    return person


def signed_in(person: Person, **client: Any) -> Client:
    """The person's browser. ``client``: what Django's test client takes."""
    with_sign_in(person)
    browser = Client(**client)
    browser.force_login(person.user, backend=BACKEND)
    return browser
