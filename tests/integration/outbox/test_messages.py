"""What leaves the house: once, to one reader, by a way they allow, and sealed until then."""

from datetime import timedelta
from email import message_from_bytes, policy
from email.utils import parseaddr
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from tests.factories import accounts, people
from tests.factories.post import sent
from tests.factories.queries import exactly

from homeport.core import keys
from homeport.core.clock import now
from homeport.outbox import gateways
from homeport.outbox.models import Channel, OutgoingMessage, QueuedJob, begins_with
from homeport.outbox.services.deliver_message import ATTEMPTS, deliver_message
from homeport.outbox.services.put_message import put_message
from homeport.outbox.services.run_job import run_next_job
from homeport.outbox.services.withdraw_messages import withdraw_messages
from homeport.outbox.tasks import KEEP_MESSAGES, sweep, tidy
from homeport.people.models import Person, Practice

pytestmark = pytest.mark.django_db
State = OutgoingMessage.State
CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


class Texts:
    """A gateway that keeps what it was given."""

    def __init__(self) -> None:
        self.given: list[tuple[str, str, str]] = []

    def send(self, number: str, text: str, reference: str) -> None:
        self.given.append((number, text, reference))


@pytest.fixture
def texts(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Texts:
    settings.TEXTS = "console:"
    kept = Texts()
    monkeypatch.setattr(gateways, "text_gateway", lambda: kept)
    return kept


def ana(**wishes: Any) -> Person:
    person = accounts.signs_in(people.a_person("Ana"))
    Person.objects.filter(pk=person.pk).update(**wishes)
    return Person.objects.select_related("user").get(pk=person.pk)


def put(to: Person | None = None, key: str = "k", **more: Any) -> OutgoingMessage:
    given = {"kind": "test", "subject": "Hello", "body": "Tuesday at two.", **more}
    return put_message(to=to, key=key, **given)


def fresh(message: OutgoingMessage) -> OutgoingMessage:
    return OutgoingMessage.objects.get(pk=message.pk)


# --- writing ---


def test_it_is_sent_after_the_transaction_that_caused_it_and_never_without() -> None:
    with transaction.atomic():
        put(ana())
        transaction.set_rollback(True)
    assert not sent()
    put(ana())
    assert not mail.outbox, "nothing leaves while somebody waits for a page"
    while run_next_job():
        pass
    (message,) = mail.outbox
    assert message.body == "Tuesday at two."


def test_a_key_makes_it_once() -> None:
    person = ana()
    first = put(person)
    again = put(person, subject="Another")
    assert again.pk == first.pk
    assert QueuedJob.objects.filter(name="outbox.deliver").count() == 1
    assert [each.subject for each in sent()] == ["Hello"]
    assert put(person).state == State.SENT, "nor once more after it was sent"
    assert len(sent()) == 1


def test_what_it_asks_of_the_database() -> None:
    person = ana()
    put(person, key="makes the data key")
    with exactly(3):  # the message, what stands under its key, its job
        put(person)


def test_what_was_taken_back_is_not_sent_and_may_be_written_again() -> None:
    person = ana()
    put(person, key="appointment:1:a")
    put(person, key="appointment:1:b")
    put(person, key="appointment:10")
    assert withdraw_messages(key_prefix="appointment:1:") == 2
    assert withdraw_messages(key_prefix="appointment:1:") == 0
    put(person, key="appointment:1:a", subject="Again")
    assert sorted(each.subject for each in sent()) == ["Again", "Hello"]
    with pytest.raises(ValueError, match="everything"):
        withdraw_messages(key_prefix="")


def test_neither_words_nor_address_lie_in_plain_and_both_are_wiped() -> None:
    message = put(None, address="somebody@example.org", calendar=CALENDAR)
    held = str({name: bytes(value) if isinstance(value, bytes) else value
                for name, value in OutgoingMessage.objects.values()[0].items()})  # fmt: skip
    for word in ("Tuesday", "somebody", "VCALENDAR"):
        assert word not in held
    sent()
    assert fresh(message).words is None
    put(ana(), key="other", address="x@example.org", kind="invitation")
    sent()
    assert OutgoingMessage.objects.get(key="other").address is None


def test_it_waits_for_its_time_and_is_not_sent_when_it_is_too_late() -> None:
    with time_machine.travel("2026-01-01 12:00Z", tick=False) as clock:
        late = put(ana(), run_at=now() + timedelta(hours=1), until_at=now() + timedelta(hours=2))
        assert not run_next_job()
        clock.shift(timedelta(hours=3))
        assert run_next_job()
        assert not mail.outbox
    assert fresh(late).state == State.FAILED


# --- one reader ---


def test_two_people_at_one_address_never_get_each_others_mail(texts: Texts) -> None:
    shared = "home@example.org"
    put(people.a_person("Ana"), key="a", address=shared, body="For Ana.")
    put(people.a_person("Ben"), key="b", address=shared, body="For Ben.")
    first, second = sent()
    assert {first.body, second.body} == {"For Ana.", "For Ben."}
    assert first.to == second.to == [shared]
    ids = {each.extra_headers["Message-ID"] for each in (first, second)}
    assert len(ids) == 2
    for each in (first, second):
        whole = each.message()
        assert not {"cc", "bcc", "reply-to", "in-reply-to", "references"} & {name.lower() for name in whole}
        assert len(each.recipients()) == 1
    for key, name in (("c", "Ann"), ("d", "Ben")):
        person = people.a_person(name)
        person.phone, person.may_text = "+1 416 555 0100", True
        person.save()
        put(person, key=key, body=f"For {name}.")
    sent()
    assert sorted(text for _, text, _ in texts.given) == ["For Ann.", "For Ben."]
    assert len({reference for *_, reference in texts.given}) == 2


def test_a_person_gets_mail_at_their_own_address_and_no_other() -> None:
    mine = ana()
    put(mine)
    assert mine.user is not None
    assert sent()[0].to == [mine.user.email]


# --- wishes ---


def test_a_wish_that_changed_since_it_was_written_counts() -> None:
    person = ana()
    message = put(person)
    Person.objects.filter(pk=person.pk).update(may_mail=False)
    assert not sent()
    assert fresh(message).state == State.UNREACHABLE


def test_a_text_goes_to_who_wants_no_mail_or_chose_it(texts: Texts) -> None:
    wishes = {"may_text": True, "phone": "+1 416 555 0100"}
    put(ana(may_mail=False, **wishes), key="a", short="Tue 2 pm")
    put(ana(**wishes), key="b", wanted=Channel.TEXT)
    put(ana(**wishes), key="c")
    sent()
    assert [(number, text) for number, text, _ in texts.given] == [
        ("+14165550100", "Tue 2 pm"), ("+14165550100", "Tuesday at two."),
    ]  # fmt: skip
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "wishes",
    [
        {"may_text": False, "phone": "+1 416 555 0100"},
        {"may_text": True, "phone": ""},
        {"may_text": True, "phone": "+44 20 7946 0958"},  # a landline would read it out
    ],
)
def test_who_allows_no_way_is_not_written_to(texts: Texts, wishes: dict[str, Any]) -> None:
    message = put(ana(may_mail=False, **wishes))
    sent()
    assert not texts.given
    assert not mail.outbox
    assert fresh(message).state == State.UNREACHABLE


