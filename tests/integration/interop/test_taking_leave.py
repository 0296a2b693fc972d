"""Taking everything along, and being erased: all of one's own, and nothing of anybody else's."""

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import connections

from homeport.access.models import Release
from homeport.accounts.models import Session, User
from homeport.accounts.services.keep_draft import keep_draft
from homeport.audit.models import AuditEvent
from homeport.audit.selectors import verify_chain
from homeport.audit.services.record import record
from homeport.audit.services.seal_chain import seal_chain
from homeport.audit.verbs import Verb
from homeport.cases.models import (
    AgreementSignature,
    CareTeamMember,
    Case,
    ConfidentialityAgreement,
    Participant,
    TreatmentConsent,
)
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.core.keys import KeyGone, store
from homeport.encounters.models import SessionNote
from homeport.exercises.models import JournalEntry
from homeport.interop.gathering import everything_about
from homeport.interop.retention import kept_until
from homeport.interop.services.erase_mine import erase_mine
from homeport.interop.services.export_mine import export_mine
from homeport.interop.tasks import retention
from homeport.people.models import EmergencyContact, Guardianship, Person, Practice, Role, RoleHolding
from homeport.people.services.accept_invitation import accept_invitation
from homeport.people.services.invite import invite
from homeport.safety.models import ViolenceScreen

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)


@dataclass
class Couple:
    ana: Person
    ben: Person
    therapist: Person
    case: Case


@pytest.fixture
def couple(db: None) -> Couple:
    store.forget_opened()
    Practice.objects.create(
        name="P", jurisdiction="CA-ON", zone="UTC", languages=["en"], crisis_region="CA-ON"
    )
    ana, ben, therapist = (
        Person.objects.create(name=name, user=User.objects.create_user(f"{name.lower()}@example.org"))
        for name in ("Ana", "Ben", "Thea")
    )
    case = Case.objects.create(kind="couple", jurisdiction="CA-ON")
    for person in (ana, ben):
        Participant.objects.create(case=case, person=person, role="partner")
    RoleHolding.objects.create(person=therapist, role=Role.THERAPIST)
    CareTeamMember.objects.create(case=case, person=therapist)
    for person in (ana, ben):
        ids = {"author_id": person.pk, "subject_id": person.pk, "case_id": case.pk}
        JournalEntry.objects.create(words=f"journal of {person.name}", **ids)
        ViolenceScreen.objects.create(answers={"fear": f"screen of {person.name}"}, **ids)
        EmergencyContact.objects.create(person=person, contact_name=f"friend of {person.name}")
        note = SessionNote.objects.create(
            words=f"note on {person.name}", author_id=therapist.pk, subject_id=person.pk, case_id=case.pk
        )
        Release.objects.create(
            material="session_note", row_id=note.pk, recipient_id=person.pk, given_by_id=therapist.pk
        )
    return Couple(ana, ben, therapist, case)


def acting(person: Person) -> Actor:
    return Actor("person", person_id=person.pk, via="test")


def exported(person: Person) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(export_mine(actor=acting(person), person=person))) as archive:
        assert sorted(archive.namelist()) == ["everything.html", "everything.json"]
        found: dict[str, Any] = json.loads(archive.read("everything.json"))
        for words in ("journal of Ana", "note on Ana", "friend of Ana"):
            assert words in archive.read("everything.json").decode()
        assert "journal of Ana" in archive.read("everything.html").decode()
    return found


def test_an_export_holds_all_of_mine_and_nothing_of_my_partners_nor_of_a_screen(couple: Couple) -> None:
    found = exported(couple.ana)
    text = json.dumps(found)
    assert "Ben" not in text
    assert "screen" not in text
    assert "ana@example.org" in text
    assert AuditEvent.objects.filter(verb=Verb.EXPORT, subject_id=couple.ana.pk).count() == 1


