"""An interview on suicide is written down by numbers; what it asks for is said, and raised in the same transaction."""

import pytest
from tests.factories.cases import a_couple
from tests.factories.people import a_person, a_practice, a_therapist
from tests.factories.signing_in import signed_in

from homeport.safety.levels import Level
from homeport.safety.models import Alert, TriageRecord

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.mark.parametrize(
    ("said", "outcome", "level"),
    [
        ({"point1": "no", "point2": "yes", "point4": "yes", "point6": "no"}, "high", Level.URGENT),
        ({"point1": "no", "point2": "no", "point6": "yes"}, "high", Level.URGENT),
        ({"point1": "no", "point2": "no", "point6": "yes", "recent": "no"}, "moderate", Level.SAME_DAY),
        ({"point1": "yes", "point2": "no", "point6": "no"}, "low", None),
        ({"point1": "no", "point2": "no", "point6": "no"}, "none", None),
    ],
)
def test_the_outcome_is_said_and_raises_what_it_asks_for(
    said: dict[str, str], outcome: str, level: Level | None
) -> None:
    a_practice()
    ana, ben, thea = a_person("Ana Ames"), a_person("Ben Bell"), a_therapist()
    case = a_couple(ana, ben, lead=thea)
    browser, path = signed_in(thea), f"/cases/{case.pk}/triage/{ana.pk}/"
    assert "Point 6" in browser.get(path).content.decode()
    assert browser.post(path, said).status_code == 303
    row = TriageRecord.objects.get()
    assert row.outcome == outcome
    alert = Alert.objects.filter(subject_id=ana.pk).first()
    assert (alert.level if alert else None) == level
    assert row.alert_id == (alert.pk if alert else None)
    page = browser.get(f"/triages/{row.pk}/").content.decode()
    assert ("The alert that it raised" in page) is (level is not None)
    if alert:
        assert "An interview on suicide" in browser.get(f"/alerts/{alert.pk}/").content.decode()
    for other in (ana, ben, a_therapist()):
        assert signed_in(other).get(f"/triages/{row.pk}/").status_code == 404
        assert signed_in(other).get(path).status_code == 404
