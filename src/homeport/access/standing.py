"""What a person is to everybody else in the practice, read in one query a request."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from homeport.access.standing_query import everything
from homeport.access.table import Relation
from homeport.cases.models import GuardianNarrowing
from homeport.core.actor import Actor
from homeport.core.clock import today
from homeport.people.jurisdictions import guardian_sees_appointments, is_minor
from homeport.people.models import Role

DESK_RELATIONS = {Role.MANAGER: Relation.MANAGER, Role.DESK: Relation.DESK, Role.BILLER: Relation.BILLER}
# Whose part in the practice is itself a column of the table, in no case at all.
ROLE_RELATIONS = {**DESK_RELATIONS, Role.INTAKE: Relation.INTAKE}
CLINICIANS = frozenset({Role.THERAPIST, Role.SUPERVISOR, Role.INTAKE})
# A covering colleague works on the cases they cover, and does no other clinical work here.
WORK_ON_CASES = CLINICIANS | {Role.COVER}


@dataclass(frozen=True, slots=True)
class Standing:
    """Case ids by what the person is to the case, roles, and the children they guard in which case."""

    person_id: UUID | None
    roles: frozenset[Role] = frozenset()
    participates_in: frozenset[UUID] = frozenset()
    cares_for: frozenset[UUID] = frozenset()
    covers: frozenset[UUID] = frozenset()
    supervises: frozenset[UUID] = frozenset()
    broke_glass: frozenset[UUID] = frozenset()
    # (case, child): consent, law and a therapist's narrowing differ from case to case.
    guards: frozenset[tuple[UUID, UUID]] = frozenset()
    guards_with_appointments: frozenset[tuple[UUID, UUID]] = frozenset()
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
    guarding = _Guarding()
    for kind, row_id, other_id, text, born in everything(me):
        if kind == "role":
            roles.add(Role(text))
        elif kind == "guards":
            guarding.stands_for((row_id, other_id), text, _age(born))
        elif kind == "narrowed":
            guarding.hidden[text].add((row_id, other_id))
        else:
            found[kind].add(row_id)
    # A role that was taken away takes its cases along, whatever rows were left behind.
    works = bool(roles & WORK_ON_CASES)
    professional = {name: frozenset(found[name]) if works else frozenset() for name in PROFESSIONAL}
    return Standing(
        person_id=me,
        roles=frozenset(roles),
        participates_in=frozenset(found["participates_in"]),
        guards=guarding.everything,
        guards_with_appointments=guarding.appointments,
        desk_relations=frozenset(ROLE_RELATIONS[role] for role in roles if role in ROLE_RELATIONS),
        **professional,
    )


class _Guarding:
    """The children somebody guards: what the law gives them, less what a therapist took."""

    def __init__(self) -> None:
        self.held: set[tuple[UUID, UUID]] = set()
        self.lawful: set[tuple[UUID, UUID]] = set()
        self.hidden: dict[str, set[tuple[UUID, UUID]]] = defaultdict(set)

    def stands_for(self, child: tuple[UUID, UUID], jurisdiction: str, age: int | None) -> None:
        """Note a child (case, person). On the day they come of age nobody guards them any more."""
        if is_minor(jurisdiction, age):
            self.held.add(child)
        if guardian_sees_appointments(jurisdiction, age):
            self.lawful.add(child)

    @property
    def everything(self) -> frozenset[tuple[UUID, UUID]]:
        """Where they have a standing at all."""
        return frozenset(self.held - self.hidden[GuardianNarrowing.Hides.EVERYTHING])

    @property
    def appointments(self) -> frozenset[tuple[UUID, UUID]]:
        """Where the law shows them appointments too."""
        return self.everything & (self.lawful - self.hidden[GuardianNarrowing.Hides.APPOINTMENTS])


PROFESSIONAL = ("cares_for", "covers", "supervises", "broke_glass")


def _age(born: date | None) -> int | None:
    if born is None:
        return None
    day = today()
    return day.year - born.year - (0 if (day.month, day.day) >= (born.month, born.day) else 1)