def test_an_export_holds_every_part_of_me_readable_by_people_and_machines(couple: Couple) -> None:
    user = couple.ana.user
    assert user is not None
    EmailAddress.objects.create(user=user, email="ana@elsewhere.example", verified=False)
    Session.objects.create(
        key_hash="h", user=user, device="Firefox on Windows", expires_at=now() + timedelta(hours=1)
    )
    record(actor=Actor("anonymous"), verb=Verb.REFUSED, material="password", row_id=user.pk)
    keep_draft(user_id=user.pk, address="/journal/write/", fields=[("words", "typed too late")])
    child = Person.objects.create(name="Kim", birth_date=date(2020, 2, 29))
    Guardianship.objects.create(
        child=child, guardian=couple.ana, kind="parent", legal_authority=True, daily_care=True
    )
    part = Participant.objects.create(case=couple.case, person=child, role="child")
    TreatmentConsent.objects.create(
        participant=part,
        given_by=couple.ana,
        recorded_by=couple.therapist,
        capacity_note="a clinician's own words",
    )
    agreement = ConfidentialityAgreement.objects.create(
        case=couple.case, kind="no_secrets", text_id="no_secrets", text_version=1, language="en", text_hash="0" * 64,
        proposed_by=couple.therapist,
    )  # fmt: skip
    AgreementSignature.objects.create(agreement=agreement, person=couple.ana, text_hash="0" * 64)
    RoleHolding.objects.create(person=couple.ana, role=Role.CLIENT)
    record(
        actor=acting(couple.therapist), verb=Verb.READ, material="session_note", subject_id=couple.ana.pk,
        case_id=couple.case.pk,
    )  # fmt: skip
    packed = export_mine(actor=acting(couple.ana), person=couple.ana)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        for_machines = archive.read("everything.json").decode()
        for_people = archive.read("everything.html").decode()
    for words in (
        "ana@example.org", "ana@elsewhere.example", "Firefox on Windows", "password", "typed too late", "parent",
        "a child", "no_secrets", "client", "friend of Ana", "journal of Ana", "note on Ana", "Thea", "session note",
    ):  # fmt: skip
        assert words in for_machines
        assert words in for_people
    for words in ("Kim", "Ben", "screen", "a clinician's own words", str(couple.ben.pk), "may_mail"):
        assert words not in for_people
    for words in ("Kim", "Ben", "screen", "a clinician's own words", str(couple.ben.pk), user.password):
        assert words not in for_machines
    assert f"{now():%-d %B %Y}" in for_people


def test_what_a_partner_does_alone_changes_no_byte_of_my_export(couple: Couple) -> None:
    with time_machine.travel(now(), tick=False):
        before = json.dumps(everything_about(couple.ana))
        JournalEntry.objects.create(
            words="more", author_id=couple.ben.pk, subject_id=couple.ben.pk, case_id=couple.case.pk
        )
        assert json.dumps(everything_about(couple.ana)) == before


def test_a_therapists_own_export_does_not_hold_their_clients(couple: Couple) -> None:
    text = json.dumps(everything_about(couple.therapist))
    assert "note on" not in text
    assert "Ana" not in text


def test_nobody_exports_or_erases_for_another(couple: Couple) -> None:
    with pytest.raises(PermissionError):
        export_mine(actor=acting(couple.ben), person=couple.ana)
    with pytest.raises(PermissionError):
        erase_mine(actor=acting(couple.therapist), person=couple.ana)


def test_erasing_one_partner_leaves_everything_of_the_others(couple: Couple) -> None:
    before = everything_about(couple.ben)["material"]
    done = erase_mine(actor=acting(couple.ana), person=couple.ana)
    assert (done.cases_erased, done.cases_kept) == (0, 1)
    with pytest.raises(KeyGone):
        _ = JournalEntry.objects.get(author_id=couple.ana.pk).words
    assert everything_about(couple.ben)["material"] == before
    couple.ana.refresh_from_db()
    assert couple.ana.user is None
    # A record that must be kept is kept with the name of whom it is about.
    assert couple.ana.name == "Ana"
    assert not EmergencyContact.objects.filter(person=couple.ana).exists()
    assert not User.objects.filter(email="ana@example.org").exists()
    # The record that the law obliges the practice to keep is still there for those who keep it.
    assert SessionNote.objects.get(subject_id=couple.ana.pk).words == "note on Ana"
    seal_chain()
    assert verify_chain().faults == ()


def test_who_has_no_record_here_is_forgotten_altogether(couple: Couple) -> None:
    olga = Person.objects.create(name="Olga", called="O", birth_date=date(1980, 1, 1), phone="1")
    erase_mine(actor=acting(olga), person=olga)
    olga.refresh_from_db()
    assert (olga.name, olga.called, olga.birth_date, olga.phone) == ("Erased", "", None, "")


