"""Whoever comes into a case of several people is met alone first, and asked about home: by the installation, at once.

It hangs on nobody's memory. The rows are written in the name of the case's lead therapist, who works on the case, and are on
record as the installation's own doing.
"""

from uuid import UUID

from homeport.access.gate import Hidden
from homeport.access.on_cases import CaseAct, may_with_case
from homeport.access.standing import standing_of
from homeport.access.wall import acting, person_set
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.models import CareTeamMember, Participant
from homeport.cases.policies import INDIVIDUALLY_FIRST, speaks_for_oneself
from homeport.core.actor import Actor, system
from homeport.core.clock import now
from homeport.people.models import Person
from homeport.people.models.lasting import holds_at
from homeport.safety.models import FirstMeeting, ViolenceScreen
from homeport.safety.services.ask_screens import ask_one, who_is_asked

BY_ITSELF = system("somebody joins")


class BegunAlone:
    """What this room does when somebody comes into a case (see ``homeport.cases.joining``)."""

    def joined(self, *, part: Participant, changes: bool) -> None:
        """A meeting alone and the questions for the one who comes; where joint work had been decided, for everybody."""
        lead_id = _lead_of(part.case_id)
        if part.case.kind not in INDIVIDUALLY_FIRST or lead_id is None:
            return
        new = [part.person_id] if speaks_for_oneself(part) else []
        asked = who_is_asked(part.case_id) if changes else new
        with person_set(_as(lead_id)):
            for person_id in asked:
                ask_one(actor=BY_ITSELF, case_id=part.case_id, person_id=person_id)
            for person_id in new:
                _to_be_met(part.case_id, person_id, lead_id)

    def is_known_as(self, *, entered: Person, own: Person) -> None:
        """What waits for a second record of somebody waits for the person themselves. Nothing was answered there."""
        for part in Participant.objects.filter(person=entered).select_related("case", "person"):
            with person_set(_as(entered.pk)):
                waiting = ViolenceScreen.objects.filter(
                    case_id=part.case_id, author_id=entered.pk, answered_at=None
                )
                was_asked = waiting.delete()[0] > 0
            lead_id = _lead_of(part.case_id)
            if lead_id is None:
                continue
            with person_set(_as(lead_id)):
                if was_asked and part.holds:
                    ask_one(actor=BY_ITSELF, case_id=part.case_id, person_id=own.pk)
                _goes_over(part.case_id, entered.pk, own.pk)


@acting
def say_met_alone(*, actor: Actor, case_id: UUID, person_id: UUID | None = None) -> int:
    """Write down that this person, or everybody who was still to be, was met alone. Returns how many that were.

    Raises ``Hidden`` for anybody but the care team.
    """
    if not may_with_case(standing_of(actor), CaseAct.DECIDE_FORMAT, case_id) or actor.person_id is None:
        raise Hidden
    waiting = FirstMeeting.objects.filter(case_id=case_id, met_at=None)
    if person_id is not None:
        waiting = waiting.filter(subject_id=person_id)
    met = list(waiting)
    for meeting in met:
        meeting.met_at, meeting.met_by_id, meeting.changed_at = now(), actor.person_id, now()
        meeting.save(update_fields=["met_at", "met_by_id", "changed_at"])
        record(
            actor=actor, verb=Verb.CHANGE, material=meeting.material, row_id=meeting.pk, case_id=case_id,
            subject_id=meeting.subject_id,
        )  # fmt: skip
    return len(met)


def _lead_of(case_id: UUID) -> UUID | None:
    team = CareTeamMember.objects.filter(holds_at(now()), case_id=case_id, role=CareTeamMember.Role.LEAD)
    return team.order_by("from_at", "pk").values_list("person_id", flat=True).first()


def _as(person_id: UUID) -> Actor:
    return Actor("person", person_id=person_id, via=BY_ITSELF.via)


def _to_be_met(case_id: UUID, person_id: UUID, lead_id: UUID) -> None:
    # The case is locked by whoever brings somebody in.
    if FirstMeeting.objects.filter(case_id=case_id, subject_id=person_id, met_at=None).exists():
        return
    meeting = FirstMeeting(author_id=lead_id, subject_id=person_id, case_id=case_id)
    meeting.save(force_insert=True)
    record(
        actor=BY_ITSELF, verb=Verb.CREATE, material=meeting.material, row_id=meeting.pk, case_id=case_id,
        subject_id=person_id,
    )  # fmt: skip


def _goes_over(case_id: UUID, entered_id: UUID, own_id: UUID) -> None:
    meetings = FirstMeeting.objects.filter(case_id=case_id)
    mine = meetings.filter(subject_id=own_id, met_at=None).exists()
    for meeting in meetings.filter(subject_id=entered_id):
        if mine and meeting.met_at is None:
            meeting.met_at = now()  # one of the two is enough
        meeting.subject_id = own_id
        meeting.save(update_fields=["subject_id", "met_at"])
