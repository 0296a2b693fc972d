"""What a person is to everybody else in the practice, read in one query a request."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, F, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from homeport.access.models import BrokenGlass
from homeport.access.table import Relation
from homeport.cases.models import CareTeamMember, Participant
from homeport.core.actor import Actor
from homeport.core.clock import now, today
from homeport.people.jurisdictions import guardian_sees_appointments
from homeport.people.models import Guardianship, Role, RoleHolding
from homeport.people.models.lasting import holds_at

DESK_RELATIONS = {Role.MANAGER: Relation.MANAGER, Role.DESK: Relation.DESK, Role.BILLER: Relation.BILLER}
CLINICIANS = frozenset({Role.THERAPIST, Role.SUPERVISOR, Role.INTAKE})


@dataclass(frozen=True, slots=True)
class Standing:
    """Case ids by what the person is to the case, roles, and the children they guard."""

    person_id: UUID | None
    roles: frozenset[Role] = frozenset()
    participates_in: frozenset[UUID] = frozenset()
    cares_for: frozenset[UUID] = frozenset()
    covers: frozenset[UUID] = frozenset()
    supervises: frozenset[UUID] = frozenset()
    broke_glass: frozenset[UUID] = frozenset()
    guards: frozenset[UUID] = frozenset()
    guards_with_appointments: frozenset[UUID] = frozenset()
    desk_relations: frozenset[Relation] = field(default=frozenset())

    @property
    def is_clinician(self) -> bool:
        """Whether they do clinical work here at all."""
        return bool(self.roles & CLINICIANS)

    @property
    def professional_cases(self) -> frozenset[UUID]:
        """Cases they care for, cover or supervise, without those they take part in themselves."""
        return (self.cares_for | self.covers | self.supervises | self.broke_glass) - self.participates_in


NOBODY = Standing(None)


def standing_of(actor: Actor) -> Standing:
    """The standing of whoever acts, in one query. Anonymous and system actors have none."""
    me = actor.person_id
    if me is None or not actor.is_person:
        return NOBODY
    found: dict[str, set[UUID]] = defaultdict(set)
    roles: set[Role] = set()
    appointments: set[UUID] = set()
    for kind, row_id, text, born in _everything(me):
        if kind == "role":
            roles.add(Role(text))
        elif kind == "guards":
            found["guards"].add(row_id)
            if guardian_sees_appointments(text, _age(born)):
                appointments.add(row_id)
        else:
            found[kind].add(row_id)
    # A role that was taken away takes its cases along, whatever rows were left behind.
    works = bool(roles & CLINICIANS)
    professional = {name: frozenset(found[name]) if works else frozenset() for name in PROFESSIONAL}
    return Standing(
        person_id=me,
        roles=frozenset(roles),
        participates_in=frozenset(found["participates_in"]),
        guards=frozenset(found["guards"]),
        guards_with_appointments=frozenset(appointments),
        desk_relations=frozenset(DESK_RELATIONS[role] for role in roles if role in DESK_RELATIONS),
        **professional,
    )


PROFESSIONAL = ("cares_for", "covers", "supervises", "broke_glass")


def _everything(me: UUID) -> "QuerySet[Any, Any]":
    moment = now()
    here = holds_at(moment)
    team = CareTeamMember.objects.filter(here)
    covering = holds_at(moment, "person__covered_by__") & Q(person__covered_by__by=me)
    supervising = holds_at(moment, "person__supervised_by__") & Q(person__supervised_by__supervisor=me)
    guarded = Guardianship.objects.filter(here, guardian=me, legal_authority=True, verified_at__isnull=False)
    in_case = holds_at(moment, "child__participations__")
    parts = [
        _four(Participant.objects.filter(here, person=me), "participates_in", "case_id"),
        _four(team.filter(person=me), "cares_for", "case_id"),
        _four(team.filter(covering), "covers", "case_id"),
        _four(team.filter(supervising), "supervises", "case_id"),
        _four(BrokenGlass.objects.filter(here, person_id=me), "broke_glass", "case_id"),
        _four(RoleHolding.objects.filter(here, person=me), "role", None, text="role"),
        _four(
            guarded.filter(in_case, child__participations__consents_alone=False),
            "guards",
            "child_id",
            text="child__participations__case__jurisdiction",
            born="child__birth_date",
        ),
    ]
    return parts[0].union(*parts[1:], all=True)


def _four(
    query: "QuerySet[Any, Any]",
    kind: str,
    row_id: str | None,
    *,
    text: str | None = None,
    born: str | None = None,
) -> "QuerySet[Any, Any]":
    """The query as rows of (kind, id, text, date), so that all of them fit one union."""
    return query.order_by().values_list(
        Cast(Value(kind), CharField()),
        F(row_id) if row_id else Value(None, UUIDField()),
        Cast(F(text), CharField()) if text else Value(None, CharField()),
        F(born) if born else Value(None, DateField()),
    )


def _age(born: date | None) -> int | None:
    if born is None:
        return None
    day = today()
    return day.year - born.year - (0 if (day.month, day.day) >= (born.month, born.day) else 1)
