"""Opening one piece to one person: by whom, to whom, and what stays closed whatever anybody wishes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from homeport.access.gate import Hidden
from homeport.access.models import BrokenGlass, Release
from homeport.access.rows import visible
from homeport.access.services.break_glass import LASTS, break_glass
from homeport.access.services.release_row import ReleaseRefused, release_row, withdraw_release
from homeport.access.standing import standing_of
from homeport.audit.models import AuditEvent
from homeport.audit.verbs import Verb
from homeport.cases.models import CareTeamMember, Case, Participant
from homeport.core.actor import Actor
from homeport.core.errors import HomeportError
from homeport.encounters.models import SessionNote
from homeport.exercises.models import JournalEntry
from homeport.people.models import Person, Role, RoleHolding
from homeport.safety.models import ViolenceScreen

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@dataclass
class Couple:
    ana: Person
    ben: Person
    therapist: Person
    stranger: Person
    case: Case

    def row(self, model: Any, author: Person, subject: Person | None) -> Any:
        field = "answers" if model is ViolenceScreen else "words"
        subject_id = subject.pk if subject else None
        return model.objects.create(
            author_id=author.pk, subject_id=subject_id, case_id=self.case.pk, **{field: "w"}
        )


@pytest.fixture
def couple() -> Couple:
    ana, ben, therapist, stranger = (
        Person.objects.create(name=name) for name in ("Ana", "Ben", "Thea", "Sam")
    )
    case = Case.objects.create(kind="couple", jurisdiction="CA-ON")
    Participant.objects.create(case=case, person=ana, role="partner")
    Participant.objects.create(case=case, person=ben, role="partner")
    for person in (therapist, stranger):
        RoleHolding.objects.create(person=person, role=Role.THERAPIST)
    CareTeamMember.objects.create(case=case, person=therapist)
    return Couple(ana, ben, therapist, stranger, case)


def acting(person: Person) -> Actor:
    return Actor("person", person_id=person.pk, via="test")


def sees(person: Person, row: Any) -> bool:
    return visible(standing_of(acting(person)), type(row)).filter(pk=row.pk).exists()


def test_a_journal_entry_is_its_authors_until_shared_with_the_team_and_never_the_partners(
    couple: Couple,
) -> None:
    entry = couple.row(JournalEntry, couple.ana, couple.ana)
    assert [sees(person, entry) for person in (couple.ana, couple.ben, couple.therapist)] == [
        True,
        False,
        False,
    ]
    release_row(actor=acting(couple.ana), model=JournalEntry, row_id=entry.pk, recipient_id=None)
    assert [sees(person, entry) for person in (couple.ana, couple.ben, couple.therapist)] == [
        True,
        False,
        True,
    ]
    with pytest.raises(ReleaseRefused):
        release_row(actor=acting(couple.ana), model=JournalEntry, row_id=entry.pk, recipient_id=couple.ben.pk)
    withdraw_release(actor=acting(couple.ana), model=JournalEntry, row_id=entry.pk, recipient_id=None)
    assert not sees(couple.therapist, entry)


def test_nobody_else_can_share_it(couple: Couple) -> None:
    entry = couple.row(JournalEntry, couple.ana, couple.ana)
    for person in (couple.ben, couple.therapist, couple.stranger):
        with pytest.raises(Hidden):
            release_row(actor=acting(person), model=JournalEntry, row_id=entry.pk, recipient_id=None)


def test_a_joint_note_opens_to_both_and_an_individual_one_to_its_person_alone(couple: Couple) -> None:
    team = acting(couple.therapist)
    joint = couple.row(SessionNote, couple.therapist, None)
    own = couple.row(SessionNote, couple.therapist, couple.ana)
    for person in (couple.ana, couple.ben):
        assert not sees(person, joint)
        release_row(actor=team, model=SessionNote, row_id=joint.pk, recipient_id=person.pk)
        assert sees(person, joint)
    release_row(actor=team, model=SessionNote, row_id=own.pk, recipient_id=couple.ana.pk)
    assert sees(couple.ana, own)
    with pytest.raises(ReleaseRefused):
        release_row(actor=team, model=SessionNote, row_id=own.pk, recipient_id=couple.ben.pk)
    # Even a release that got there some other way opens nothing.
    Release.objects.create(
        material="session_note", row_id=own.pk, recipient_id=couple.ben.pk, given_by_id=couple.ana.pk
    )
    assert not sees(couple.ben, own)


@pytest.mark.parametrize("who", ["ana", "ben", "therapist"])
@pytest.mark.parametrize("to", ["ana", "ben", "stranger", None])
def test_a_screen_opens_to_nobody_by_anybody(couple: Couple, who: str, to: str | None) -> None:
    screen = couple.row(ViolenceScreen, couple.ana, couple.ana)
    recipient = getattr(couple, to).pk if to else None
    with pytest.raises(Hidden):
        release_row(
            actor=acting(getattr(couple, who)), model=ViolenceScreen, row_id=screen.pk, recipient_id=recipient
        )
    Release.objects.create(
        material="violence_screen", row_id=screen.pk, recipient_id=recipient, given_by_id=couple.ana.pk
    )
    assert not sees(couple.ana, screen)
    assert not sees(couple.ben, screen)
    assert sees(couple.therapist, screen)


def test_sharing_and_taking_back_are_in_the_audit_once(couple: Couple) -> None:
    entry = couple.row(JournalEntry, couple.ana, couple.ana)
    act: dict[str, Any] = {
        "actor": acting(couple.ana),
        "model": JournalEntry,
        "row_id": entry.pk,
        "recipient_id": None,
    }
    release_row(**act)
    release_row(**act)
    withdraw_release(**act)
    withdraw_release(**act)
    assert list(AuditEvent.objects.order_by("at").values_list("verb", flat=True)) == [
        Verb.SHARE,
        Verb.WITHDRAW,
    ]
    assert Release.objects.count() == 1


REASON = "Ana called the desk in great distress and her therapist is on a plane."


def test_the_glass_breaks_for_a_clinician_with_a_reason_and_for_an_hour(couple: Couple) -> None:
    note = couple.row(SessionNote, couple.therapist, couple.ana)
    entry = couple.row(JournalEntry, couple.ana, couple.ana)
    with time_machine.travel("2027-03-01 10:00Z", tick=False) as clock:
        break_glass(actor=acting(couple.stranger), case_id=couple.case.pk, reason=REASON)
        assert sees(couple.stranger, note)
        assert not sees(couple.stranger, entry), "a journal is not opened by an emergency"
        clock.shift(LASTS + timedelta(seconds=1))
        assert not sees(couple.stranger, note)
    assert AuditEvent.objects.get().verb == Verb.BREAK_GLASS
    assert BrokenGlass.objects.get().reason == REASON


@pytest.mark.parametrize(
    ("who", "reason", "error"),
    [
        (lambda couple: couple.ben, REASON, Hidden),
        (lambda couple: couple.stranger, " short          ", HomeportError),
        (lambda couple: Person.objects.create(name="desk"), REASON, Hidden),
    ],
)
def test_the_glass_stays_whole_otherwise(
    couple: Couple, who: Callable[[Couple], Person], reason: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        break_glass(actor=acting(who(couple)), case_id=couple.case.pk, reason=reason)
    assert not BrokenGlass.objects.exists()
