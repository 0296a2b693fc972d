"""What must hold of a case and of those in it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from homeport.cases.models import Case, FormatDecision, Participant
from homeport.content.jurisdictions import minors_in
from homeport.core.clock import now
from homeport.people.jurisdictions import guardian_sees_appointments, is_minor, may_consent_alone
from homeport.people.models import Person

KINDS = Case.Kind
ROLES = Participant.Role
# Who takes part in which kind of case, in which role.
ROLES_IN: dict[str, frozenset[str]] = {
    KINDS.INDIVIDUAL: frozenset({ROLES.CLIENT, ROLES.ADOLESCENT, ROLES.CHILD}),
    KINDS.COUPLE: frozenset({ROLES.PARTNER}),
    KINDS.FAMILY: frozenset({ROLES.CAREGIVER, ROLES.CHILD, ROLES.ADOLESCENT}),
    KINDS.PARENT_CHILD: frozenset({ROLES.CAREGIVER, ROLES.CHILD, ROLES.ADOLESCENT}),
    KINDS.GROUP: frozenset({ROLES.MEMBER}),
}
# How long an intake clinician may still see to who is in a case that they opened, until the therapist has taken over.
INTAKE_LASTS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class MinorRules:
    """What the law of the case's place says of one minor, as far as we know it.

    ``consents_alone``: yes, no, or None where the clinician judges whether they understand. ``is_provisional``: the source
    was not read at first hand, and a clinician confirms it for each child.
    """

    place: str
    majority: int
    is_minor: bool
    consents_alone: bool | None
    guardian_sees_appointments: bool
    appointments_until: int
    is_provisional: bool


def rules_for(case: Case, person: Person) -> MinorRules:
    """The rules of the place of the case for this person, at the age they have today."""
    place, age = minors_in(case.jurisdiction), person.age_on()
    return MinorRules(
        place=place.name,
        majority=place.majority,
        is_minor=is_minor(case.jurisdiction, age),
        consents_alone=may_consent_alone(case.jurisdiction, age),
        guardian_sees_appointments=guardian_sees_appointments(case.jurisdiction, age),
        appointments_until=place.guardian_appointments_until,
        is_provisional=place.is_provisional,
    )


def intake_may_arrange(case: Case, opened_by_them: bool) -> bool:
    """Whether an intake clinician may still bring people into this case: their own, open, and new."""
    return opened_by_them and case.status != Case.Status.CLOSED and now() - case.opened_at < INTAKE_LASTS


# Below this age nobody fills in an intake or is asked about home themselves: a guardian speaks for them.
SPEAKS_FOR_ONESELF = 12


def speaks_for_oneself(part: Participant) -> bool:
    """Whether they are asked things themselves; of somebody whose birth date nobody wrote, by what they take part as."""
    age = part.person.age_on()
    return part.role != ROLES.CHILD if age is None else age >= SPEAKS_FOR_ONESELF


# In these kinds of case each meets the therapist alone first, and joint sessions wait for the clinician's decision.
INDIVIDUALLY_FIRST = frozenset({KINDS.COUPLE, KINDS.FAMILY, KINDS.PARENT_CHILD})
TOGETHER = frozenset({FormatDecision.Format.JOINT, FormatDecision.Format.SPECIALISED})


def may_meet_jointly(case_id: UUID) -> bool:
    """Whether a joint appointment of this case may be booked: by its kind, and by the clinician's decision on the format.

    Nothing that anybody answered is asked here. Where it may not be, say :func:`why_not_jointly`, to everybody alike. One
    query; False for a case that never was.
    """
    standing = FormatDecision.objects.filter(case=OuterRef("pk"), until_at=None).values("format")[:1]
    case = Case.objects.filter(pk=case_id).annotate(decided=Subquery(standing))
    kind, decided = case.values_list("kind", "decided").first() or (None, None)
    return kind is not None and (kind not in INDIVIDUALLY_FIRST or decided in TOGETHER)


def why_not_jointly() -> str:
    """The one sentence for every case in which joint sessions are not open."""
    return _("Individual meetings first are our standard.")
