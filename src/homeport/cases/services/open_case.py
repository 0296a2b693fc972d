"""Bring people together in a case."""

from django.db import transaction

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.models import CareTeamMember, Case, Participant
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.core.versions import save_if_unchanged
from homeport.people.models import Person

ROLES = {
    Case.Kind.INDIVIDUAL: {Participant.Role.CLIENT, Participant.Role.ADOLESCENT, Participant.Role.CHILD},
    Case.Kind.COUPLE: {Participant.Role.PARTNER},
    Case.Kind.FAMILY: {Participant.Role.CAREGIVER, Participant.Role.CHILD, Participant.Role.ADOLESCENT},
    Case.Kind.PARENT_CHILD: {Participant.Role.CAREGIVER, Participant.Role.CHILD, Participant.Role.ADOLESCENT},
    Case.Kind.GROUP: {Participant.Role.MEMBER},
}


@transaction.atomic
def open_case(*, actor: Actor, kind: Case.Kind, jurisdiction: str, lead: Person) -> Case:
    """Open an empty case with its lead therapist."""
    case = Case(kind=kind, jurisdiction=jurisdiction)
    case.save(force_insert=True)
    record(actor=actor, verb=Verb.CREATE, material="case", row_id=case.pk, case_id=case.pk)
    join_care_team(actor=actor, case=case, person=lead, role=CareTeamMember.Role.LEAD)
    return case


@transaction.atomic
def add_participant(
    *,
    actor: Actor,
    case: Case,
    person: Person,
    role: Participant.Role,
    group_name: str = "",
    consents_alone: bool = False,
) -> Participant:
    """Let ``person`` take part from now on. Raises ``HomeportError`` for a role that this kind of case does not have."""
    if role not in ROLES[Case.Kind(case.kind)]:
        raise HomeportError(f"Nobody is a {Participant.Role(role).label.lower()} in a case of this kind.")
    if case.kind == Case.Kind.INDIVIDUAL and case.participants.filter(until_at=None).exists():
        raise HomeportError(
            "An individual case has one client. Open another kind of case for people together."
        )
    if case.care_team.filter(person=person, until_at=None).exists():
        raise HomeportError("Nobody takes part in a case that they treat.")
    participant, created = Participant.objects.get_or_create(
        case=case,
        person=person,
        until_at=None,
        defaults={"role": role, "group_name": group_name, "consents_alone": consents_alone},
    )
    if created:
        record(
            actor=actor, verb=Verb.GRANT, material="participant", row_id=participant.pk, case_id=case.pk,
            subject_id=person.pk,
        )  # fmt: skip
    return participant


@transaction.atomic
def end_participation(*, actor: Actor, participant: Participant) -> None:
    """They leave the case now; what they wrote stays theirs."""
    if Participant.objects.filter(pk=participant.pk, until_at=None).update(until_at=now()):
        record(
            actor=actor, verb=Verb.REVOKE, material="participant", row_id=participant.pk, case_id=participant.case_id,
            subject_id=participant.person_id,
        )  # fmt: skip


@transaction.atomic
def join_care_team(*, actor: Actor, case: Case, person: Person, role: CareTeamMember.Role) -> CareTeamMember:
    """Let ``person`` work on the case from now on."""
    if case.participants.filter(person=person, until_at=None).exists():
        raise HomeportError("Nobody treats a case that they take part in.")
    member, created = CareTeamMember.objects.get_or_create(
        case=case, person=person, until_at=None, defaults={"role": role}
    )
    if created:
        record(
            actor=actor,
            verb=Verb.GRANT,
            material="care team",
            row_id=member.pk,
            case_id=case.pk,
            subject_id=person.pk,
        )
    return member


@transaction.atomic
def leave_care_team(*, actor: Actor, member: CareTeamMember) -> None:
    """They no longer work on the case. Raises ``HomeportError`` for the last one of an open case."""
    team = CareTeamMember.objects.filter(case_id=member.case_id, until_at=None)
    if member.case.status != Case.Status.CLOSED and not team.exclude(pk=member.pk).exists():
        raise HomeportError("This is the last therapist on an open case. Hand it over first.")
    if team.filter(pk=member.pk).update(until_at=now()):
        record(
            actor=actor, verb=Verb.REVOKE, material="care team", row_id=member.pk, case_id=member.case_id,
            subject_id=member.person_id,
        )  # fmt: skip


@transaction.atomic
def change_case_status(*, actor: Actor, case: Case, status: Case.Status, version: int) -> None:
    """Pause, close or open again, where the transition table allows it."""
    if status not in Case.TRANSITIONS[Case.Status(case.status)]:
        raise HomeportError(f"A case that is {case.status} cannot become {status}.")
    case.status = status
    case.closed_at = now() if status == Case.Status.CLOSED else None
    save_if_unchanged(case, version)
    record(actor=actor, verb=Verb.CHANGE, material="case", row_id=case.pk, case_id=case.pk)
