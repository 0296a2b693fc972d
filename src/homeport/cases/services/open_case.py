"""Bring people together in a case."""

from django.db import transaction
from django.utils.translation import gettext as _

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.endings import Ending, ends
from homeport.cases.joining import tell_joined
from homeport.cases.models import CareTeamMember, Case, FormatDecision, Participant
from homeport.cases.policies import INDIVIDUALLY_FIRST, ROLES_IN
from homeport.cases.services.consent_to_treatment import consent_alone
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.core.versions import save_if_unchanged
from homeport.people.errors import Unfit
from homeport.people.models import Person, Role
from homeport.people.models.lasting import holds_at
from homeport.people.policies import check_jurisdiction

MINORS = (Participant.Role.CHILD, Participant.Role.ADOLESCENT)
TREATS = (Role.THERAPIST, Role.SUPERVISOR)


@transaction.atomic
def open_case(*, actor: Actor, kind: Case.Kind, jurisdiction: str, lead: Person) -> Case:
    """Open an empty case with its lead therapist. Raises ``Unfit`` for a place that is none, ``HomeportError`` for a lead
    who does not treat anybody here."""
    check_jurisdiction(jurisdiction)
    case = Case(kind=kind, jurisdiction=jurisdiction, opened_by_id=actor.person_id)
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
    capacity_note: str = "",
) -> Participant:
    """Let ``person`` take part from now on. Where the format was decided for those who were there, that is over: joint
    appointments wait for a new decision.

    ``consents_alone``: a minor whose own consent is enough, with the ``capacity_note`` where the law asks the clinician to
    judge. Raises ``Unfit`` for a role that this kind of case does not have, ``HomeportError`` for what cannot be so.
    """
    if case.kind in INDIVIDUALLY_FIRST:
        # Whoever joins and whoever decides on the format in the same moment come one after the other.
        case = Case.objects.select_for_update().get(pk=case.pk)
    _check_place(case, person, role, group_name)
    participant, created = Participant.objects.get_or_create(
        case=case, person=person, until_at=None, defaults={"role": role, "group_name": group_name.strip()}
    )
    if created:
        record(
            actor=actor, verb=Verb.GRANT, material="participant", row_id=participant.pk, case_id=case.pk,
            subject_id=person.pk,
        )  # fmt: skip
    if consents_alone:
        consent_alone(actor=actor, participant=participant, capacity_note=capacity_note)
    if created:
        tell_joined(part=participant, changes=_format_ends(actor, case))
    return participant


def _format_ends(actor: Actor, case: Case) -> bool:
    """End the decision on the format: it was made for those who were there. Returns whether there was one."""
    for decision in FormatDecision.objects.filter(case=case, until_at=None):
        decision.until_at = now()
        decision.save(update_fields=["until_at"])
        record(actor=actor, verb=Verb.REVOKE, material="format", row_id=decision.pk, case_id=case.pk)
        return True
    return False


def _check_place(case: Case, person: Person, role: Participant.Role, group_name: str) -> None:
    """Raise unless there is a place of this kind for this person."""
    if case.status == Case.Status.CLOSED:
        raise HomeportError(_("This case is closed. Open it again first."))
    if role not in ROLES_IN[case.kind]:
        raise Unfit("role", _("There is no such part in a case of this kind."))
    if case.kind == Case.Kind.GROUP and not group_name.strip():
        raise Unfit("group_name", _("Write the name that the others in the group will see."))
    if role in MINORS and person.birth_date is None:
        raise Unfit("birth_date", _("Write when they were born: the law asks how old they are."))
    others = case.participants.filter(until_at=None).exclude(person=person)
    if case.kind == Case.Kind.INDIVIDUAL and others.exists():
        raise HomeportError(
            _("An individual case has one client. Open another kind of case for people together.")
        )
    if case.kind == Case.Kind.COUPLE and others.count() > 1:
        raise HomeportError(_("A couple is two people."))
    if case.care_team.filter(person=person, until_at=None).exists():
        raise HomeportError(_("Nobody takes part in a case that they treat."))


@transaction.atomic
def end_participation(*, actor: Actor, participant: Participant) -> None:
    """They leave the case now; what they wrote stays theirs, and nobody expects them any more."""
    if participant.until_at is None:
        ends(Ending.PART, actor, participant)
    if Participant.objects.filter(pk=participant.pk, until_at=None).update(until_at=now()):
        ends(Ending.PART_OVER, actor, participant)
        record(
            actor=actor, verb=Verb.REVOKE, material="participant", row_id=participant.pk, case_id=participant.case_id,
            subject_id=participant.person_id,
        )  # fmt: skip


@transaction.atomic
def join_care_team(*, actor: Actor, case: Case, person: Person, role: CareTeamMember.Role) -> CareTeamMember:
    """Let ``person`` work on the case from now on. Raises ``HomeportError`` for one who takes part, or treats nobody."""
    if case.participants.filter(person=person, until_at=None).exists():
        raise HomeportError(_("Nobody treats a case that they take part in."))
    if not person.roles.filter(holds_at(now()), role__in=TREATS).exists():
        raise Unfit("person", _("Only therapists and supervisors work on a case."))
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
    """They no longer work on the case. Raises ``HomeportError`` for the last one of a case that is not closed."""
    # Two therapists who leave at once come one after the other.
    case = Case.objects.select_for_update().get(pk=member.case_id)
    team = CareTeamMember.objects.filter(case_id=member.case_id, until_at=None)
    if case.status != Case.Status.CLOSED and not team.exclude(pk=member.pk).exists():
        raise HomeportError(_("This is the last therapist on an open case. Hand it over first."))
    if member.until_at is None:
        ends(Ending.CARE, actor, member)
    if team.filter(pk=member.pk).update(until_at=now()):
        record(
            actor=actor, verb=Verb.REVOKE, material="care team", row_id=member.pk, case_id=member.case_id,
            subject_id=member.person_id,
        )  # fmt: skip


@transaction.atomic
def change_case_status(*, actor: Actor, case: Case, status: Case.Status, version: int) -> None:
    """Pause, close or open again, where the transition table allows it. Raises ``Changed`` when somebody was faster."""
    if status not in Case.TRANSITIONS[Case.Status(case.status)]:
        raise HomeportError(
            _("A case that is %(now)s cannot become %(then)s.")
            % {"now": Case.Status(case.status).label.lower(), "then": Case.Status(status).label.lower()}
        )
    if status == Case.Status.CLOSED:
        ends(Ending.CASE, actor, case)
    case.status = status
    case.closed_at = now() if status == Case.Status.CLOSED else None
    save_if_unchanged(case, version)
    record(actor=actor, verb=Verb.CHANGE, material="case", row_id=case.pk, case_id=case.pk)
