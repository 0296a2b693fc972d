"""Earlier interviews on suicide: all that was written down of a person, for whom alerts are for, and for nobody else."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.cases import a_child_case, a_couple, an_individual
from tests.factories.people import (
    a_cover,
    a_guardian,
    a_person,
    a_practice,
    a_supervisor,
    a_therapist,
    acting,
    someone_with,
)
from tests.factories.signing_in import signed_in

from homeport.audit.models import AuditEvent
from homeport.cases.models import Case, Participant
from homeport.core.clock import now
from homeport.people.models import Person, Role
from homeport.safety.models import TriageRecord
from homeport.safety.services.record_triage import record_triage

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOTHING = {1: False, 2: False, 6: False}


def written(
    by: Person, case: Case, about: Person, answers: dict[int, bool], recent: bool | None = None
) -> TriageRecord:
    return record_triage(
        actor=acting(by), case_id=case.pk, subject_id=about.pk, answers=answers, recent=recent
    )


def said_on(who: Person, path: str) -> str:
    page = signed_in(who).get(path)
    assert page.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def path_of(case: Case, person: Person) -> str:
    return f"/cases/{case.pk}/triages/{person.pk}/"


def test_each_is_there_with_its_day_who_asked_what_came_of_it_and_its_points() -> None:
    a_practice()
    ana, thea, cora = a_person("Ana Ames"), a_therapist("Thea Thorn"), a_therapist("Cora Cover")
    case = an_individual(ana, lead=thea)
    a_cover(thea, cora)
    first = written(thea, case, ana, {1: True, 2: True, 3: False, 4: True, 5: False, 6: True}, recent=False)
    TriageRecord.objects.filter(pk=first.pk).update(created_at=datetime(2026, 3, 2, 15, tzinfo=UTC))
    written(cora, case, ana, NOTHING)
    said = said_on(thea, path_of(case, ana)).partition("Interviews on suicide Ana Ames")[2]
    newer, _, older = said.partition("2 March 2026")
    assert "asked by Cora Cover" in newer
    assert "Nothing was said" in newer
    assert "Point 1 No Point 2 No Point 3 Not asked" in newer
    assert "asked by Thea Thorn" in older
    assert "High: look after them now" in older
    assert "Point 3 No Point 4 Yes Point 5 No Point 6 Yes, more than three months ago" in older
    assert "The alert that it raised" in older
    assert "The alert that it raised" not in newer


def test_alert_and_record_lead_there() -> None:
    a_practice()
    ana, ben, thea = a_person("Ana Ames"), a_person("Ben Bell"), a_therapist()
    case = a_couple(ana, ben, lead=thea)
    row = written(thea, case, ana, {1: False, 2: False, 6: True})
    browser = signed_in(thea)
    there = f'href="{path_of(case, ana)}"'
    for page in (f"/alerts/{row.alert_id}/", f"/cases/{case.pk}/came-in/", f"/triages/{row.pk}/"):
        assert there in browser.get(page).content.decode()
    assert "None was written down yet." in said_on(thea, path_of(case, ben))


def test_who_looks_after_them_sees_it_and_nobody_else_finds_that_there_is_any() -> None:
    a_practice()
    tia, ana, ben, thea, peer = a_person(age=14), a_person(), a_person(), a_therapist(), a_therapist()
    mother = a_guardian(tia)
    couple, teens = a_couple(ana, ben, lead=thea), a_child_case(tia, lead=thea)
    of_ben = an_individual(ben, lead=peer)
    for case, person in ((couple, ana), (teens, tia)):
        written(thea, case, person, {1: True, 2: False, 6: False})
    sue, cora = a_supervisor(thea), a_therapist()
    a_cover(thea, cora)
    for who in (thea, sue, cora):
        assert "Low: go on looking" in said_on(who, path_of(couple, ana))
    office = [someone_with(role) for role in (Role.DESK, Role.MANAGER, Role.BILLER, Role.INTAKE)]
    for who in (ana, ben, tia, mother, peer, *office):
        for case, person in ((couple, ana), (teens, tia)):
            assert signed_in(who).get(path_of(case, person)).status_code == 404
    assert signed_in(peer).get(path_of(of_ben, ana)).status_code == 404, "she is not in that case"
    assert "None was written down" in said_on(peer, path_of(of_ben, ben))


def test_what_another_case_holds_is_there_for_whoever_treats_both_and_for_nobody_who_does_not() -> None:
    a_practice()
    ben, thea, peer = a_person("Ben Bell"), a_therapist(), a_therapist()
    couple, alone = a_couple(a_person(), ben, lead=thea), an_individual(ben, lead=peer)
    both = a_therapist("Bo Both")
    mine = an_individual(ben, lead=both)
    also = a_couple(a_person(), ben, lead=both)
    written(thea, couple, ben, {1: True, 2: False, 6: False})
    assert "Low: go on" not in said_on(peer, path_of(alone, ben))
    written(both, also, ben, {1: True, 2: False, 6: False})
    assert said_on(both, path_of(mine, ben)).count("Low: go on") == 1
    assert "in another case of theirs" in said_on(both, path_of(mine, ben))
    assert "in another case of theirs" not in said_on(both, path_of(also, ben))


def test_who_left_is_still_there_to_be_read_of_but_is_asked_no_more() -> None:
    a_practice()
    ana, thea = a_person("Ana Ames"), a_therapist()
    case = an_individual(ana, lead=thea)
    written(thea, case, ana, {1: True, 2: False, 6: False})
    assert "Write one down" in said_on(thea, path_of(case, ana))
    Participant.objects.filter(case=case, person=ana).update(until_at=now())
    said = said_on(thea, path_of(case, ana))
    assert "Low: go on looking" in said
    assert "Write one down" not in said


def test_reading_is_in_the_audit_and_costs_the_same_however_many_there_are() -> None:
    a_practice()
    ana, thea = a_person(), a_therapist()
    case = an_individual(ana, lead=thea)
    browser = signed_in(thea)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(path_of(case, ana)).status_code == 200
        return len(captured)

    written(thea, case, ana, NOTHING)
    asked()
    few = asked()
    for number in range(11):
        written(thea, case, ana, {1: number % 2 == 0, 2: False, 6: False})
        # What is written down again at once is the same form, sent twice.
        TriageRecord.objects.update(created_at=now() - timedelta(hours=number + 1))
    assert asked() == few
    event = AuditEvent.objects.filter(verb="list", material="alert", subject_id=ana.pk).order_by("at").last()
    assert event is not None
    assert (event.case_id, event.person_id, event.count) == (case.pk, thea.pk, 12)
    row = TriageRecord.objects.first()
    assert row is not None
    browser.get(f"/triages/{row.pk}/")
    assert AuditEvent.objects.filter(verb="read", material="alert", row_id=row.pk, subject_id=ana.pk).exists()
