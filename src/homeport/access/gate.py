"""How views reach rows. There is no other way: a contract of the import linter and a test hold it.

Each route says what material it shows and what is done to it (:func:`route`); the permission tests read that list. What
a person may not see is not there for them: :class:`Hidden` becomes a 404, as for an id that never was.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from homeport.access.decide import may_see
from homeport.access.duties import Duty, may_do
from homeport.access.on_cases import CaseAct, may_with_case
from homeport.access.rows import annotated, facts_of, visible
from homeport.access.standing import Standing, standing_of
from homeport.access.table import Sight
from homeport.access.wall import person_set
from homeport.audit.services.record import record_apart
from homeport.audit.verbs import Verb
from homeport.cases.models import Case
from homeport.core.actor import Actor
from homeport.core.clinical import ClinicalRow
from homeport.core.materials import Material
from homeport.core.sealed.box import still_there

Row = TypeVar("Row", bound=ClinicalRow)
View = TypeVar("View", bound=Callable[..., Any])
EVERYTHING = Q()
READS = ("GET", "HEAD")
WRITES = ("POST",)
FORM = (*READS, *WRITES)


class Hidden(Http404):
    """Not there, for this person."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What a route handles. ``material`` is None for pages that show nothing about anybody else.

    ``public``: no sign-in is asked for. ``methods``: every other one is answered with 405 before anything is looked up.
    """

    material: Material | None
    verb: Verb
    public: bool = False
    methods: tuple[str, ...] = READS


def route(
    *,
    verb: Verb,
    material: Material | None = None,
    public: bool = False,
    methods: tuple[str, ...] = READS,
) -> Callable[[View], View]:
    """Declare what the decorated view handles. A route that nothing declares asks for a sign-in, and fails a test."""

    def declare(view: View) -> View:
        view.declared = Declared(material, verb, public, methods)  # type: ignore[attr-defined]
        return view

    return declare


def standing_in(request: HttpRequest) -> Standing:
    """The standing of whoever sent the request, read once."""
    held: Standing | None = getattr(request, "_standing", None)
    if held is None:
        held = standing_of(actor_in(request))
        request._standing = held  # type: ignore[attr-defined]
    return held


def actor_in(request: HttpRequest) -> Actor:
    """Whoever sent the request, as the middleware of the room `web` found them."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def person_in(request: HttpRequest) -> UUID:
    """The person who sent the request. Raises ``Hidden`` where nobody is known behind the sign-in."""
    person_id = actor_in(request).person_id
    if person_id is None:
        raise Hidden
    return person_id


def require_duty(request: HttpRequest, duty: Duty) -> None:
    """Raise ``Hidden`` unless one of the person's roles carries the duty."""
    if not may_do(standing_in(request), duty):
        raise Hidden


def get_case(request: HttpRequest, case_id: UUID, act: CaseAct) -> Case:
    """The case, if this person may do this with it; whoever looks into one that is not their own is in the audit.

    Raises ``Hidden`` otherwise, alike for a case that never was.
    """
    if not may_with_case(standing_in(request), act, case_id):
        raise Hidden
    case = Case.objects.filter(pk=case_id).first()
    if case is None:
        raise Hidden
    if act is CaseAct.SEE:
        record_apart(
            actor=actor_in(request), verb=Verb.READ, material="case", row_id=case_id, case_id=case_id
        )
    return case


def get_row(request: HttpRequest, model: type[Row], row_id: UUID, sight: Sight = Sight.WHOLE) -> Row:
    """The row, if this person may see it to this extent; the reading is in the audit before it is returned.

    Raises ``Hidden`` otherwise, alike for what is not theirs and for what never was.
    """
    standing = standing_in(request)
    with person_set(actor_in(request)):
        row = annotated(standing, model).filter(pk=row_id).first()
    if row is None or not may_see(standing, facts_of(row), sight) or not still_there([row]):
        raise Hidden
    _audited(request, model, Verb.READ, [row])
    return row


def get_rows(
    request: HttpRequest,
    model: type[Row],
    where: Q = EVERYTHING,
    *,
    limit: int = 100,
    sight: Sight = Sight.WHOLE,
) -> list[Row]:
    """The rows this person may see to this extent, of those that ``where`` names, newest first; none that was erased.

    One query, an event in the audit for each person they are about, one look into the key store.
    """
    query = visible(standing_in(request), model, sight).filter(where).order_by("-created_at", "pk")
    with person_set(actor_in(request)):
        rows = _first(query, limit)
    _audited(request, model, Verb.LIST, rows)
    return rows


def get_to_answer(request: HttpRequest, model: type[Row]) -> Row | None:
    """The oldest row of one's own that waits for an answer. There is nothing in it yet: it is no reading."""
    query = visible(standing_in(request), model, Sight.TO_ANSWER).filter(author_id=person_in(request))
    with person_set(actor_in(request)):
        return next(iter(_first(query.order_by("created_at", "pk"), 1)), None)


def _first(query: "QuerySet[Row]", limit: int) -> list[Row]:
    """The first that are still there. Only where some were erased does it ask more than once."""
    found: list[Row] = []
    begin = 0
    while True:
        rows = list(query[begin : begin + limit])
        found += still_there(rows)
        begin += limit
        if len(found) >= limit or len(rows) < limit:
            return found[:limit]


def _audited(request: HttpRequest, model: type[Row], verb: Verb, rows: list[Row]) -> None:
    """One event a page and person, in a short transaction of its own, before anything is sent.

    One's own things are one's own business; of what is joint no one person is the subject.
    """
    actor, standing = actor_in(request), standing_in(request)
    owners = {row.pk: facts_of(row).owner_id for row in rows}
    # What a clinician wrote down of somebody else, they read as a clinician.
    others = [
        row
        for row in rows
        if owners[row.pk] is None
        or owners[row.pk] != actor.person_id
        or (row.case_id in standing.professional_cases and row.subject_id not in (None, actor.person_id))
    ]
    mine = [row for row in others if row.case_id in standing.participates_in]
    if mine and verb is Verb.READ:
        # What was opened to somebody of the same case, they may read unwatched: it is in nobody's "who looked".
        record_apart(actor=actor, verb=verb, material=model.material, row_id=mine[0].pk)
    theirs = [row for row in others if row.case_id not in standing.participates_in]
    places = dict.fromkeys((row.case_id, row.subject_id or owners[row.pk]) for row in theirs)
    for case_id, subject_id in places:
        here = [
            row for row in theirs if (row.case_id, row.subject_id or owners[row.pk]) == (case_id, subject_id)
        ]
        record_apart(
            actor=actor,
            verb=verb,
            material=model.material,
            row_id=here[0].pk if verb is Verb.READ else None,
            case_id=case_id,
            subject_id=subject_id,
            count=len(here),
        )
