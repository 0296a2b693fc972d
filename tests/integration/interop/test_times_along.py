"""What somebody arranged and said before a first session is in their export, and goes when they do."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from tests.factories import accounts
from tests.factories.cases import a_couple
from tests.factories.people import a_person, a_practice, a_therapist, acting
from tests.factories.scheduling import TORONTO, Kind, an_appointment, offers, on, together, works

from homeport.assessments.models import IntakeForm
from homeport.core import keys
from homeport.core.clock import now
from homeport.core.sealed import SealedError
from homeport.directory.models import FitReview, Request
from homeport.directory.services.ask_to_begin import ask_to_begin
from homeport.directory.services.put_request import Said
from homeport.interop.services.erase_mine import erase_mine
from homeport.interop.services.export_mine import export_mine
from homeport.people.models import Person
from homeport.scheduling.models import CalendarFeed, Hold, Occupancy, ReminderTimes, Waiting
from homeport.scheduling.recurrence import Rule
from homeport.scheduling.services.book_series import book_series
from homeport.scheduling.services.consent_to_time import consent_to_time
from homeport.scheduling.services.hold_time import hold_time
from homeport.scheduling.services.keep_calendar_feed import make_calendar_feed
from homeport.scheduling.services.wait_for_time import wait_for_time

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)


class Scene:
    """Ana and Ben, and everything that Ana did before a first session together."""

    def __init__(self) -> None:
        a_practice()
        self.thea = a_therapist("Thea Stone")
        works(self.thea)
        self.ana, self.ben = (
            accounts.signs_in(a_person(name, zone=TORONTO)) for name in ("Ana Ames", "Ben Bell")
        )
        case = a_couple(self.ana, self.ben, lead=self.thea)
        together(case)
        alone = offers(self.thea)
        self.hers = an_appointment(case, alone, on(3, 9), subject=self.ana)
        self.his = an_appointment(case, alone, on(4, 9), subject=self.ben)
        self.joint = an_appointment(case, offers(self.thea, Kind.COUPLE), on(5, 9))
        consent_to_time(actor=acting(self.ana), appointment=self.joint, comes=True)
        consent_to_time(actor=acting(self.ben), appointment=self.joint, comes=False)
        rule = Rule(first=on(8, 11).date(), minute=11 * 60, zone=TORONTO, count=3)
        book_series(
            actor=acting(self.thea), offering=alone, rule=rule, case_id=case.pk, subject_id=self.ana.pk
        )
        for who in (self.ana, self.ben):
            wait_for_time(
                actor=acting(who), offering=alone, case_id=case.pk, weekdays=(2,) if who == self.ana else (3,)
            )
            hold_time(actor=acting(who), offering=alone, begins_at=on(20, 9 if who == self.ana else 11))
            make_calendar_feed(actor=acting(who), person_id=who.pk)
            ReminderTimes.objects.create(person=who, minutes=[60])
        ask_to_begin(actor=acting(self.ana), to_id=None, said=Said(words="Somebody for me alone."))
        FitReview.objects.create(
            author_id=self.ana.pk, therapist_id=self.thea.pk, words="She listens.", answers={"heard": 4}
        )
        IntakeForm.objects.create(
            author_id=self.ana.pk, subject_id=self.ana.pk, case_id=case.pk, filled_at=now(),
            sections={"brings": {"answers": {"words": "We argue at night."}}},
        )  # fmt: skip

    def exported(self, person: Person) -> dict[str, Any]:
        with zipfile.ZipFile(io.BytesIO(export_mine(actor=acting(person), person=person))) as archive:
            assert "Your times" in archive.read("everything.html").decode()
            found: dict[str, Any] = json.loads(archive.read("everything.json"))
        return found


def test_everything_one_arranged_is_in_the_export_and_nothing_of_a_partners() -> None:
    scene = Scene()
    found = scene.exported(scene.ana)
    text = json.dumps(found)
    for words in ("Somebody for me alone.", "She listens.", "We argue at night."):
        assert words in text
    times = found["times"]
    assert [
        one["answer"] for one in times["answers"] if one["time"] == scene.joint.begins_at.isoformat()
    ] == ["yes"]
    assert [one["weekdays"] for one in times["waiting"]] == [[2]]
    assert len(times["kept_for_you"]) == 1
    assert times["reminders"] == {"minutes": [60], "by_text": False}
    assert times["calendar_address_since"]
    begins = {row["begins_at"] for row in found["material"]["appointment"] if "begins_at" in row}
    assert {scene.hers.begins_at.isoformat(), scene.joint.begins_at.isoformat()} <= begins
    assert scene.his.begins_at.isoformat() not in text
    assert any("rule" in row for row in found["material"]["appointment"]), "the series as well"
    theirs = json.dumps(scene.exported(scene.ben))
    for words in (
        "Somebody for me alone.",
        "She listens.",
        "We argue at night.",
        scene.hers.begins_at.isoformat(),
    ):
        assert words not in theirs


def test_who_goes_waits_for_nothing_and_what_they_wrote_is_unreadable() -> None:
    scene = Scene()
    before = Occupancy.objects.count()
    erase_mine(actor=acting(scene.ana), person=Person.objects.get(pk=scene.ana.pk))
    for model in (Waiting, Hold, ReminderTimes, CalendarFeed):
        assert list(model.objects.values_list("person_id", flat=True)) == [scene.ben.pk], model
    assert Occupancy.objects.count() == before - 1, "what was kept for them is free"
    assert f"person:{scene.ana.pk}" not in keys.scopes_under("person:")
    for row, name in ((Request.objects.get(), "words"), (FitReview.objects.get(), "words")):
        with pytest.raises((SealedError, keys.KeyGone)):
            getattr(row, name)
    assert scene.hers.begins_at > now() - timedelta(days=1)