def test_without_a_gateway_who_chose_texts_gets_mail() -> None:
    put(ana(may_text=True, phone="+1 416 555 0100"), wanted=Channel.TEXT)
    assert len(sent()) == 1


@pytest.mark.parametrize(("neutral", "name"), [(True, "H. Street"), (False, "Harbour Street Therapy")])
def test_the_senders_name_is_neutral_unless_somebody_said_otherwise(neutral: bool, name: str) -> None:
    people.a_practice(name="Harbour Street Therapy")
    Practice.objects.update(neutral_sender="H. Street")
    put(ana(wants_neutral_sender=neutral))
    assert parseaddr(sent()[0].from_email) == (name, "no-reply@localhost")
    put(None, key="x", address="x@example.org")
    assert "H. Street" in sent()[-1].from_email, (
        "of whoever is not known, nobody knows that they said otherwise"
    )


def test_a_calendar_file_goes_with_it_as_calendars_read_it() -> None:
    put(ana(), calendar=CALENDAR)
    whole = message_from_bytes(sent()[0].message().as_bytes(), policy=policy.default)
    (part,) = [each for each in whole.walk() if each.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "REQUEST"
    assert part.get_param("charset") == "utf-8"
    assert part.get_filename() == "invite.ics"
    assert part.get_content().replace("\r\n", "\n") == CALENDAR.decode().replace("\r\n", "\n")


# --- what goes wrong ---


def test_while_the_mail_server_is_away_it_is_tried_again_under_the_same_id(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ids = []

    def away(message: OutgoingMessage, _way: object) -> None:
        ids.append(message.message_id)
        raise SMTPServerDisconnected("private words")

    with time_machine.travel("2026-01-01 12:00Z", tick=False) as clock:
        message = put(ana())
        with monkeypatch.context() as patched:
            patched.setattr("homeport.outbox.services.deliver_message.hand_over", away)
            for _ in range(3):
                assert run_next_job()
                assert not run_next_job(), "it waits before the next try"
                assert fresh(message).state == State.WAITING
                assert "private" not in fresh(message).error
                clock.shift(timedelta(hours=6))
        assert run_next_job()
    assert set(ids) == {mail.outbox[0].extra_headers["Message-ID"]}
    assert fresh(message).state == State.SENT


def test_it_is_given_up_in_the_end_and_that_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise SMTPServerDisconnected

    monkeypatch.setattr("homeport.outbox.services.deliver_message.hand_over", away)
    message = put(ana())
    with time_machine.travel(now(), tick=False) as clock:
        for _ in range(ATTEMPTS):
            run_next_job()
            clock.shift(timedelta(hours=7))
    assert fresh(message).state == State.FAILED
    assert fresh(message).attempts == ATTEMPTS
    assert fresh(message).words is None


@pytest.mark.parametrize(("code", "state"), [(550, State.BOUNCED), (450, State.WAITING)])
def test_an_address_that_the_server_refuses(
    code: int, state: OutgoingMessage.State, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> None:
        raise SMTPRecipientsRefused({"x@example.org": (code, b"no such box")})

    monkeypatch.setattr("homeport.outbox.services.deliver_message.hand_over", refuses)
    message = put(ana())
    assert run_next_job()
    assert fresh(message).state == state


def test_a_message_whose_job_was_lost_is_found_again() -> None:
    with time_machine.travel(now(), tick=False) as clock:
        put(ana())
        QueuedJob.objects.update(state=QueuedJob.State.FAILED)
        sweep()
        assert not run_next_job(), "not before it is late"
        clock.shift(timedelta(minutes=11))
        sweep()
        sweep()
        assert run_next_job()
    assert len(mail.outbox) == 1


def test_nothing_goes_to_somebody_who_was_erased() -> None:
    person = ana()
    message = put(person)
    keys.destroy(f"person:{person.pk}")
    assert not sent()
    assert fresh(message).state == State.WITHDRAWN


def test_to_somebody_who_was_erased_nothing_is_written_and_nothing_breaks() -> None:
    person = ana()
    keys.destroy(f"person:{person.pk}")
    with transaction.atomic():
        message = put(person)
        put(people.a_person("Ben"), key="other", address="b@example.org", kind="invitation")
    assert (message.state, fresh(message).words) == (State.WITHDRAWN, None)
    assert [each.to for each in sent()] == [["b@example.org"]]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="says how SQLite looks things up")
def test_what_is_asked_often_is_found_by_an_index() -> None:
    live, state = {"state__in": OutgoingMessage.LIVE}, QueuedJob.State
    due = Q(state=state.WAITING, run_at__lte=now()) | Q(state=state.RUNNING, leased_until_at__lte=now())
    asked: dict[str, QuerySet[Any]] = {
        "messages_by_key (state=? AND key>? AND key<?)": OutgoingMessage.objects.filter(
            begins_with("a:"), **live
        ),
        "a_message_is_written_once (key=?)": OutgoingMessage.objects.exclude(state="withdrawn").filter(
            key="a"
        ),
        "messages_by_time (state=? AND run_at<?)": OutgoingMessage.objects.filter(run_at__lt=now(), **live),
        "messages_by_end (state=? AND seen_at=?)": OutgoingMessage.objects.filter(
            state__in=OutgoingMessage.NOT_REACHED, seen_at=None
        ),
        "jobs_by_time (state=? AND run_at<?)": QueuedJob.objects.filter(due),
    }
    for index, query in asked.items():
        plan = query.explain()
        assert index in plan
        assert "SCAN" not in plan


def test_a_beginning_is_taken_as_it_is_written() -> None:
    for key in ("a%c:1", "abc:1", "A%C:1", "a%c", "a%c:\U0001f600"):
        put(ana(), key=key)
    assert withdraw_messages(key_prefix="a%c:") == 2


def test_one_that_two_workers_send_ends_once() -> None:
    message = put(ana())
    assert message.move_to(State.SENDING)
    deliver_message(message_id=message.pk)
    deliver_message(message_id=message.pk)
    assert len(mail.outbox) == 1
    assert not message.move_to(State.WAITING)
    assert fresh(message).state == State.SENT


def test_they_are_forgotten_after_a_while_with_the_keys_of_their_months() -> None:
    with time_machine.travel("2026-01-15 12:00Z", tick=False) as clock:
        put(None, address="x@example.org")
        put(ana(), key="later", run_at=now() + timedelta(days=400))
        sent()
        clock.shift(KEEP_MESSAGES - timedelta(days=1))
        tidy()
        assert OutgoingMessage.objects.count() == 2
        clock.shift(timedelta(days=31))
        tidy()
        assert [each.key for each in OutgoingMessage.objects.all()] == ["later"]
        assert keys.scopes_under("outbox:") == []


def test_the_table_of_its_states_is_whole() -> None:
    assert set(OutgoingMessage.TRANSITIONS) == set(State)
    for state in (State.BOUNCED, State.FAILED, State.UNREACHABLE, State.WITHDRAWN):
        assert not OutgoingMessage.TRANSITIONS[state]
