"""The answer for many: which rows of one kind a person may see.

The condition is built from the same table as the answer for one row, cell by cell, and a test holds the two equal.
"""

from typing import TypeVar, cast
from uuid import UUID

from django.db.models import Q, QuerySet

from homeport.access.facts import RowFacts
from homeport.access.opened import Opened
from homeport.access.standing import Standing
from homeport.access.table import TABLE, WRITTEN_BY_STAFF, Relation, Sight, When
from homeport.core.clinical import ClinicalRow
from homeport.core.clock import now

Row = TypeVar("Row", bound=ClinicalRow)
NONE = Q(pk__in=[])
ALL = ~NONE


def visible(standing: Standing, model: type[Row], sight: Sight = Sight.WHOLE) -> "QuerySet[Row]":
    """The rows of ``model`` that this person may see to this extent, each annotated with the facts of its releases."""
    query = annotated(standing, model)
    if standing.person_id is None:
        return query.none()
    wanted = {sight, Sight.WHOLE}
    condition = NONE
    for relation, cells in TABLE[model.material].items():
        for found, when in cells:
            if found in wanted:
                condition |= _related(standing, model, relation) & _holds(standing, model, when)
    return query.filter(condition)


def annotated(standing: Standing, model: type[Row]) -> "QuerySet[Row]":
    """All rows of ``model``, each with ``is_released`` (to this person) and ``is_shared`` (with the care team)."""
    moment = now()
    query = model._default_manager.annotate(
        is_released=Opened(standing.person_id, moment), is_shared=Opened(None, moment)
    )
    return cast("QuerySet[Row]", query)


def facts_of(row: ClinicalRow) -> RowFacts:
    """What the table needs to know of a row that came from :func:`annotated`."""
    held = set()
    if getattr(row, "is_released"):  # noqa: B009 - an annotation, unknown to the type
        held.add(When.RELEASED)
    if getattr(row, "is_shared"):  # noqa: B009
        held.add(When.SHARED_WITH_TEAM)
    held.update(When(name) for name in row.access_conditions())
    return RowFacts(
        material=row.material,
        author_id=row.author_id,
        subject_id=row.subject_id,
        case_id=row.case_id,
        conditions=frozenset(held),
    )


def _owner(model: type[ClinicalRow]) -> str:
    return "subject_id" if model.material in WRITTEN_BY_STAFF else "author_id"


def _related(standing: Standing, model: type[ClinicalRow], relation: Relation) -> Q:
    """The rows to which this person is that."""
    me, owner = standing.person_id, _owner(model)
    mine = Q(**{owner: me})
    apart = ~Q(case_id__in=standing.participates_in)
    by_case = {
        Relation.CARE_TEAM: standing.cares_for | standing.covers,
        Relation.SUPERVISOR: standing.supervises,
        Relation.EMERGENCY: standing.broke_glass,
    }
    if relation in by_case:
        return Q(case_id__in=by_case[relation] - standing.participates_in)
    if relation is Relation.OWNER:
        return mine
    if relation is Relation.SUBJECT:
        return Q(subject_id=me) & ~mine
    if relation is Relation.PARTICIPANT:
        return Q(case_id__in=standing.participates_in) & _not(owner, me)
    if relation is Relation.WRITER:
        return Q(author_id=me, case_id__in=standing.cares_for) & _not(owner, me) & apart
    if relation is Relation.GUARDIAN:
        return _of_children(owner, standing.guards)
    if relation is Relation.NAMED:
        return ALL if standing.is_clinician else NONE
    return ALL if relation in standing.desk_relations else NONE


def _of_children(owner: str, children: frozenset[tuple[UUID, UUID]]) -> Q:
    """Rows of these children, each in the case in which they are guarded."""
    condition = NONE
    for case_id, child_id in sorted(children):
        condition |= Q(**{"case_id": case_id, owner: child_id})
    return condition


def _not(column: str, person: object) -> Q:
    """``column`` is not ``person``; a joint row, whose column is empty, is not anybody's."""
    return ~Q(**{column: person}) | Q(**{column: None})


def _holds(standing: Standing, model: type[ClinicalRow], when: When) -> Q:
    """The rows for which the condition holds."""
    joint = Q(case_id__isnull=False, subject_id=None)
    if when is When.ALWAYS:
        return ALL
    if when is When.RELEASED:
        return Q(is_released=True)
    if when is When.JOINT:
        return joint
    if when is When.JOINT_RELEASED:
        return joint & Q(is_released=True)
    if when is When.SHARED_WITH_TEAM:
        return Q(is_shared=True)
    if when is When.JURISDICTION:
        return _of_children(_owner(model), standing.guards_with_appointments)
    return model.access_condition(when)
