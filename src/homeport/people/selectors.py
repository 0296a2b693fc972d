"""What the pages of this room read."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from homeport.core.clock import now, today
from homeport.people.known import learn
from homeport.people.models import (
    Cover,
    EmergencyContact,
    Guardianship,
    Invitation,
    Licence,
    Person,
    Practice,
    ProfessionalWill,
    Role,
    RoleHolding,
    Supervision,
    Therapist,
)
from homeport.people.models.lasting import holds_at
from homeport.people.models.role_holding import STAFF

SOON = timedelta(days=60)
MOST = 500


def the_practice() -> Practice | None:
    """The practice of this installation; None before it was set up. One query, and pages for everybody learn from it."""
    practice = Practice.objects.first()
    learn(practice)
    return practice


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works here, with the roles they hold now."""

    person: Person
    roles: tuple[Role, ...]

    @property
    def can_sign_in(self) -> bool:
        """Whether they have come in by their invitation."""
        return self.person.user_id is not None


def staff() -> list[Member]:
    """Everybody who holds a role other than client, by name. Two queries."""
    holdings = RoleHolding.objects.filter(holds_at(now())).order_by("role")
    working = holdings.filter(role__in=STAFF)
    people = Person.objects.filter(pk__in=working.values("person_id")).order_by("name", "pk")
    found = people.prefetch_related(Prefetch("roles", holdings, to_attr="held_now"))[:MOST]
    return [Member(person, tuple(Role(held.role) for held in vars(person)["held_now"])) for person in found]


def member(person_id: UUID) -> Member | None:
    """One of them; None for somebody who does not work here, as for one who never was. Two queries at most."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        return None
    held = person.roles.filter(holds_at(now())).order_by("role").values_list("role", flat=True)
    roles = tuple(Role(role) for role in held)
    return Member(person, roles) if set(roles) & STAFF else None


def who_hold(role: Role) -> "QuerySet[Person]":
    """Everybody who holds this role now, by name. One query."""
    holding = RoleHolding.objects.filter(holds_at(now()), role=role)
    return Person.objects.filter(pk__in=holding.values("person_id")).order_by("name", "pk")


def open_invitations() -> list[Invitation]:
    """Invitations that nobody has accepted yet and nobody took back, the latest first; those that expired too. One query."""
    waiting = Invitation.objects.filter(accepted_at=None, withdrawn_at=None)
    return list(waiting.select_related("invited_by").order_by("-created_at", "pk")[:MOST])


def licences_to_look_at() -> list[Licence]:
    """Licences that nobody verified, and those that end soon or have ended, by the day they end. One query."""
    wanted = Q(verified_at=None) | Q(expires_on__lte=today() + SOON)
    return list(_licences().filter(wanted).order_by("expires_on", "pk")[:MOST])


def licences_of(person_id: UUID) -> list[Licence]:
    """One person's licences, by the day they end. One query."""
    return list(_licences().filter(therapist__person_id=person_id).order_by("expires_on", "pk"))


def _licences() -> "QuerySet[Licence]":
    return Licence.objects.select_related("therapist__person", "verified_by")


def supervisions() -> list[Supervision]:
    """Who supervises whom now, by supervisor. One query."""
    found = Supervision.objects.filter(holds_at(now())).select_related("supervisor", "supervisee")
    return list(found.order_by("supervisor__name", "supervisee__name", "pk")[:MOST])


def covers(covered_id: UUID | None = None) -> list[Cover]:
    """Covers that stand or are to come, of everybody or of one therapist, by when they begin. One query."""
    found = Cover.objects.filter(until_at__gt=now()).select_related("covered", "by")
    if covered_id is not None:
        found = found.filter(covered_id=covered_id)
    return list(found.order_by("from_at", "pk")[:MOST])


@dataclass(frozen=True, slots=True)
class Willed:
    """A therapist, and the professional will they wrote, if they did."""

    person: Person
    will: ProfessionalWill | None


def wills() -> list[Willed]:
    """Every therapist, with their will or none. What it says is not opened. Two queries."""
    therapists = list(who_hold(Role.THERAPIST)[:MOST])
    held = {will.therapist_id: will for will in ProfessionalWill.objects.filter(therapist__in=therapists)}
    return [Willed(person, held.get(person.pk)) for person in therapists]


def will_of(person_id: UUID) -> ProfessionalWill | None:
    """One therapist's will. One query."""
    return ProfessionalWill.objects.filter(therapist_id=person_id).first()


def therapist_of(person_id: UUID) -> Therapist | None:
    """What somebody offers; None for one who is no therapist. One query."""
    return Therapist.objects.filter(person_id=person_id).first()


def emergency_contact_of(person_id: UUID) -> EmergencyContact | None:
    """Whom to call for somebody, and where they are. One query."""
    return EmergencyContact.objects.filter(person_id=person_id).first()


def guardianships_of(child_id: UUID) -> list[Guardianship]:
    """Who stands or stood for a child, what holds now first. One query."""
    found = Guardianship.objects.filter(child_id=child_id).select_related("guardian", "verified_by")
    return sorted(found, key=lambda one: (not one.holds, one.from_at, one.pk))
