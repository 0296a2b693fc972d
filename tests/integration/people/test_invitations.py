"""Coming in by an invitation: once, within its time, by whoever has its secret."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from tests.factories import accounts, people
from tests.factories.post import sent

from homeport.core.errors import HomeportError
from homeport.core.jobs import registered
from homeport.people.errors import Unfit
from homeport.people.models import Invitation, Person, Role, RoleHolding, Therapist
from homeport.people.services.accept_invitation import (
    InvitationSpent,
    KnownAlready,
    accept_invitation,
    open_invitation,
)
from homeport.people.services.invite import invite, invite_again, secret_hash, secret_of, withdraw_invitation
from homeport.people.services.send_invitation import link_to

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def asked(*roles: Role, email: str = "thea@example.org", **more: Any) -> tuple[Invitation, str]:
    return invite(actor=people.SYSTEM, email=email, roles=list(roles), name="Thea", **more)


def accepts(invitation: Invitation, **more: Any) -> Person:
    return accept_invitation(actor=people.SYSTEM, invitation=invitation, user_id=accounts.a_user().pk, **more)


def test_whoever_accepts_becomes_a_person_with_the_roles() -> None:
    manager = people.a_manager()
    invitation, _ = invite(
        actor=people.acting(manager),
        email="t@example.org",
        roles=[Role.THERAPIST, Role.SUPERVISOR, Role.THERAPIST],
        name="Thea",
    )
    thea = accepts(invitation)
    assert thea.name == "Thea"
    held = RoleHolding.objects.filter(person=thea)
    assert {(each.role, each.given_by) for each in held} == {
        ("therapist", manager),
        ("supervisor", manager),
    }
    assert Therapist.objects.filter(person=thea).exists(), "a therapist has an offer from the first day"


def test_it_works_once() -> None:
    invitation, _ = asked(Role.THERAPIST)
    accepts(invitation)
    with pytest.raises(InvitationSpent):
        accepts(invitation)


def test_only_the_hash_of_the_secret_is_kept() -> None:
    invitation, secret = asked(Role.CLIENT)
    kept = Invitation.objects.get()
    assert bytes(kept.secret_hash) == secret_hash(secret)
    assert secret not in str(vars(kept))
    assert secret_of(kept) == secret, "so that it can be sent again"
    assert open_invitation(secret) == invitation


def test_another_installation_cannot_make_the_secret(settings: Any) -> None:
    invitation, secret = asked(Role.CLIENT)
    settings.SECRET_KEY = "another"
    assert secret_of(invitation) != secret


@pytest.mark.parametrize("secret", ["", "nonsense", "\x00", "é" * 10_000, "\ud800"])
def test_a_secret_that_is_none_opens_nothing(secret: str) -> None:
    asked(Role.CLIENT)
    with pytest.raises(InvitationSpent):
        open_invitation(secret)


def test_it_lasts_a_week_to_the_second() -> None:
    with time_machine.travel("2027-01-04 09:00Z", tick=False) as clock:
        invitation, secret = asked(Role.CLIENT)
        clock.shift(timedelta(days=7, seconds=-1))
        assert open_invitation(secret)
        clock.shift(timedelta(seconds=1))
        with pytest.raises(InvitationSpent):
            open_invitation(secret)
        with pytest.raises(InvitationSpent):
            accepts(invitation)


def test_what_was_taken_back_is_useless_and_a_new_one_replaces_the_old() -> None:
    first, secret = asked(Role.CLIENT)
    second = invite_again(actor=people.SYSTEM, invitation=first)
    with pytest.raises(InvitationSpent):
        open_invitation(secret)
    assert open_invitation(secret_of(second)) == second
    withdraw_invitation(actor=people.SYSTEM, invitation=second)
    with pytest.raises(InvitationSpent):
        accepts(second)


@pytest.mark.parametrize(
    ("email", "roles", "field"),
    [
        ("thea", [Role.CLIENT], "email"),
        ("", [Role.CLIENT], "email"),
        ("a@b@c.org", [Role.CLIENT], "email"),
        ("thea@example.org\nBcc: x@example.org", [Role.CLIENT], "email"),
        ("thea@example.org", [], "roles"),
    ],
)
def test_a_wrong_invitation_is_told_for_its_field(email: str, roles: list[Role], field: str) -> None:
    with pytest.raises(Unfit) as told:
        asked(*roles, email=email)
    assert told.value.field == field
    assert not Invitation.objects.exists()


def test_a_record_that_was_there_before_gets_its_sign_in() -> None:
    ana = people.a_person("Ana")
    invitation, _ = asked(person=ana)
    user = accounts.a_user()
    accept_invitation(actor=people.SYSTEM, invitation=invitation, user_id=user.pk)
    ana.refresh_from_db()
    assert ana.user == user
    with pytest.raises(HomeportError):
        asked(person=ana)


def test_two_invitations_to_one_record_give_it_one_sign_in() -> None:
    ana = people.a_person("Ana")
    first, _ = asked(person=ana)
    second, _ = asked(person=ana)
    accepts(first)
    with pytest.raises(InvitationSpent):
        accepts(second)
    assert Invitation.objects.get(pk=second.pk).accepted_at is None, "nothing of it stays"


def test_somebody_known_under_another_record_is_told_and_nothing_changes() -> None:
    ana = accounts.signs_in(people.a_person("Ana"))
    assert ana.user is not None
    invitation, _ = asked(person=people.a_person("Ana as the couple's therapist wrote her"))
    with pytest.raises(KnownAlready):
        accept_invitation(actor=people.SYSTEM, invitation=invitation, user_id=ana.user.pk)
    assert Invitation.objects.get().accepted_at is None


def test_the_mail_gives_nothing_away_and_holds_the_link() -> None:
    people.a_practice(name="Anxious Attachment Therapy Clinic")
    invitation, secret = asked(Role.CLIENT, by_mail=True)
    job = registered("people.send_invitation")
    assert job is not None
    job.function(invitation_id=str(invitation.pk))
    job.function(invitation_id=str(invitation.pk))
    (first,) = sent()
    assert first.to == ["thea@example.org"]
    assert link_to(invitation) in first.body
    assert link_to(invitation).split("#")[1] == secret, "behind the #, where no server and no log sees it"
    told = f"{first.subject} {first.body} {first.from_email}".lower()
    for word in ("therap", "clinic", "attachment", "client", "session", "appointment"):
        assert word not in told
    assert Invitation.objects.get().sent_at is not None


def test_a_mail_that_waits_is_taken_back_with_the_invitation() -> None:
    people.a_practice()
    invitation, _ = asked(Role.CLIENT, by_mail=True)
    job = registered("people.send_invitation")
    assert job is not None
    job.function(invitation_id=str(invitation.pk))
    withdraw_invitation(actor=people.SYSTEM, invitation=invitation)
    assert not sent()


def test_the_mail_is_not_sent_once_it_cannot_be_used() -> None:
    invitation, _ = asked(Role.CLIENT)
    withdraw_invitation(actor=people.SYSTEM, invitation=invitation)
    job = registered("people.send_invitation")
    assert job is not None
    job.function(invitation_id=str(invitation.pk))
    job.function(invitation_id=str(people.a_person().pk))
    assert not sent()


# --- in the browser ---


def test_the_link_leads_in_whoever_has_a_sign_in() -> None:
    people.a_practice()
    _, secret = asked(Role.THERAPIST)
    ana = accounts.signs_in(people.a_person("Ana"))
    browser = accounts.a_browser(ana)
    page = browser.post(reverse("invitation"), {"secret": f" {secret} "})
    assert page.headers["Location"] == reverse("invitation-accept")
    assert "Therapist" in browser.get(reverse("invitation-accept")).content.decode()
    assert browser.post(reverse("invitation-accept")).status_code == 303
    assert RoleHolding.objects.filter(person=ana, role=Role.THERAPIST).exists()
    # The way in is forgotten, and the invitation spent.
    assert browser.get(reverse("invitation-accept")).headers["Location"] == reverse("invitation")


def test_a_new_one_is_asked_for_a_name_when_the_invitation_has_none() -> None:
    people.a_practice()
    _, secret = invite(actor=people.SYSTEM, email="x@example.org", roles=[Role.CLIENT])
    browser = accounts.a_browser()
    user = accounts.a_user()
    browser.force_login(user, backend="homeport.accounts.backends.SignInBackend")
    browser.post(reverse("invitation"), {"secret": secret})
    assert browser.post(reverse("invitation-accept"), {"name": "  "}).status_code == 422
    assert browser.post(reverse("invitation-accept"), {"name": "Xenia"}).status_code == 303
    assert Person.objects.get(user=user).name == "Xenia"


@pytest.mark.parametrize("secret", ["", "forged", "x" * 100_000])
def test_a_forged_link_is_told_as_one_that_ran_out(secret: str) -> None:
    people.a_practice()
    page = accounts.a_browser().post(reverse("invitation"), {"secret": secret})
    assert page.status_code == 422
    assert "can no longer be used" in page.content.decode()


def test_nobody_comes_in_without_having_shown_the_secret() -> None:
    people.a_practice()
    asked(Role.MANAGER)
    browser = accounts.a_browser(people.a_person())
    for answer in (browser.get(reverse("invitation-accept")), browser.post(reverse("invitation-accept"))):
        assert answer.headers["Location"] == reverse("invitation")
    assert Invitation.objects.get().accepted_at is None


def test_an_invitation_that_runs_out_on_the_way_is_of_no_use() -> None:
    people.a_practice()
    invitation, secret = asked(Role.MANAGER)
    browser = accounts.a_browser(people.a_person())
    browser.post(reverse("invitation"), {"secret": secret})
    withdraw_invitation(actor=people.SYSTEM, invitation=invitation)
    assert browser.post(reverse("invitation-accept")).headers["Location"] == reverse("invitation")


def test_a_manager_invites_takes_back_and_sends_again() -> None:
    people.a_practice()
    browser = accounts.a_browser(people.a_manager())
    said = {"name": "Thea", "email": "thea@example.org", "roles": ["therapist", "supervisor"]}
    assert browser.post(reverse("invite"), said).status_code == 303
    invitation = Invitation.objects.get()
    assert sorted(invitation.roles) == ["supervisor", "therapist"]
    assert "thea@example.org" in browser.get(reverse("invitations")).content.decode()
    assert browser.post(reverse("invitation-again", args=[invitation.pk])).status_code == 303
    renewed = Invitation.objects.get(withdrawn_at=None)
    assert browser.post(reverse("invitation-withdraw", args=[renewed.pk])).status_code == 303
    assert "thea@example.org" not in browser.get(reverse("invitations")).content.decode()
    # Taken back is gone, as one that never was.
    assert browser.post(reverse("invitation-again", args=[renewed.pk])).status_code == 404


def test_an_intake_clinician_invites_clients_and_nobody_else() -> None:
    people.a_practice()
    browser = accounts.a_browser(people.someone_with(Role.INTAKE))
    page = browser.get(reverse("invite")).content.decode()
    assert 'value="client"' in page
    assert 'value="manager"' not in page
    said = {"name": "Eve", "email": "eve@example.org", "roles": ["manager"]}
    assert browser.post(reverse("invite"), said).status_code == 422
    assert not Invitation.objects.exists()
    asked(Role.MANAGER, email="boss@example.org")
    boss = Invitation.objects.get()
    assert "boss@example.org" not in browser.get(reverse("invitations")).content.decode()
    assert browser.post(reverse("invitation-again", args=[boss.pk])).status_code == 404
    assert browser.post(reverse("invite"), {**said, "roles": ["client"]}).status_code == 303


def test_what_was_typed_stays_when_something_is_wrong() -> None:
    people.a_practice()
    browser = accounts.a_browser(people.a_manager())
    page = browser.post(reverse("invite"), {"name": "Thea & Co", "email": "thea", "roles": ["desk"]})
    text = page.content.decode()
    assert page.status_code == 422
    assert 'value="Thea &amp; Co"' in text
    assert 'value="thea"' in text
    assert 'value="desk" checked' in text
