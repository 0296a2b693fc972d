"""Somebody who has lost every second factor is helped back in."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from tests.factories.post import sent
from tests.factories.sign_ins import Visitor, an_account, an_app

from homeport.accounts.services.drop_second_factors import drop_second_factors
from homeport.audit.models import AuditEvent
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.errors import HomeportError
from homeport.core.ids import new_id

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
MANAGER = Actor("person", user_id=new_id(), person_id=new_id(), via="staff")


def test_what_is_left_is_the_password_and_the_owner_is_told() -> None:
    user = an_account()
    other = Visitor()
    other.sign_in()
    an_app(user)
    RecoveryCodes.activate(user)
    drop_second_factors(actor=MANAGER, user=user, reason="Seen in the room, with a passport.")
    assert not Authenticator.objects.filter(user=user).exists()
    assert other.get("/account/").status_code == 302
    visitor = Visitor()
    visitor.sign_in()
    assert visitor.is_in
    assert sent()[-1].to == ["mara@example.org"]
    event = AuditEvent.objects.get(verb=Verb.REVOKE)
    assert (event.person_id, event.row_id, event.reason) == (
        MANAGER.person_id,
        user.pk,
        "Seen in the room, with a passport.",
    )


@pytest.mark.parametrize("reason", ["", "   ", "ok"])
def test_it_takes_a_reason(reason: str) -> None:
    user = an_account()
    an_app(user)
    with pytest.raises(HomeportError):
        drop_second_factors(actor=MANAGER, user=user, reason=reason)
    assert Authenticator.objects.filter(user=user).exists()
