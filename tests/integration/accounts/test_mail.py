"""Mail about an account says nothing of what the account is for."""

from pathlib import Path

import pytest
from django.template.loader import render_to_string
from tests.factories.post import sent
from tests.factories.sign_ins import CODE, Visitor, an_account

import homeport.web
from homeport.outbox.models import OutgoingMessage, QueuedJob
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
    message = sent()[0]
    assert message.from_email == '"H. Street" <no-reply@localhost>'
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
    Visitor().post("/account/login/code/", {"email": "mara@example.org"})
    (message,) = sent()
    assert message.recipients() == ["mara@example.org"]
    assert "bcc" not in {name.lower() for name in message.message()}
    assert message.from_email == '"A Bcc: evil@example.org" <no-reply@localhost>'


def test_the_code_lies_nowhere_in_the_database_in_plain() -> None:
    an_account()
    Visitor().post("/account/login/code/", {"email": "mara@example.org"})
    waiting = OutgoingMessage.objects.get()
    held = OutgoingMessage.objects.values()[0]
    code = CODE.search(waiting.words["body"])
    assert code
    jobs = list(QueuedJob.objects.values_list("arguments", flat=True))
    for told in (str(held), str(bytes(held["words"])), str(jobs)):
        assert code[1] not in told
        assert "mara@example.org" not in told
    assert code[1] in str(sent()[0].body)
    assert OutgoingMessage.objects.values_list("words", "address").get() == (None, None), (
        "wiped once it is gone"
    )
