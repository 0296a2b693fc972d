"""Mail about an account says nothing of what the account is for."""

from pathlib import Path

import pytest
from django.core import mail
from django.template.loader import render_to_string
from tests.factories.sign_ins import Visitor, an_account

import homeport.web
from homeport.people.models import Practice

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
TEMPLATES = Path(homeport.web.__file__).parent / "templates"
MAILS = sorted(
    path.relative_to(TEMPLATES).as_posix().removesuffix("_message.txt")
    for folder in ("account/email", "accounts/mail", "mfa/email")
    for path in (TEMPLATES / folder).glob("*_message.txt")
)
# Words that would tell somebody who looks over a shoulder.
TELLING = (
    "therap", "clinic", "attach", "counsel", "patient", "client", "practice", "mental", "health", "session", "couple",
    "treatment", "care", "psych", "doctor", "homeport", "trauma", "anxi",
)  # fmt: skip


def test_every_mail_that_can_be_sent_is_ours() -> None:
    import allauth

    theirs = Path(allauth.__file__).parent / "templates"
    sent = {
        path.relative_to(theirs).as_posix().removesuffix("_message.txt")
        for folder in ("account/email", "mfa/email")
        for path in (theirs / folder).glob("*_message.txt")
    }
    # By code, not by link; and no address is proved by a mail of that name any more.
    assert sent - set(MAILS) == {
        "account/email/base",
        "account/email/email_confirm",
        "account/email/password_reset_code",
    }


@pytest.mark.parametrize("name", MAILS)
def test_it_is_neutral_and_plain(name: str) -> None:
    known = {
        "code": "ABCD-EFGH",
        "password_reset_url": "http://x/r/",
        "signup_url": "http://x/s/",
        "device": "Firefox on Mac",
    }
    subject = render_to_string(f"{name}_subject.txt", known).strip()
    body = render_to_string(f"{name}_message.txt", known)
    assert subject
    assert "\n" not in subject
    assert len(subject) < 40
    for word in TELLING:
        assert word not in f"{subject} {body}".lower(), word
    assert "<" not in body
    assert "{" not in body
    assert not (TEMPLATES / f"{name}_message.html").exists()


def test_it_comes_from_the_neutral_name_the_practice_chose() -> None:
    an_account()
    Practice.objects.create(
        name="Harbour Street Therapy",
        jurisdiction="CA-ON",
        zone="UTC",
        crisis_region="CA-ON",
        neutral_sender="H. Street",
    )
    Visitor().post("/account/login/code/", {"email": "mara@example.org"})
    message = mail.outbox[0]
    assert message.from_email == '"H. Street" <no-reply@localhost>'
    assert isinstance(message, mail.EmailMultiAlternatives)
    assert not message.alternatives
    whole = message.message().as_string()
    assert "Therapy" not in whole
    assert message.extra_headers["Message-ID"].endswith("@localhost>")
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_a_name_cannot_smuggle_in_a_header() -> None:
    an_account()
    Practice.objects.create(
        name="x",
        jurisdiction="CA-ON",
        zone="UTC",
        crisis_region="CA-ON",
        neutral_sender="A\nBcc: evil@example.org",
    )
    with pytest.raises(Exception, match="newline"):
        Visitor().post("/account/login/code/", {"email": "mara@example.org"})
    assert not mail.outbox
