"""Asking, answering item by item, sending; and what a risk answer raises in the same transaction."""

from datetime import timedelta
from typing import Any

import pytest
from tests.factories.cases import a_couple, an_individual
from tests.factories.made_up_words import install_words
from tests.factories.people import SYSTEM, a_person, a_practice, a_therapist, acting
from tests.factories.queries import at_most

from homeport.access.gate import Hidden
from homeport.assessments.models import (
    Assignment,
    Kind,
    OwnAdministration,
    OwnAnswer,
    OwnScore,
    ReportAdministration,
)
from homeport.assessments.selectors import due_for
from homeport.assessments.services.assign import assign, withdraw_assignment
from homeport.assessments.services.begin import AlreadySent, begin
from homeport.assessments.services.finish import finish, score_again
from homeport.assessments.services.save_answer import save_answer
from homeport.assessments.tasks import take_what_was_left
from homeport.assessments.wordings import NoWording
from homeport.content.instruments import load_key
from homeport.core import clock
from homeport.core.errors import HomeportError
from homeport.core.versions import Changed
from homeport.outbox.models import QueuedJob
from homeport.people.models import Person
from homeport.safety.levels import Level
from homeport.safety.models import Alert

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
PHQ9 = load_key("depression.phq-9")


class Room:
    """Ana, in care with Thea, and the PHQ-9 with made-up words before her."""

    def __init__(self) -> None:
        a_practice()
        self.ana, self.thea = a_person("Ana Ames"), a_therapist("Thea Stone")
        self.case = an_individual(self.ana, lead=self.thea)
        install_words("phq-9")
        self.asked = self.ask()

    def ask(self, instrument: str = "phq-9", by: Person | None = None, **how: Any) -> Assignment:
        actor = acting(by or self.thea)
        return assign(actor=actor, case_id=self.case.pk, person_id=self.ana.pk, instrument=instrument, **how)

    def says(self, item: str, value: int | None, **how: Any) -> Any:
        return save_answer(actor=acting(self.ana), assignment_id=self.asked.pk, item=item, value=value, **how)

    def sends(self) -> OwnAdministration:
        sent = finish(actor=acting(self.ana), assignment_id=self.asked.pk)
        assert isinstance(sent, OwnAdministration)
        return sent


@pytest.fixture
def room() -> Room:
    return Room()


def test_it_is_asked_once_and_waits(room: Room) -> None:
    assert room.ask().pk == room.asked.pk
    assert [each.pk for each in due_for(room.ana.pk)] == [room.asked.pk]
    assert (room.asked.key_version, room.asked.language, room.asked.instrument) == (
        1,
        "en",
        "depression.phq-9",
    )
    assert due_for(room.thea.pk) == []


def test_an_instrument_without_words_is_put_before_nobody(room: Room) -> None:
    with pytest.raises(NoWording, match=r"no words for the GAD-7 here yet.*install"):
        room.ask("gad-7")


def test_our_own_questions_always_have_words(room: Room) -> None:
    asked = room.ask("attachment.homeport", slot="partner")
    begun = begin(actor=acting(room.ana), assignment_id=asked.pk)
    assert len(begun.items) == 24


def test_only_the_care_team_asks_and_only_whoever_takes_part_is_asked(room: Room) -> None:
    for stranger in (a_therapist(), a_person()):
        with pytest.raises(Hidden):
            room.ask(by=stranger)
    with pytest.raises(Hidden):
        assign(actor=acting(room.thea), case_id=room.case.pk, person_id=a_person().pk, instrument="phq-9")
    install_words("gad-7")
    assert room.ask("gad-7", by=room.ana).assigned_by_id == room.ana.pk, "her own intake, put before herself"


def test_a_report_is_about_somebody_else_in_the_case() -> None:
    a_practice()
    ana, ben, thea = a_person(), a_person(), a_therapist()
    case = a_couple(ana, ben, lead=thea)
    install_words("csi-4")
    how: dict[str, Any] = {
        "actor": acting(thea),
        "case_id": case.pk,
        "person_id": ana.pk,
        "instrument": "csi-4",
    }
    for about in (None, ana.pk):
        with pytest.raises(HomeportError):
            assign(**how, kind=Kind.REPORT, about_id=about)
    asked = assign(**how, kind=Kind.REPORT, about_id=ben.pk)
    assert (asked.author_id, asked.subject_id, asked.about_id) == (ana.pk, ana.pk, ben.pk)
    assert isinstance(begin(actor=acting(ana), assignment_id=asked.pk), ReportAdministration)
    assert due_for(ben.pk) == []


def test_each_answer_is_kept_when_it_is_sent_in_any_order_and_twice_is_once(room: Room) -> None:
    room.says("sleep", 2)
    room.says("interest", 1)
    room.says("sleep", 2)
    assert {each.item: each.value for each in OwnAnswer.objects.all()} == {"sleep": 2, "interest": 1}
    room.says("sleep", 3)
    room.says("energy", None)
    assert {each.item: each.value for each in OwnAnswer.objects.all()} == {
        "sleep": 3,
        "interest": 1,
        "energy": None,
    }
    assert OwnAdministration.objects.count() == 1


def test_of_two_devices_the_second_is_told(room: Room) -> None:
    first = room.says("sleep", 1, seen=0)
    assert first.answer.version == 1
    room.says("sleep", 2, seen=1)
    with pytest.raises(Changed):
        room.says("sleep", 3, seen=1)
    assert OwnAnswer.objects.get().value == 2
    room.says("sleep", 2, seen=1)  # the same answer is no quarrel


def test_what_is_no_answer_is_refused(room: Room) -> None:
    for item, value in (("sleep", 4), ("sleep", -1), ("no-such", 1)):
        with pytest.raises(HomeportError):
            room.says(item, value)
    assert not OwnAnswer.objects.exists()


