"""What this room's pages read."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest

from homeport.access.gate import get_rows
from homeport.access.wall import person_set
from homeport.assessments.models import TABLES, Administration, Assignment, Kind, Score, tables_for
from homeport.assessments.wordings import OWN
from homeport.catalogue.selectors.installed_wordings import current_wordings
from homeport.content.instruments import all_keys
from homeport.core.actor import Actor

MOST = 100


def due_for(person_id: UUID, *, case_id: UUID | None = None) -> list[Assignment]:
    """What waits for this person's own answers, in the order in which it is asked. One query, for their own pages.

    ``case_id`` narrows it down. It says nothing of anybody else's, and nobody but them is to be shown it;
    what the care team sees of it is in :func:`what_came_in`.
    """
    wanted = Q(author_id=person_id, state=Assignment.State.DUE)
    if case_id is not None:
        wanted &= Q(case_id=case_id)
    with person_set(Actor("person", person_id=person_id)):
        return list(Assignment.objects.filter(wanted).order_by("place", "created_at", "pk")[:MOST])


def begun_of(assignments: Collection[Assignment]) -> dict[UUID, Administration]:
    """The filling-in of each of one person's assignments that was begun, by assignment. One query a kind that occurs."""
    found: dict[UUID, Administration] = {}
    for kind in sorted({each.kind for each in assignments}):
        mine = [each for each in assignments if each.kind == kind]
        with person_set(Actor("person", person_id=mine[0].author_id)):
            for each in tables_for(kind).administration.objects.filter(assignment__in=mine):
                found[each.assignment_id] = each
    return found


@dataclass(frozen=True, slots=True)
class CameIn:
    """One assignment of a case as the care team sees it. ``scores``: those that stand now; none before it was sent."""

    assignment: Assignment
    administration: Administration | None
    scores: tuple[Score, ...]


def what_came_in(request: HttpRequest, case_id: UUID) -> list[CameIn]:
    """What was asked and what came in of a case, through the gate and audited; latest first. At most seven queries.

    Whoever may not see a piece does not get it: alliance answers, for one, come only as the case agreed.
    """
    asked = get_rows(request, Assignment, Q(case_id=case_id), limit=MOST)
    ids = [each.pk for each in asked]
    begun: dict[UUID, Administration] = {}
    scores: dict[UUID, list[Score]] = {}
    for kind in [kind for kind in Kind if any(each.kind == kind for each in asked)]:
        administration, score = _tables(kind)
        for each in get_rows(request, administration, Q(assignment_id__in=ids), limit=MOST):
            begun[each.assignment_id] = each
        standing = Q(administration__assignment_id__in=ids, replaced_at=None)
        for each in get_rows(request, score, standing, limit=10 * MOST):
            scores.setdefault(each.administration_id, []).append(each)
    return [_came_in(each, begun.get(each.pk), scores) for each in asked]


def _tables(kind: Kind) -> tuple[Any, Any]:
    return TABLES[kind].administration, TABLES[kind].score


def _came_in(asked: Assignment, begun: Administration | None, scores: dict[UUID, list[Score]]) -> CameIn:
    found = scores.get(begun.pk, []) if begun else []
    return CameIn(asked, begun, tuple(sorted(found, key=lambda score: score.scale)))


def instruments_with_words() -> tuple[list[tuple[str, str]], list[str]]:
    """What can be put before people here, as (id, name) by name; and the names of what cannot, for want of words.

    One query.
    """
    installed = {row["instrument"] for row in current_wordings()} | {OWN}
    ready, without = [], []
    for key in all_keys():
        name = f"{key.title} ({key.abbreviation})" if key.abbreviation not in ("", key.title) else key.title
        if key.id in installed:
            ready.append((key.id, name))
        else:
            without.append(name)
    return sorted(ready, key=lambda each: each[1].casefold()), sorted(without, key=str.casefold)
