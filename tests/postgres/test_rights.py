"""What the web role and the worker may do to the audit and to the data keys, whatever our code asks for."""

from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction
from tests.factories.people import a_person, acting
from tests.postgres.roles import as_role

from homeport.audit.models import AuditEvent, AuditLink
from homeport.audit.selectors import verify_chain
from homeport.audit.services.record import record
from homeport.audit.services.seal_chain import seal_chain
from homeport.audit.verbs import Verb
from homeport.core import keys
from homeport.core.keys.store import forget_opened

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ROLES = ("web", "worker")


@pytest.fixture
def audited() -> None:
    for _ in range(3):
        record(actor=acting(a_person()), verb=Verb.READ, material="session_note", reason="cover")
    assert seal_chain() >= 3


def refused(role: str, statement: str, alias: str = "default") -> bool:
    """Whether the database refuses the statement for want of a right."""
    try:
        with transaction.atomic(using=alias), as_role(role), connections[alias].cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return "permission denied" in str(error) or "must be owner" in str(error)
    return False


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditevent SET verb = 'list'",
        "UPDATE audit_auditevent SET reason = NULL WHERE false",
        "DELETE FROM audit_auditevent",
        "TRUNCATE audit_auditevent",
        "UPDATE audit_auditlink SET hash = ''",
        "DELETE FROM audit_auditlink",
        "TRUNCATE audit_auditlink",
        "DROP TABLE audit_auditlink",
        "ALTER TABLE audit_auditevent ADD COLUMN more text",
        "INSERT INTO audit_auditevent SELECT * FROM audit_auditevent ON CONFLICT (id) DO UPDATE SET verb = 'list'",
    ],
)
def test_the_audit_is_only_ever_added_to(audited: None, role: str, statement: str) -> None:
    before = everything()
    assert refused(role, statement)
    assert everything() == before
    assert not verify_chain().faults


def everything() -> list[Any]:
    return [list(model.objects.order_by("pk").values_list()) for model in (AuditEvent, AuditLink)]


def test_pages_add_events_and_the_worker_alone_chains_them(audited: None) -> None:
    links, somebody = AuditLink.objects.count(), acting(a_person())
    for role in ROLES:
        with as_role(role):
            record(actor=somebody, verb=Verb.READ, material="x")
    assert refused(
        "web",
        "INSERT INTO audit_auditlink SELECT sequence + 100, event_id, hash, linked_at FROM audit_auditlink",
    )
    with as_role("worker"):
        seal_chain()
    assert AuditLink.objects.count() > links
    with as_role("web"):
        assert not verify_chain().faults


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM core_datakey",
        "TRUNCATE core_datakey",
        "DROP TABLE core_datakey",
        "CREATE TABLE keys_of_mine (wrapped bytea)",
        "CREATE TEMP TABLE keys_of_mine (wrapped bytea)",
    ],
)
def test_the_key_store_loses_no_row(role: str, statement: str) -> None:
    assert refused(role, statement, "keys")


@pytest.mark.parametrize("role", ROLES)
def test_both_make_use_and_destroy_keys(role: str) -> None:
    with as_role(role):
        key_id, cipher = keys.cipher("person:rights")
        forget_opened()
        assert (
            keys.cipher_by_id(key_id).decrypt(b"0" * 12, cipher.encrypt(b"0" * 12, b"x", None), None) == b"x"
        )
        assert keys.destroy("person:rights") == 1
        with pytest.raises(keys.KeyGone):
            keys.cipher_by_id(key_id)
    forget_opened()
