"""The record of who did what: only ever added to, and whoever changes it is found out."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction

from homeport.audit.models import AuditEvent, AuditLink
from homeport.audit.models.append_only import AppendOnlyError
from homeport.audit.selectors import verify_chain, who_looked
from homeport.audit.services import seal_chain as sealing
from homeport.audit.services.record import record, record_apart
from homeport.audit.services.seal_chain import seal_chain
from homeport.audit.verbs import Verb
from homeport.core import keys
from homeport.core.actor import Actor, system
from homeport.core.ids import new_id
from homeport.core.keys import store
from homeport.core.materials import Material

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(autouse=True)
def fresh_keys() -> None:
    store.forget_opened()


def look(subject, *, material: str = Material.JOURNAL_ENTRY, reason: str = "", person=None) -> None:
    actor = Actor("person", user_id=new_id(), person_id=person or new_id(), via="test")
    record(actor=actor, verb=Verb.READ, material=material, row_id=new_id(), subject_id=subject, reason=reason)


def tamper(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_events_are_chained_and_hold() -> None:
    subject = new_id()
    for _ in range(5):
        look(subject)
    assert seal_chain() == 5
    look(subject)
    assert seal_chain() == 1
    assert seal_chain() == 0
    found = verify_chain()
    assert (found.links, found.faults) == (6, ())


def test_many_events_are_chained_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "BATCH", 2)
    for _ in range(5):
        look(new_id())
    assert [seal_chain() for _ in range(4)] == [2, 2, 1, 0]
    assert verify_chain().faults == ()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_auditevent SET verb = 'list'",
        "UPDATE audit_auditevent SET at = '2020-01-01 00:00:00'",
        "UPDATE audit_auditevent SET reason = NULL",
        "DELETE FROM audit_auditevent WHERE id IN (SELECT event_id FROM audit_auditlink WHERE sequence = 2)",
        "DELETE FROM audit_auditlink WHERE sequence = 2",
        "UPDATE audit_auditlink SET hash = (SELECT hash FROM audit_auditlink WHERE sequence = 3) WHERE sequence = 2",
    ],
)
def test_whoever_changes_it_is_found_out(sql: str) -> None:
    for _ in range(3):
        look(new_id(), reason="cover for a colleague")
    seal_chain()
    assert verify_chain().faults == ()
    tamper(sql)
    assert verify_chain().faults


def test_a_tail_cut_off_is_seen_by_a_head_that_was_noted() -> None:
    for _ in range(3):
        look(new_id())
    seal_chain()
    head = verify_chain().head
    tamper(
        "DELETE FROM audit_auditevent WHERE id IN (SELECT event_id FROM audit_auditlink WHERE sequence = 3)"
    )
    tamper("DELETE FROM audit_auditlink WHERE sequence = 3")
    assert verify_chain().faults == ()
    assert verify_chain(head=head).faults


def test_it_cannot_be_changed_or_deleted_through_the_models() -> None:
    look(new_id())
    event = AuditEvent.objects.get()
    for attempt in (
        event.save,
        event.delete,
        AuditEvent.objects.all().delete,
        lambda: AuditEvent.objects.update(verb=Verb.LIST),
        lambda: AuditEvent.objects.bulk_update([event], ["verb"]),
        AuditLink.objects.all().delete,
    ):
        with pytest.raises(AppendOnlyError):
            attempt()


def test_a_reason_is_sealed_and_erasing_it_leaves_the_chain_whole() -> None:
    subject = new_id()
    look(subject, reason="She called about her brother.")
    seal_chain()
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM audit_auditevent")
        assert b"brother" not in bytes(cursor.fetchone()[0])
    assert AuditEvent.objects.get().reason == "She called about her brother."
    keys.destroy(f"person:{subject}")
    with pytest.raises(keys.KeyGone):
        _ = AuditEvent.objects.get().reason
    assert verify_chain().faults == ()


def test_an_event_in_a_failed_transaction_goes_with_it() -> None:
    with transaction.atomic():
        look(new_id())
        transaction.set_rollback(True)
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_an_event_apart_refuses_to_hang_on_another_transaction() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError):
        record_apart(actor=system("test"), verb=Verb.REFUSED, material=Material.SESSION_NOTE)
    record_apart(actor=system("test"), verb=Verb.REFUSED, material=Material.SESSION_NOTE)
    assert AuditEvent.objects.count() == 1


def test_a_person_sees_who_looked_but_no_trace_of_the_screen_and_not_themselves() -> None:
    person = new_id()
    look(person)
    look(person, material=Material.VIOLENCE_SCREEN)
    look(person, person=person)
    look(new_id())
    assert [event.material for event in who_looked(person)] == [Material.JOURNAL_ENTRY]


def test_events_that_nobody_chains_are_told() -> None:
    with time_machine.travel("2026-01-01 12:00Z", tick=False) as clock:
        look(new_id())
        assert verify_chain().faults == ()
        clock.shift(timedelta(minutes=11))
        assert "worker" in verify_chain().faults[0]


def test_an_event_that_was_committed_late_is_still_chained() -> None:
    with time_machine.travel("2026-01-01 12:00Z", tick=False) as clock:
        early = AuditEvent(actor_kind="system", via="slow", verb=Verb.READ, material="x")
        clock.shift(timedelta(minutes=2))
        look(new_id())
        seal_chain()
        early.save()
        assert seal_chain() == 1
    assert AuditLink.objects.count() == 2
