"""Is this the right one? Asked after the first and after the third session, in our own words; answered for oneself.

What people think of their therapist early on goes along with what becomes of them (see the facts on monitoring, section 6),
and a low answer is a beginning of a talk, not a verdict. Nothing is computed from it.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from homeport.access.wall import person_set
from homeport.accounts.origin import digest_of
from homeport.cases.models import CareTeamMember
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.directory.models import FitReview
from homeport.people.models.lasting import holds_at
from homeport.scheduling.models import Appointment, AppointmentPerson

AFTER = (1, 3)
QUESTIONS = {
    "heard": _("I feel heard"),
    "matters": _("We talk about what matters to me"),
    "way": _("The way we work suits me"),
    "open": _("I can say what I really think"),
    "again": _("I want to come back"),
}
SCALE = (
    (0, _("Not at all")),
    (1, _("A little")),
    (2, _("Partly")),
    (3, _("Mostly")),
    (4, _("Very much")),
)


@dataclass(frozen=True, slots=True)
class Due:
    """A review that somebody could give now. ``therapist_id``: the person who leads the case."""

    case_id: UUID
    after: int
    therapist_id: UUID | None


def due_reviews(person_id: UUID, case_ids: Collection[UUID]) -> list[Due]:
    """The latest that each case has come to, and that was not given yet. Three queries at most, none without a case.

    Of joint meetings those count to which they were to come. Who was there in the end, nobody writes down.
    """
    if not case_ids:
        return []
    with person_set(Actor("person", person_id=person_id)):
        comes = AppointmentPerson.objects.filter(person_id=person_id).exclude(
            consent=AppointmentPerson.Consent.NO
        )
        theirs = Q(subject_id=person_id) | Q(subject_id=None, pk__in=comes.values("appointment_id"))
        past = Appointment.objects.filter(
            theirs, case_id__in=case_ids, status=Appointment.Status.BOOKED, ends_at__lte=now()
        )
        held = Counter(case_id for case_id in past.values_list("case_id", flat=True) if case_id)
        come = {case: max(after for after in AFTER if after <= number) for case, number in held.items()}
        ids = {review_id(person_id, case, after): (case, after) for case, after in come.items()}
        given = set(FitReview.objects.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    due = [pair for each, pair in ids.items() if each not in given]
    leads = leads_of([case for case, _after in due])
    return [Due(case, after, leads.get(case)) for case, after in due]


def has_reviewed(person_id: UUID, case_id: UUID) -> bool:
    """Whether the person has said how it is there, after any session that asks for it. One query."""
    with person_set(Actor("person", person_id=person_id)):
        ids = [review_id(person_id, case_id, after) for after in AFTER]
        return FitReview.objects.filter(pk__in=ids).exists()


def leads_of(case_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Who leads each of these cases. One query, none without a case."""
    if not case_ids:
        return {}
    team = CareTeamMember.objects.filter(holds_at(now()), case_id__in=case_ids, role=CareTeamMember.Role.LEAD)
    return dict(team.order_by("-from_at").values_list("case_id", "person_id"))


def review_id(person_id: UUID, case_id: UUID, after: int) -> UUID:
    """The same for the same person, case and session; it tells nobody else which case it is about."""
    return UUID(hex=digest_of("fit review", str(person_id), str(case_id), str(after))[:32])
