"""Reading what came back: reports of mail servers, and nothing that only looks like one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeport.outbox.bounces import Bounce, read_bounce

OURS = "<1d7a@mail.example.org>"


def report(
    *,
    action: str = "failed",
    status: str = "5.1.1",
    original: str = f"Message-ID: {OURS}",
    kind: str = "text/rfc822-headers",
    report_type: str = "multipart/report; report-type=delivery-status",
) -> bytes:
    """A report such as Postfix writes it."""
    return f"""\
From: MAILER-DAEMON@mx.example.org
Subject: Undelivered Mail Returned to Sender
Message-ID: <report@mx.example.org>
MIME-Version: 1.0
Content-Type: {report_type}; boundary="b"

--b
Content-Type: text/plain

I am sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; somebody@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 No such user

--b
Content-Type: {kind}

From: no-reply@example.org
{original}
Subject: Hello

--b--
""".replace("\n", "\r\n").encode()


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_a_mail_that_came_back_is_known_by_its_id(kind: str) -> None:
    assert read_bounce(report(kind=kind)) == Bounce(OURS, "5.1.1")


def test_the_id_of_the_report_itself_is_not_taken_for_it() -> None:
    assert read_bounce(report(original="X-Other: 1")) is None


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_what_did_not_fail_is_no_bounce(action: str) -> None:
    assert read_bounce(report(action=action)) is None


def test_a_strange_status_is_still_a_failure() -> None:
    assert read_bounce(report(status="it broke")) == Bounce(OURS, "5.0.0")
    assert read_bounce(report(status="5.7.26 (policy)")) == Bounce(OURS, "5.7.26")


@pytest.mark.parametrize(
    "mail",
    [
        b"",
        b"Subject: Away until Monday\r\nAuto-Submitted: auto-replied\r\n\r\nI am away.",
        report(report_type="multipart/mixed"),
        report()[:-150],
        b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n",
        b"\xff\xfe" * 1000,
    ],
    ids=["nothing", "holiday", "no report", "cut off", "empty status", "no mail"],
)
def test_whatever_else_comes_is_passed_over(mail: bytes) -> None:
    assert read_bounce(mail) in (None, Bounce(OURS, "5.1.1"))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 900))
def test_no_mail_breaks_it(noise: bytes, at: int) -> None:
    whole = report()
    read_bounce(noise)
    read_bounce(whole[:at] + noise + whole[at:])


def test_parts_within_parts_without_end() -> None:
    nested = report()
    for _ in range(60):
        nested = (
            b'Content-Type: multipart/report; boundary="o"\r\n\r\n--o\r\nContent-Type: message/rfc822\r\n\r\n'
            + nested
        )
    read_bounce(nested)
