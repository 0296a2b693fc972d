"""Open one piece of material to one person, or to the care team."""

from uuid import UUID

from django.utils.translation import gettext as _

from homeport.access.decide import may_see, relations
from homeport.access.gate import Hidden
from homeport.access.models import Release
from homeport.access.rows import annotated, facts_of
from homeport.access.standing import standing_of
from homeport.access.table import RELEASED_BY_CARE_TEAM, RELEASED_BY_OWNER, TABLE, Relation, When
from homeport.access.wall import acting
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.models import Participant
from homeport.core.actor import Actor
from homeport.core.clinical import ClinicalRow
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.people.models.lasting import holds_at


class ReleaseRefused(HomeportError):
    """This piece cannot be opened to that person."""


@acting
def release_row(
    *, actor: Actor, model: type[ClinicalRow], row_id: UUID, recipient_id: UUID | None
) -> Release:
    """Open the row to ``recipient_id``, or to the care team when that is None. Doing it twice changes nothing.

    Raises ``Hidden`` when the row is not there for whoever acts, ``ReleaseRefused`` when the table never opens such
    material to such a person.
    """
    row = _releasable(actor, model, row_id)
    assert actor.person_id is not None  # nobody else gets past _releasable
    if recipient_id is None:
        _check_team(row)
    else:
        _check_recipient(row, recipient_id)
    release, created = Release.objects.get_or_create(
        row_id=row.pk,
        recipient_id=recipient_id,
        until_at=None,
        defaults={"material": row.material, "case_id": row.case_id, "given_by_id": actor.person_id},
    )
    if created:
        verb = Verb.RELEASE if row.material in RELEASED_BY_CARE_TEAM else Verb.SHARE
        record(
            actor=actor,
            verb=verb,
            material=row.material,
            row_id=row.pk,
            case_id=row.case_id,
            subject_id=row.subject_id or row.author_id,
        )
    return release


@acting
def withdraw_release(
    *, actor: Actor, model: type[ClinicalRow], row_id: UUID, recipient_id: UUID | None
) -> None:
    """Take it back, from now on. What was seen was seen: the release is ended, not deleted."""
    row = _releasable(actor, model, row_id)
    ended = Release.objects.filter(row_id=row.pk, recipient_id=recipient_id, until_at=None).update(
        until_at=now()
    )
    if ended:
        record(
            actor=actor,
            verb=Verb.WITHDRAW,
            material=row.material,
            row_id=row.pk,
            case_id=row.case_id,
            subject_id=row.subject_id or row.author_id,
        )


def _releasable(actor: Actor, model: type[ClinicalRow], row_id: UUID) -> ClinicalRow:
    """The row, if whoever acts is the one who may open it."""
    standing = standing_of(actor)
    row = annotated(standing, model).filter(pk=row_id).first()
    if row is None:
        raise Hidden
    facts = facts_of(row)
    mine = relations(standing, facts)
    by_owner = row.material in RELEASED_BY_OWNER and Relation.OWNER in mine
    by_team = (
        row.material in RELEASED_BY_CARE_TEAM and Relation.CARE_TEAM in mine and may_see(standing, facts)
    )
    if not (by_owner or by_team):
        raise Hidden
    return row


def _check_team(row: ClinicalRow) -> None:
    cells = TABLE[row.material].get(Relation.CARE_TEAM, ())
    if not any(when is When.SHARED_WITH_TEAM for _, when in cells):
        raise ReleaseRefused(_("The care team sees this already, or never does: there is nothing to share."))


def _check_recipient(row: ClinicalRow, recipient_id: UUID) -> None:
    """Material opens to those columns of the table only that ask for a release, and only inside the case."""
    in_case = row.case_id is not None and _takes_part(row.case_id, recipient_id)
    if recipient_id in (row.subject_id, row.author_id):
        relation = Relation.OWNER if row.material in RELEASED_BY_CARE_TEAM else Relation.SUBJECT
        relation = (
            Relation.SUBJECT
            if recipient_id == row.subject_id and Relation.SUBJECT in TABLE[row.material]
            else relation
        )
    else:
        relation = Relation.PARTICIPANT if in_case else Relation.GUARDIAN
    cells = TABLE[row.material].get(relation, ())
    opens = {When.RELEASED} | ({When.JOINT_RELEASED} if row.case_id and row.subject_id is None else set())
    if not any(when in opens for _, when in cells):
        raise ReleaseRefused(
            _("This cannot be opened to that person. It stays between those who see it now.")
        )


def _takes_part(case_id: UUID, person_id: UUID) -> bool:
    return Participant.objects.filter(holds_at(now()), case_id=case_id, person_id=person_id).exists()
