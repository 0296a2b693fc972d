"""What tests build could really be there: it went through the services."""

import pytest
from tests.factories import cases, people

from homeport.access.standing import standing_of
from homeport.audit.models import AuditEvent
from homeport.people.models import Practice, Role

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_a_practice_with_everybody_in_it() -> None:
    people.a_practice()
    assert people.a_practice().pk == Practice.objects.get().pk
    thea, sam = people.a_therapist("Thea"), people.a_therapist("Sam")
    supervisor = people.a_supervisor(thea)
    people.a_cover(thea, sam)
    child = people.a_person("Lena", age=9)
    assert child.age_on() == 9
    mother = people.a_guardian(child, "Mia")
    case = cases.a_child_case(child, lead=thea, caregivers=(mother,))
    couple = cases.a_couple(lead=thea)
    cases.an_agreement(couple, signed_by=(thea,))
    cases.a_group(people.a_person(), people.a_person(), lead=sam)
    both = {case.pk, couple.pk}
    assert standing_of(people.acting(thea)).cares_for == both
    assert standing_of(people.acting(sam)).covers == both
    assert standing_of(people.acting(supervisor)).supervises == both
    assert standing_of(people.acting(mother)).guards == {(case.pk, child.pk)}
    assert Role.MANAGER in standing_of(people.acting(people.a_manager())).roles
    assert AuditEvent.objects.count() > 30
