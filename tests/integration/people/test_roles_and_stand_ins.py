"""Roles, supervision, cover and the professional will."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from tests.factories import cases, people

from homeport.access.standing import standing_of
from homeport.audit.models import AuditEvent
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.core.versions import Changed
from homeport.people.errors import Unfit
from homeport.people.models import Cover, ProfessionalWill, Role, RoleHolding, Supervision
from homeport.people.services.arrange_cover import LONGEST_COVER, arrange_cover, end_cover
from homeport.people.services.hold_role import give_role, take_role
from homeport.people.services.keep_will import put_will_into_force, write_will
from homeport.people.services.supervise import begin_supervision, end_supervision

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def covers_cases(person: Any) -> bool:
    return bool(standing_of(people.acting(person)).covers)


def test_a_person_holds_several_roles_each_once() -> None:
    mona = people.someone_with(Role.MANAGER, Role.THERAPIST)
    give_role(actor=people.SYSTEM, person=mona, role=Role.THERAPIST)
    assert standing_of(people.acting(mona)).roles == {Role.MANAGER, Role.THERAPIST}
    take_role(actor=people.SYSTEM, person=mona, role=Role.THERAPIST)
    take_role(actor=people.SYSTEM, person=mona, role=Role.THERAPIST)
    assert standing_of(people.acting(mona)).roles == {Role.MANAGER}
    give_role(actor=people.SYSTEM, person=mona, role=Role.THERAPIST)
    assert RoleHolding.objects.filter(person=mona, role=Role.THERAPIST).count() == 2, "what was is kept"
    told = AuditEvent.objects.filter(material="role:therapist").order_by("at").values_list("verb", flat=True)
    assert list(told) == ["grant", "revoke", "grant"]


def test_the_last_manager_stays() -> None:
    mona = people.a_manager()
    with pytest.raises(HomeportError):
        take_role(actor=people.SYSTEM, person=mona, role=Role.MANAGER)
    people.a_manager()
    take_role(actor=people.SYSTEM, person=mona, role=Role.MANAGER)
    assert not standing_of(people.acting(mona)).roles


def test_a_role_taken_away_takes_its_cases_along() -> None:
    thea = people.a_therapist()
    case = cases.an_individual(lead=thea)
    assert standing_of(people.acting(thea)).cares_for == {case.pk}
    take_role(actor=people.SYSTEM, person=thea, role=Role.THERAPIST)
    assert not standing_of(people.acting(thea)).cares_for


def test_supervision_begins_and_ends_once() -> None:
    thea = people.a_therapist()
    case = cases.an_individual(lead=thea)
    sue = people.a_supervisor(thea)
    begin_supervision(actor=people.SYSTEM, supervisor=sue, supervisee=thea)
    pair = Supervision.objects.get()
    assert standing_of(people.acting(sue)).supervises == {case.pk}
    end_supervision(actor=people.SYSTEM, supervision=pair)
    end_supervision(actor=people.SYSTEM, supervision=pair)
    assert not standing_of(people.acting(sue)).supervises
    assert AuditEvent.objects.filter(material="supervision").count() == 2


def test_nobody_supervises_themselves_or_without_the_role() -> None:
    sue = people.someone_with(Role.SUPERVISOR, Role.THERAPIST)
    thea = people.a_therapist()
    for supervisor, supervisee in ((sue, sue), (thea, sue)):
        with pytest.raises(HomeportError):
            begin_supervision(actor=people.SYSTEM, supervisor=supervisor, supervisee=supervisee)


def test_a_colleague_of_another_practice_covers_for_these_days_and_no_longer() -> None:
    with time_machine.travel("2027-03-01 09:00Z", tick=False) as clock:
        thea, otto = people.a_therapist(), people.a_person("Otto")
        cases.an_individual(lead=thea)
        arrange_cover(
            actor=people.SYSTEM,
            covered=thea,
            by=otto,
            from_at=now() + timedelta(days=1),
            until_at=now() + timedelta(days=8),
            practice_of_by="River Practice",
        )
        assert not covers_cases(otto)
        clock.shift(timedelta(days=1))
        assert covers_cases(otto)
        assert standing_of(people.acting(otto)).roles == {Role.COVER}
        clock.shift(timedelta(days=7, seconds=-1))
        assert covers_cases(otto)
        clock.shift(timedelta(seconds=1))
        assert not covers_cases(otto)
        assert not standing_of(people.acting(otto)).roles, "the role lapses with the cover"


def test_a_covering_colleague_does_nothing_but_cover() -> None:
    from homeport.access.duties import ROLES, Duty

    allowed = {Duty.SEE_OWN_CASES, Duty.SEE_ALERTS}  # both of the cases that are covered, and of no other
    assert {duty for duty in Duty if Role.COVER in ROLES[duty]} == allowed


def test_cover_ends_early_with_its_role_and_what_never_began_is_called_off() -> None:
    thea, otto = people.a_therapist(), people.a_person("Otto")
    other = people.a_therapist()
    cases.an_individual(lead=thea)
    stands = people.a_cover(thea, otto, practice_of_by="River Practice")
    also = people.a_cover(other, otto, practice_of_by="River Practice")
    end_cover(actor=people.SYSTEM, cover=stands)
    assert not covers_cases(otto)
    assert standing_of(people.acting(otto)).roles == {Role.COVER}, "the other cover still stands"
    end_cover(actor=people.SYSTEM, cover=also)
    assert not standing_of(people.acting(otto)).roles
    later = arrange_cover(
        actor=people.SYSTEM,
        covered=thea,
        by=otto,
        from_at=now() + timedelta(days=5),
        until_at=now() + timedelta(days=6),
    )
    end_cover(actor=people.SYSTEM, cover=later)
    end_cover(actor=people.SYSTEM, cover=later)
    assert not Cover.objects.filter(pk=later.pk).exists()
    with time_machine.travel(now() + timedelta(days=5, hours=1)):
        assert not standing_of(people.acting(otto)).roles


def test_a_therapist_of_this_practice_needs_no_role_lent() -> None:
    thea, theo = people.a_therapist(), people.a_therapist()
    people.a_cover(thea, theo)
    assert not RoleHolding.objects.filter(role=Role.COVER).exists()


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (timedelta(0), timedelta(0)),
        (timedelta(days=2), timedelta(days=1)),
        (timedelta(days=-3), timedelta(days=-1)),
        (timedelta(0), LONGEST_COVER + timedelta(seconds=1)),
    ],
)
def test_days_that_make_no_cover(begins: timedelta, ends: timedelta) -> None:
    thea, theo = people.a_therapist(), people.a_therapist()
    with pytest.raises(Unfit) as told:
        arrange_cover(
            actor=people.SYSTEM, covered=thea, by=theo, from_at=now() + begins, until_at=now() + ends
        )
    assert told.value.field == "until_on"
    assert not Cover.objects.exists()


def test_people_who_make_no_cover() -> None:
    thea, ana = people.a_therapist(), people.a_person("Ana")
    for covered, by in ((thea, thea), (ana, thea)):
        with pytest.raises(HomeportError):
            people.a_cover(covered, by)


def a_will(therapist: Any, version: int | None = None, **changed: str) -> ProfessionalWill:
    said = {
        "executor_name": "Otto",
        "executor_email": "otto@example.org",
        "wishes": "Call Ana first.",
        **changed,
    }
    return write_will(actor=people.acting(therapist), therapist=therapist, version=version, **said)


def test_a_will_opens_nothing_until_it_is_put_into_force() -> None:
    thea, otto, mona = people.a_therapist(), people.a_person("Otto"), people.a_manager()
    cases.an_individual(lead=thea)
    will = a_will(thea)
    assert not covers_cases(otto)
    put_will_into_force(
        actor=people.acting(mona), will=will, executor=otto, practice_of_executor="River Practice"
    )
    assert covers_cases(otto)
    with pytest.raises(HomeportError):
        put_will_into_force(actor=people.acting(mona), will=will, executor=otto)
    with time_machine.travel(now() + timedelta(days=93)):
        assert not covers_cases(otto)


def test_nobody_puts_their_own_will_into_force() -> None:
    thea = people.someone_with(Role.THERAPIST, Role.MANAGER)
    with pytest.raises(HomeportError):
        put_will_into_force(actor=people.acting(thea), will=a_will(thea), executor=people.a_therapist())
    assert ProfessionalWill.objects.get().in_force_at is None


def test_two_who_change_a_will_at_once() -> None:
    thea = people.a_therapist()
    a_will(thea)
    a_will(thea, version=1, wishes="Call Ben first.")
    for stale in (1, None):
        with pytest.raises(Changed):
            a_will(thea, version=stale, wishes="Call Cleo first.")
    assert ProfessionalWill.objects.get().wishes == "Call Ben first."


@pytest.mark.parametrize(("field", "value"), [("executor_name", " "), ("executor_email", "otto")])
def test_a_will_names_somebody_who_can_be_reached(field: str, value: str) -> None:
    with pytest.raises(Unfit) as told:
        a_will(people.a_therapist(), **{field: value})
    assert told.value.field == field