def test_the_name_goes_with_the_last_record_it_was_kept_for(couple: Couple) -> None:
    erase_mine(actor=acting(couple.ana), person=couple.ana)
    Case.objects.filter(pk=couple.case.pk).update(status="closed", closed_at=now())
    with time_machine.travel(now() + timedelta(days=366 * 10), tick=False):
        store.forget_opened()
        retention()
    # Ben still signs in, and the therapist worked here: their names are not the record's.
    names = Person.objects.order_by("created_at").values_list("name", flat=True)
    assert list(names) == ["Erased", "Ben", "Thea"]


def test_whoever_comes_back_begins_anew_and_finds_nothing_of_before(couple: Couple) -> None:
    erase_mine(actor=acting(couple.ana), person=couple.ana)
    user = User.objects.create_user("ana.again@example.org")
    invitation, _ = invite(
        actor=acting(couple.therapist), email=user.email, roles=[Role.CLIENT], person=couple.ana
    )
    accept_invitation(actor=acting(couple.ana), invitation=invitation, user_id=user.pk)
    ids = {"author_id": couple.ana.pk, "subject_id": couple.ana.pk, "case_id": couple.case.pk}
    JournalEntry.objects.create(words="a new beginning", **ids)
    assert "a new beginning" in json.dumps(everything_about(couple.ana))
    assert "journal of Ana" not in json.dumps(everything_about(couple.ana))
    with pytest.raises(KeyGone):
        _ = JournalEntry.objects.filter(author_id=couple.ana.pk).order_by("created_at")[0].words


def test_whoever_works_here_hands_over_first(couple: Couple) -> None:
    with pytest.raises(HomeportError, match="Hand it over"):
        erase_mine(actor=acting(couple.therapist), person=couple.therapist)


def test_the_record_of_a_closed_case_is_erased_when_its_time_is_over(couple: Couple) -> None:
    Case.objects.filter(pk=couple.case.pk).update(status="closed", closed_at=now())
    retention()
    assert SessionNote.objects.first().words.startswith("note on")  # type: ignore[union-attr]
    with time_machine.travel(now() + timedelta(days=366 * 10), tick=False):
        store.forget_opened()
        retention()
        retention()
        for note in SessionNote.objects.all():
            with pytest.raises(KeyGone):
                _ = note.words
        assert AuditEvent.objects.filter(verb=Verb.ERASE).count() == 1
    # A journal is the person's own, not the case's.
    assert JournalEntry.objects.first().words.startswith("journal of")  # type: ignore[union-attr]


def test_a_childs_record_is_kept_until_well_after_they_come_of_age(couple: Couple) -> None:
    child = Person(name="Kim", birth_date=date(2020, 2, 29))
    unknown = Person.objects.create(name="Lee")
    case = Case(kind="family", jurisdiction="CA-ON", opened_at=now(), closed_at=now(), status="closed")
    practice = Practice.objects.get()
    assert kept_until(case, [child], practice) == date(2020 + 18 + 10, 2, 28)
    assert kept_until(case, [couple.ana], practice) == case.closed_at.date().replace(
        year=case.closed_at.year + 10
    )  # type: ignore[union-attr]
    case.save()
    Participant.objects.create(case=case, person=unknown, role="child")
    assert kept_until(case, [unknown], practice) > date(2050, 1, 1)  # type: ignore[operator]
    assert kept_until(couple.case, [couple.ana], practice) is None


def test_five_hundred_phrases_are_in_no_file_of_the_database(
    couple: Couple, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    phrases = [f"the quiet word number {number} of the harbour" for number in range(500)]
    ids = {"author_id": couple.ana.pk, "subject_id": couple.ana.pk, "case_id": couple.case.pk}
    for phrase in phrases:
        JournalEntry.objects.create(words=phrase, **ids)
    dump = b""
    for alias in ("default", "keys"):
        connection = connections[alias]
        if connection.vendor != "sqlite":
            pytest.skip("the dump of PostgreSQL is searched in tests/integration/core/test_served.py")
        connection.ensure_connection()
        # Everything SQLite would write to its file, as bytes.
        dump += connection.connection.serialize()
    dump += caplog.text.encode()
    assert b"journal" in dump, "the dump must hold the tables"
    assert [
        phrase for phrase in phrases if phrase.encode() in dump or phrase.encode("utf-16-le") in dump
    ] == []
    assert JournalEntry.objects.filter(author_id=couple.ana.pk).count() == 501
