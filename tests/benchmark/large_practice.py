"""A practice of any size, quickly: a thousand cases through the models, and copies of them made inside the database.

A copy has other endings to its ids, and so stands beside the first with nothing in common: a therapist of the first keeps
their cases, while everybody else becomes many.
"""

from typing import Any
from uuid import UUID

CASELOAD, CASES = 200, 1_000


def _id(number: int) -> UUID:
    """Ids whose last six digits are free for the number of the copy."""
    return UUID(int=(0x5EED << 112) | (4 << 76) | (2 << 62) | (number << 24))


def practice() -> UUID:
    """A thousand cases of five therapists; returns the first of them."""
    from homeport.access.models import Release
    from homeport.cases.models import CareTeamMember, Case, Participant
    from homeport.core.sealed.box import Sealed
    from homeport.encounters.models import SessionNote
    from homeport.exercises.models import JournalEntry
    from homeport.people.models import Person, Role, RoleHolding

    rows: dict[type[Any], list[Any]] = {}
    made = iter(range(1, 10_000_000))

    def add(model: type[Any], **fields: Any) -> Any:
        row = model(id=_id(next(made)), **fields)
        rows.setdefault(model, []).append(row)
        return row

    words = Sealed(bytes(200))  # never opened here
    staff = [add(Person, name="Thea") for _ in range(CASES // CASELOAD)]
    for person in staff:
        add(RoleHolding, person=person, role=Role.THERAPIST)
    for number in range(CASES):
        lead, client = staff[number % len(staff)], add(Person, name="Cleo")
        case = add(Case, kind="individual", jurisdiction="CA-ON")
        add(CareTeamMember, case=case, person=lead)
        add(Participant, case=case, person=client, role="client")
        about = {"case_id": case.pk, "subject_id": client.pk}
        notes = [add(SessionNote, author_id=lead.pk, words=words, **about) for _ in range(3)]
        entries = [add(JournalEntry, author_id=client.pk, words=words, **about) for _ in range(3)]
        given = {"case_id": case.pk, "given_by_id": client.pk}
        add(Release, material="journal_entry", row_id=entries[0].pk, **given)
        add(Release, material="session_note", row_id=notes[0].pk, recipient_id=client.pk, **given)
    for model, made_rows in rows.items():
        _insert(model, made_rows)
    global _MODELS  # noqa: PLW0603 - what is there to be copied
    _MODELS = list(rows)
    return staff[0].pk


_MODELS: list[type[Any]] = []


def _insert(model: type[Any], rows: list[Any]) -> None:
    from homeport.core.sealed import fields

    # What is sealed already goes in as it is: these words are never opened.
    kept = fields._SealedField.pre_save
    fields._SealedField.pre_save = lambda self, row, add: row.__dict__.get(self.attname)  # type: ignore[method-assign]
    try:
        model._default_manager.bulk_create(rows, batch_size=500)
    finally:
        fields._SealedField.pre_save = kept  # type: ignore[method-assign]


def multiply(copies: int) -> None:
    """Copy every table that :func:`practice` filled, until there are ``copies`` of it."""
    from django.db import connection, transaction

    postgresql = connection.vendor == "postgresql"
    counting = "WITH RECURSIVE n(copy) AS (SELECT 1 UNION ALL SELECT copy + 1 FROM n WHERE copy < {last}) SELECT copy FROM n"
    numbers = "SELECT generate_series(1, {last}) AS copy" if postgresql else counting
    numbers = numbers.format(last=copies - 1)

    def ending(column: str) -> str:
        if postgresql:
            return f"(left(t.{column}::text, 30) || lpad(to_hex(copy), 6, '0'))::uuid"
        return f"substr(t.{column}, 1, 26) || printf('%06x', copy)"

    with transaction.atomic(), connection.cursor() as cursor:
        for model in _MODELS:
            fields = model._meta.concrete_fields
            names = ", ".join(f'"{field.column}"' for field in fields)
            values = ", ".join(
                ending(f'"{field.column}"') if _is_id(field) else f't."{field.column}"' for field in fields
            )
            table = f'"{model._meta.db_table}"'
            cursor.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} t, ({numbers}) c")


def _is_id(field: Any) -> bool:
    target = field.target_field if field.is_relation else field
    return bool(target.get_internal_type() == "UUIDField")
