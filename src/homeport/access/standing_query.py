"""The one query behind a standing: everything a person is to anybody, as rows of one shape.

Putting the union together takes Django over ten milliseconds, running it a fraction of one. So it is put together once a
database, with two marks in the place of the person and the moment, and run with the real ones. PostgreSQL takes over a
millisecond to plan it: there it is a function (see ``second_wall``), which is planned once a connection.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import CharField, DateField, DateTimeField, F, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from homeport.access.models import BrokenGlass
from homeport.cases.models import CareTeamMember, GuardianNarrowing, Participant
from homeport.core.clock import now
from homeport.people.models import Guardianship, RoleHolding
from homeport.people.models.guardianship import stands_for_child_at
from homeport.people.models.lasting import holds_at

# Kind, id, id, text, date. What a kind does not have is None; nobody reads it there.
Row = tuple[str, Any, Any, Any, date | None]
AS_FUNCTION = "SELECT * FROM homeport_standing(%s, %s)"
MARK_PERSON = UUID("00000000-0000-4000-8000-00000000f00d")
MARK_MOMENT = datetime(1879, 3, 14, 11, 30, 17, 123456, tzinfo=UTC)


def everything(me: UUID) -> Iterator[Row]:
    """Rows of (kind, id, id, text, date) about ``me``, now; one query."""
    connection = connections[DEFAULT_DB_ALIAS]
    real = {"person": _adapted(UUIDField(), me), "moment": _adapted(DateTimeField(), now())}
    if connection.vendor == "postgresql":
        sql, parameters = AS_FUNCTION, [real["person"], real["moment"]]
    else:
        sql, marked = _compiled(DEFAULT_DB_ALIAS, connection.vendor)
        parameters = [real[mark] if mark else value for mark, value in marked]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        for kind, row_id, other_id, text, born in cursor.fetchall():
            yield kind, _uuid(row_id), _uuid(other_id), text, _date(born)


def as_text(person: str, moment: str) -> str:
    """The query as one text for PostgreSQL, with these expressions in the place of the two marks."""
    operations: Any = connections[DEFAULT_DB_ALIAS].ops
    compose = operations.compose_sql
    sql, parameters = _query(MARK_PERSON, MARK_MOMENT).query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    text: str = compose(sql, parameters)
    for mark, expression in ((MARK_PERSON, person), (MARK_MOMENT, moment)):
        literal = compose("%s", [mark])
        assert literal in text, "a mark was lost in the query"
        text = text.replace(literal, expression)
    return text


@lru_cache(maxsize=4)
def _compiled(alias: str, _vendor: str) -> tuple[str, tuple[tuple[str, Any], ...]]:
    """The SQL, and its parameters: each a mark to be replaced ("person", "moment"), or a value that stays."""
    compiler = _query(MARK_PERSON, MARK_MOMENT).query.get_compiler(alias)
    sql, parameters = compiler.as_sql()
    marks = {
        _adapted(UUIDField(), MARK_PERSON): "person",
        _adapted(DateTimeField(), MARK_MOMENT): "moment",
    }
    marked = tuple((marks.get(value, ""), value) for value in parameters)
    assert {mark for mark, _ in marked} == {"person", "moment", ""}, "a mark was lost in the query"
    return sql, marked


def _adapted(field: Any, value: Any) -> Any:
    return field.get_db_prep_value(value, connections[DEFAULT_DB_ALIAS])


def _uuid(value: Any) -> UUID | None:
    return UUID(value) if isinstance(value, str) else value


def _date(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _query(me: UUID, moment: datetime) -> "QuerySet[Any, Any]":
    here = holds_at(moment)
    team = CareTeamMember.objects.filter(here)
    covering = holds_at(moment, "person__covered_by__") & Q(person__covered_by__by=me)
    supervising = holds_at(moment, "person__supervised_by__") & Q(person__supervised_by__supervisor=me)
    guarded = Guardianship.objects.filter(stands_for_child_at(moment), guardian=me)
    in_case = holds_at(moment, "child__participations__")
    parts = [
        _five(Participant.objects.filter(here, person=me), "participates_in", "case_id"),
        _five(team.filter(person=me), "cares_for", "case_id"),
        _five(team.filter(covering), "covers", "case_id"),
        _five(team.filter(supervising), "supervises", "case_id"),
        _five(BrokenGlass.objects.filter(here, person_id=me), "broke_glass", "case_id"),
        _five(RoleHolding.objects.filter(here, person=me), "role", None, text="role"),
        _five(
            guarded.filter(in_case, child__participations__consents_alone=False),
            "guards",
            "child__participations__case_id",
            other_id="child_id",
            text="child__participations__case__jurisdiction",
            born="child__birth_date",
        ),
        _five(
            GuardianNarrowing.objects.filter(here, guardian=me),
            "narrowed",
            "participant__case_id",
            other_id="participant__person_id",
            text="hides",
        ),
    ]
    return parts[0].union(*parts[1:], all=True)


def _five(
    query: "QuerySet[Any, Any]",
    kind: str,
    row_id: str | None,
    *,
    other_id: str | None = None,
    text: str | None = None,
    born: str | None = None,
) -> "QuerySet[Any, Any]":
    """The query as rows of (kind, id, id, text, date), each column typed, so that all of them fit one union."""
    return query.order_by().values_list(
        Cast(Value(kind), CharField()),
        F(row_id) if row_id else Cast(Value(None), UUIDField()),
        F(other_id) if other_id else Cast(Value(None), UUIDField()),
        Cast(F(text), CharField()) if text else Cast(Value(None), CharField()),
        F(born) if born else Cast(Value(None), DateField()),
    )
