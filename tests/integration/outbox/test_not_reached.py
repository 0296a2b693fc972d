"""What came back is shown to staff: who, by what way and when; never what it was, nor why."""

import json
import mailbox
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse
from tests.factories import accounts, people
from tests.factories.post import sent
from tests.factories.queries import at_most
from tests.unit.outbox.test_bounces import report

from homeport.outbox.models import OutgoingMessage
from homeport.outbox.selectors import came_back, how_the_post_stands, not_reached
from homeport.outbox.services.note_bounce import note_bounce
from homeport.outbox.services.put_message import put_message
from homeport.outbox.services.see_not_reached import see_not_reached
from homeport.people.models import Person, Role

pytestmark = pytest.mark.django_db
State = OutgoingMessage.State
ADDRESS = reverse("unreached")


def one_that_came_back(name: str = "Ana Ames", key: str = "k") -> OutgoingMessage:
    to = accounts.signs_in(people.a_person(name))
    message = put_message(
        kind="appointment.reminder",
        to=to,
        subject="A reminder",
        body="Tuesday, anxious couple therapy.",
        key=key,
    )
    sent()
    assert note_bounce(message_id=message.message_id, status="5.1.1")
    return OutgoingMessage.objects.get(pk=message.pk)


def at_the_desk() -> Person:
    people.a_practice()
    return accounts.signs_in(people.someone_with(Role.DESK, name="Dora"))


def test_it_is_noted_once_and_only_of_what_was_sent() -> None:
    message = one_that_came_back()
    assert message.state == State.BOUNCED
    assert note_bounce(message_id=message.message_id, status="5.7.1"), "saying it twice changes nothing"
    assert OutgoingMessage.objects.get().error == "5.1.1"
    waiting = put_message(kind="t", to=None, address="x@example.org", subject="s", body="b", key="w")
    note_bounce(message_id=waiting.message_id, status="5.1.1")
    assert OutgoingMessage.objects.get(pk=waiting.pk).state == State.WAITING, "a forged one stops nothing"
    assert not note_bounce(message_id="<never@was>", status="5.1.1")


def test_the_desk_sees_who_and_not_what() -> None:
    one_that_came_back()
    page = accounts.a_browser(at_the_desk()).get(ADDRESS).content.decode()
    assert "Ana Ames" in page
    assert "A mail came back." in page
    told = page[page.index("<h1") : page.index("</main>")].lower()
    for word in ("therap", "couple", "anxious", "reminder", "appointment", "5.1.1", "person"):
        assert word not in told, word


def test_it_leaves_the_list_when_somebody_has_seen_to_it() -> None:
    message = one_that_came_back()
    desk = accounts.a_browser(at_the_desk())
    answer = desk.post(reverse("unreached-seen", args=[message.pk]), HTTP_SEC_FETCH_SITE="same-origin")
    assert answer.status_code == 303
    assert "Everybody was reached." in desk.get(ADDRESS).content.decode()
    assert not see_not_reached(actor=people.SYSTEM, message=message), "once"


def test_a_number_is_shown_only_of_who_may_be_called() -> None:
    for name, may_call in (("Ana", True), ("Ben", False)):
        message = one_that_came_back(name, key=name)
        Person.objects.filter(pk=message.to_id).update(
            phone="+1 416 555 010" + str(int(may_call)), may_call=may_call
        )
    page = accounts.a_browser(at_the_desk()).get(ADDRESS).content.decode()
    assert "+1 416 555 0101" in page
    assert "+1 416 555 0100" not in page


def test_an_address_typed_at_the_door_by_a_stranger_is_shown_to_nobody() -> None:
    for kind in ("account", "request", "invitation"):
        message = put_message(
            kind=kind, to=None, address=f"{kind}@example.org", subject="s", body="b", key=kind
        )
        sent()
        note_bounce(message_id=message.message_id, status="5.1.1")
    page = accounts.a_browser(at_the_desk()).get(ADDRESS).content.decode()
    assert "invitation@example.org" in page
    assert "account@example.org" not in page
    assert "request@example.org" not in page
    assert came_back("request")
    assert not came_back("other")
    assert how_the_post_stands().not_reached == 1


def test_what_the_list_asks_does_not_grow() -> None:
    for number in range(5):
        one_that_came_back(f"Ana {number}", key=str(number))
    with at_most(1):
        assert len(not_reached()) == 5


def test_the_command_reads_what_a_mail_server_hands_it(tmp_path: Path, installation: dict[str, str]) -> None:
    """One mail by the pipe, many in a mailbox, and no exit code that would make a bounce of a bounce."""
    if connection.vendor == "postgresql":
        installation = {**installation, "HOMEPORT_DATABASE_ROLE": "worker"}
    base = [sys.executable, "-m", "homeport.config.cli"]
    lay = {name: value for name, value in installation.items() if name != "HOMEPORT_DATABASE_ROLE"}
    subprocess.run(
        [*base, "database", "migrate"], env=lay, check=True, timeout=120, stdout=subprocess.DEVNULL
    )
    box = mailbox.mbox(tmp_path / "box")
    for mail in (report(), b"Subject: Away\r\n\r\nI am away.", report(action="delayed")):
        box.add(mail)
    box.close()

    def mail(*words: str, given: bytes = b"") -> tuple[int, bytes]:
        done = subprocess.run(
            [*base, "mail", *words],
            check=False,
            env=installation,
            input=given,
            capture_output=True,
            timeout=60,
        )
        return done.returncode, done.stdout

    assert mail("bounce", "--json", given=report()) == (0, b'{"read": 1, "noted": 0}\n')
    assert mail("bounce", given=b"\xff no mail")[0] == 0
    assert json.loads(mail("bounce", "--json", "--mailbox", str(tmp_path / "box"))[1]) == {
        "read": 3,
        "noted": 0,
    }
    assert mail("bounce", "--mailbox", str(tmp_path / "none"))[0] == 1
    assert json.loads(mail("status", "--json")[1]) == {"waiting": 0, "late": 0, "not_reached": 0}
