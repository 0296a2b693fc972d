"""How views reach rows. There is no other way: a contract of the import linter and a test hold it.

Each route says what material it shows and what is done to it (:func:`route`); the permission tests read that list. What
a person may not see is not there for them: :class:`Hidden` becomes a 404, as for an id that never was.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.http import Http404, HttpRequest

from homeport.access.decide import may_see
from homeport.access.rows import annotated, facts_of, visible
from homeport.access.standing import Standing, standing_of
from homeport.access.table import Sight
from homeport.audit.services.record import record_apart
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clinical import ClinicalRow
from homeport.core.materials import Material
from homeport.core.sealed.box import warm

Row = TypeVar("Row", bound=ClinicalRow)
View = TypeVar("View", bound=Callable[..., Any])


class Hidden(Http404):
    """Not there, for this person."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What a route handles. ``material`` is None for pages that show nothing about anybody else."""

    material: Material | None
    verb: Verb
    public: bool = False


def route(*, verb: Verb, material: Material | None = None, public: bool = False) -> Callable[[View], View]:
    """Declare what the decorated view handles. A route without it fails a test."""

    def declare(view: View) -> View:
        view.declared = Declared(material, verb, public)  # type: ignore[attr-defined]
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


def get_row(request: HttpRequest, model: type[Row], row_id: UUID, sight: Sight = Sight.WHOLE) -> Row:
    """The row, if this person may see it to this extent; the reading is in the audit before it is returned.

    Raises ``Hidden`` otherwise, alike for what is not theirs and for what never was.
    """
    standing = standing_in(request)
    row = annotated(standing, model).filter(pk=row_id).first()
    if row is None or not may_see(standing, facts_of(row), sight):
        raise Hidden
    _audited(request, model, Verb.READ, [row])
    return row


def get_rows(
    request: HttpRequest,
    model: type[Row],
    *,
    case_id: UUID | None = None,
    subject_id: UUID | None = None,
    sight: Sight = Sight.WHOLE,
    limit: int = 100,
) -> list[Row]:
    """The rows this person may see, newest first. One query, one event in the audit, one look into the key store."""
    query = visible(standing_in(request), model, sight)
    if case_id is not None:
        query = query.filter(case_id=case_id)
    if subject_id is not None:
        query = query.filter(subject_id=subject_id)
    rows = list(query.order_by("-created_at", "pk")[:limit])
    warm(value for row in rows for value in row.__dict__.values())
    _audited(request, model, Verb.LIST, rows)
    return rows


def _audited(request: HttpRequest, model: type[Row], verb: Verb, rows: list[Row]) -> None:
    """One event a page, in its own short transaction, before anything is sent. One's own things are one's own business."""
    actor = actor_in(request)
    others = [row for row in rows if actor.person_id not in (row.author_id, row.subject_id)]
    for subject in {row.subject_id or row.author_id for row in others}:
        of_subject = [row for row in others if (row.subject_id or row.author_id) == subject]
        record_apart(
            actor=actor,
            verb=verb,
            material=model.material,
            row_id=of_subject[0].pk if verb is Verb.READ else None,
            case_id=of_subject[0].case_id,
            subject_id=subject,
            count=len(of_subject),
        )