def test_only_whoever_was_asked_answers(room: Room) -> None:
    for other in (room.thea, a_person()):
        with pytest.raises(Hidden):
            save_answer(actor=acting(other), assignment_id=room.asked.pk, item="sleep", value=1)
    withdraw_assignment(actor=acting(room.thea), assignment_id=room.asked.pk)
    with pytest.raises(Hidden):
        room.says("sleep", 1)


def test_sent_it_is_scored_by_its_key_with_error_and_band(room: Room) -> None:
    for item in PHQ9.item_ids:
        room.says(item, 1 if item != "self-harm" else 0)
    sent = room.sends()
    score = OwnScore.objects.get(administration=sent)
    assert (score.value, score.band, score.answered, score.of) == (8.0, "mild", 9, 9)
    assert score.standard_error == pytest.approx(5.5 * 0.16**0.5)
    assert (score.key_version, score.key_hash) == (1, PHQ9.hash)
    assert Assignment.objects.get().state == "done"
    for again in (lambda: room.says("sleep", 2), room.sends):
        with pytest.raises(AlreadySent):
            again()


def test_too_little_gives_no_score_and_says_why(room: Room) -> None:
    for item in ("interest", "mood", "self-harm"):
        room.says(item, 0)
    score = OwnScore.objects.get(administration=room.sends())
    assert score.value is None
    assert score.standard_error is None
    assert "needed" in score.why


def test_scoring_again_leaves_the_earlier_score_with_its_reason(room: Room) -> None:
    for item in PHQ9.item_ids:
        room.says(item, 0)
    sent = room.sends()
    score_again(actor=SYSTEM, kind="own", administration_id=sent.pk, because="The key was corrected.")
    old, new = OwnScore.objects.order_by("replaced_at", "created_at", "pk").values_list(
        "replaced_because", flat=True
    )
    assert {old, new} == {"", "The key was corrected."}
    with pytest.raises(Hidden):
        score_again(actor=SYSTEM, kind="own", administration_id=sent.pk, because=" ")


def test_a_risk_answer_raises_one_alert_with_its_job(room: Room) -> None:
    saved = room.says("self-harm", 1)
    alert = Alert.objects.get()
    assert saved.alert == alert
    assert (alert.level, alert.state, alert.source_id) == (Level.SAME_DAY, "open", saved.answer.pk)
    assert (alert.author_id, alert.subject_id, alert.case_id) == (room.ana.pk, room.ana.pk, room.case.pk)
    assert alert.said == {"value": 1, "before": None}
    assert QueuedJob.objects.filter(name="safety.escalate").count() == 1
    room.says("self-harm", 1)
    assert Alert.objects.count() == 1
    assert QueuedJob.objects.filter(name="safety.escalate").count() == 1


def test_an_answer_that_becomes_more_makes_its_alert_stronger_and_less_never_weaker(room: Room) -> None:
    room.says("self-harm", 1)
    room.says("self-harm", 3)
    alert = Alert.objects.get()
    assert alert.level == Level.URGENT
    room.says("self-harm", 0)
    alert = Alert.objects.get()
    assert alert.level == Level.URGENT
    assert alert.last_said["value"] == 0
    room.says("sleep", 1)
    assert len(Alert.objects.get().history) == 2, "what did not change is not written down again"


def test_a_total_of_twenty_raises_the_level_whenever_it_is_reached(room: Room) -> None:
    room.says("self-harm", 1)
    for item in ("interest", "mood", "sleep", "energy", "appetite", "self-worth"):
        room.says(item, 3)
        assert Alert.objects.get().level == Level.SAME_DAY
    room.says("concentration", 1)
    alert = Alert.objects.get()
    assert alert.level == Level.URGENT
    assert alert.reasons == ["some", "high-total"]


def test_a_rise_since_the_last_time_raises_the_level(room: Room) -> None:
    room.says("self-harm", 0)
    room.sends()
    with clock.standing_at(clock.now() + timedelta(days=14)):
        room.asked = room.ask()
        room.says("self-harm", 1)
    alert = Alert.objects.get()
    assert (alert.level, alert.reasons) == (Level.URGENT, ["some", "rose"])


def test_without_a_risk_answer_there_is_no_alert(room: Room) -> None:
    for item in PHQ9.item_ids:
        room.says(item, 3 if item != "self-harm" else 0)
    room.sends()
    assert not Alert.objects.exists()


def test_a_form_left_after_a_risk_answer_counts_as_sent_and_can_be_gone_on_with(room: Room) -> None:
    for item in PHQ9.item_ids:
        if item not in ("energy", "appetite"):
            room.says(item, 1)
    take_what_was_left()
    assert not OwnScore.objects.exists()
    with clock.standing_at(clock.now() + timedelta(minutes=31)):
        take_what_was_left()
        take_what_was_left()
        left = OwnAdministration.objects.get()
        assert left.state == "left"
        assert OwnScore.objects.get().value == 9.0
        room.says("energy", 3)
        room.says("appetite", 3)
        assert room.sends().state == "finished"
    assert OwnScore.objects.get(replaced_at=None).value == 13.0
    assert OwnScore.objects.count() == 2


def test_a_form_left_without_one_just_waits(room: Room) -> None:
    room.says("sleep", 3)
    with clock.standing_at(clock.now() + timedelta(days=3)):
        take_what_was_left()
    assert OwnAdministration.objects.get().state == "begun"


def test_saving_asks_the_database_a_known_number_of_times(room: Room) -> None:
    room.says("interest", 0)
    with at_most(9):
        room.says("sleep", 2)
    with at_most(24):
        room.says("self-harm", 2)
