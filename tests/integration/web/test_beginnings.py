"""The pages of what comes before the first session: for the client, for a guardian, for those who treat."""

import re
from html import unescape

import pytest
from tests.factories.cases import a_child_case, a_couple, an_agreement, an_individual
from tests.factories.people import a_guardian, a_person, a_practice, a_therapist, acting
from tests.factories.queries import at_most
from tests.factories.signing_in import signed_in

from homeport.assessments.models import Assignment, IntakeForm
from homeport.assessments.services.save_intake import save_intake_section
from homeport.cases.models import ConsentSignature, FormatDecision, Participant
from homeport.content.consents import consent
from homeport.content.intake import intake
from homeport.core.versions import Changed
from homeport.people.models import EmergencyContact, Person
from homeport.people.services.keep_emergency_contact import Contact, keep_emergency_contact
from homeport.safety.models import Alert

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class Room:
    """A couple with its therapist."""

    def __init__(self) -> None:
        a_practice()
        self.ana, self.ben = a_person("Ana Ames", age=34), a_person("Ben Bell", age=36)
        self.thea = a_therapist("Thea Stone")
        self.case = a_couple(self.ana, self.ben, lead=self.thea)

    def path(self, person: Person, rest: str = "") -> str:
        return f"/before/{Participant.objects.get(person=person).pk}/{rest}"

    def page(self, person: Person, path: str, status: int = 200) -> str:
        answer = signed_in(person).get(path)
        assert answer.status_code == status
        return unescape(answer.content.decode())


@pytest.fixture
def room() -> Room:
    return Room()


def test_the_client_sees_what_is_next_and_signs_it(room: Room) -> None:
    shown = room.page(room.ana, room.path(room.ana))
    assert "First, each of you meets the therapist alone." in shown
    assert "Starting therapy" in shown
    ana = signed_in(room.ana)
    text = room.page(room.ana, room.path(room.ana, "texts/treatment/"))
    assert "You can stop at any time." in text
    sign = room.path(room.ana, "texts/treatment/sign/")
    assert ana.post(sign, {"text_hash": "0" * 64}).status_code == 409
    assert ana.post(sign, {"text_hash": consent("treatment").hash}).status_code == 303
    assert ConsentSignature.objects.get().given_by == room.ana
    assert "You signed this on" in room.page(room.ana, room.path(room.ana, "texts/treatment/"))


def test_taking_back_says_what_follows(room: Room) -> None:
    ana = signed_in(room.ana)
    ana.post(room.path(room.ana, "texts/recording/sign/"), {"text_hash": consent("recording").hash})
    assert "Nothing is recorded from now on" in room.page(room.ana, room.path(room.ana, "texts/recording/"))
    assert ana.post(room.path(room.ana, "texts/recording/take-back/")).status_code == 303
    assert ana.post(room.path(room.ana, "texts/treatment/take-back/")).status_code == 409, (
        "it was never signed"
    )
    assert "Taken back on" in room.page(room.ana, room.path(room.ana))


def test_nobody_else_reaches_it(room: Room) -> None:
    for who in (room.ben, room.thea, a_person()):
        for rest in ("", "texts/treatment/", "questions/brings/", "questions/brings/now/"):
            room.page(who, room.path(room.ana, rest), 404)
    room.page(room.ana, room.path(room.ana, "texts/nothing/"), 404)
    room.page(room.ana, room.path(room.ana, "texts/minors/"), 404)
    room.page(room.ana, room.path(room.ana, "questions/nothing/"), 404)


def test_each_section_is_kept_as_it_is_sent_and_found_again(room: Room) -> None:
    path = room.path(room.ana, "questions/brings/")
    sent = {"concerns": ["trust"], "words": "We hardly talk.", "since": "months", "tried": ""}
    answer = signed_in(room.ana).post(path, sent)
    assert (answer.status_code, answer["Location"]) == (303, room.path(room.ana, "questions/goals/"))
    again = room.page(room.ana, path)
    assert "We hardly talk." in again
    form = IntakeForm.objects.get()
    assert form.answers("brings")["since"] == "months"
    assert form.section_versions == {"brings": 1}


def test_who_stops_for_now_keeps_what_they_typed(room: Room) -> None:
    path = room.path(room.ana, "questions/brings/")
    answer = signed_in(room.ana).post(path, {"words": "We hardly talk.", "then": "stop"})
    assert (answer.status_code, answer["Location"]) == (303, room.path(room.ana))
    assert "We hardly talk." in room.page(room.ana, path)
    call = signed_in(room.ana).post(room.path(room.ana, "questions/call/"), {"then": "stop"})
    assert call["Location"] == room.path(room.ana)


def test_measures_come_with_what_brings_them(room: Room) -> None:
    ana = signed_in(room.ana)
    for version in ("", "1"):
        sent = {"concerns": ["mood"], "version": version}
        assert ana.post(room.path(room.ana, "questions/brings/"), sent).status_code == 303
    assigned = Assignment.objects.get()
    assert (assigned.instrument, assigned.slot, assigned.occasion) == (
        "attachment.homeport",
        "partner",
        "intake",
    )
    assert "/asked/" in room.page(room.ana, room.path(room.ana))


def test_of_two_devices_the_second_is_told_and_keeps_what_they_typed(room: Room) -> None:
    path = room.path(room.ana, "questions/about/")
    phone, desk = signed_in(room.ana), signed_in(room.ana)
    assert phone.post(path, {"gender": "woman"}).status_code == 303
    late = desk.post(path, {"gender": "non-binary"})
    shown = unescape(late.content.decode())
    assert late.status_code == 422
    assert "You kept this page from another device or window meanwhile." in shown
    assert "woman" in shown
    assert "non-binary" in shown
    assert desk.post(path, {"gender": "non-binary", "version": "1"}).status_code == 303
    assert IntakeForm.objects.get().answers("about")["gender"] == "non-binary"


def test_two_sections_on_two_devices_do_not_meet(room: Room) -> None:
    by, asked = acting(room.ana), intake()
    for number, section in enumerate(("goals", "about", "history")):
        save_intake_section(
            actor=by,
            case_id=room.case.pk,
            asked=asked,
            section_id=section,
            answers={"n": number},
            version=None,
        )
    with pytest.raises(Changed):
        save_intake_section(
            actor=by, case_id=room.case.pk, asked=asked, section_id="goals", answers={}, version=None
        )


def test_what_somebody_would_rather_not_say_is_kept_as_that(room: Room) -> None:
    path = room.path(room.ana, "questions/about/")
    sent = {"gender": "typed", "gender_rather_not": "on", "bonds": "rather_not", "days": "I paint."}
    signed_in(room.ana).post(path, sent)
    held = IntakeForm.objects.get().answers("about")
    assert held["gender"] is None
    assert held["bonds"] is None
    assert (held["days"], held["household"]) == ("I paint.", "")
    shown = room.page(room.thea, f"/intakes/{IntakeForm.objects.get().pk}/")
    assert "Would rather not say" in shown
    assert "Left out" in shown
    assert 'value="rather_not" checked' in room.page(room.ana, path)


@pytest.mark.parametrize(
    ("section", "sent", "alerts"),
    [
        ("brings", {"concerns": ["violence"]}, ["violence"]),
        ("history", {"now": ["dark_thoughts", "ill"]}, ["dark_thoughts"]),
        ("history", {"earlier": ["fights"]}, []),
    ],
)
def test_what_is_not_safe_opens_the_private_way_and_reaches_the_care_team(
    room: Room, section: str, sent: dict[str, list[str]], alerts: list[str]
) -> None:
    answer = signed_in(room.ana).post(room.path(room.ana, f"questions/{section}/"), sent)
    assert answer["Location"] == room.path(room.ana, f"questions/{section}/now/")
    shown = room.page(room.ana, answer["Location"])
    assert "Thank you for saying it" in shown
    assert "911" in shown
    assert list(Alert.objects.values_list("item", flat=True)) == alerts


def test_an_alert_that_was_raised_is_raised_once(room: Room) -> None:
    ana = signed_in(room.ana)
    ana.post(room.path(room.ana, "questions/brings/"), {"concerns": ["violence"]})
    ana.post(room.path(room.ana, "questions/history/"), {"now": ["violence"]})
    ana.post(room.path(room.ana, "questions/goals/"), {"goals_1": "Peace."})
    assert Alert.objects.count() == 1


def test_whom_to_call_and_where_one_is_are_kept_with_the_person(room: Room) -> None:
    ana = signed_in(room.ana)
    keep_emergency_contact(actor=acting(room.ana), person=room.ana, contact=Contact("Una"), version=None)
    path = room.path(room.ana, "questions/call/")
    shown = room.page(room.ana, path)
    assert "<title>Page 5 of 6 · Before we begin · " in shown
    assert 'name="contact_name"' in shown
    assert 'value="Una"' in shown
    assert shown.count('name="version"') == 1
    assert 'name="location"' in room.page(room.ana, room.path(room.ana, "questions/place/"))
    late = ana.post(path, {"contact_name": "Olga"})
    assert late.status_code == 422
    assert "Una" in late.content.decode()
    assert ana.post(path, {"contact_name": "Olga", "version": "1"}).status_code == 303
    place = {"location": "12 Harbour St", "version": "2"}
    assert ana.post(room.path(room.ana, "questions/place/"), place).status_code == 303
    kept = EmergencyContact.objects.get(person=room.ana)
    assert (kept.contact_name, kept.location) == ("Olga", "12 Harbour St")


def test_nobody_need_name_anybody_to_call(room: Room) -> None:
    ben = signed_in(room.ben)
    assert ben.post(room.path(room.ben, "questions/call/"), {}).status_code == 303
    assert not EmergencyContact.objects.exists()
    assert IntakeForm.objects.get().section_versions == {"call": 1}


def test_those_who_treat_see_what_came_in_and_mark_it_read(room: Room) -> None:
    signed_in(room.ana).post(room.path(room.ana, "questions/goals/"), {"goals_1": "To trust again."})
    overview = f"/cases/{room.case.pk}/before/"
    shown = room.page(room.thea, overview)
    for words in ("Not read yet", "Missing:", "Nothing came in yet.", "Not filled in:"):
        assert words in shown
    form = IntakeForm.objects.get()
    assert "To trust again." in room.page(room.thea, f"/intakes/{form.pk}/")
    thea = signed_in(room.thea)
    assert thea.post(f"/intakes/{form.pk}/read/", {"version": form.version}).status_code == 303
    assert "Not read yet" not in room.page(room.thea, overview)
    ana = signed_in(room.ana)
    ana.post(room.path(room.ana, "questions/goals/"), {"goals_1": "To rest.", "version": "1"})
    assert "Not read yet" in room.page(room.thea, overview)
    thea.post(f"/intakes/{form.pk}/read/", {"version": form.version})
    assert "Not read yet" in room.page(room.thea, overview), "they read an older state"
    for who in (room.ben, a_therapist()):
        room.page(who, overview, 404)
        room.page(who, f"/intakes/{form.pk}/", 404)
    room.page(room.ana, overview, 404)
    assert signed_in(room.ana).post(f"/intakes/{form.pk}/read/", {"version": 1}).status_code == 404


def test_the_decision_is_the_same_sentence_for_everybody(room: Room) -> None:
    path = f"/cases/{room.case.pk}/format/"
    thea = signed_in(room.thea)
    refused = thea.post(path, {"format": "joint"})
    assert refused.status_code == 422
    assert "First meet each of them alone" in unescape(refused.content.decode())
    assert thea.post(path, {"format": "joint", "met_each_alone": "on"}).status_code == 303
    assert FormatDecision.objects.get().decided_by == room.thea
    for person in (room.ana, room.ben):
        assert "From now on you meet together." in room.page(person, room.path(person))
    assert signed_in(room.ana).post(path, {"format": "joint", "met_each_alone": "on"}).status_code == 404


def test_an_individual_case_needs_no_decision() -> None:
    olga, thea = a_person("Olga Orr", age=40), a_therapist()
    case = an_individual(olga, lead=thea)
    shown = unescape(signed_in(thea).get(f"/cases/{case.pk}/before/").content.decode())
    assert "How you go on" not in shown
    part = Participant.objects.get(person=olga)
    assert "How you begin together" not in signed_in(olga).get(f"/before/{part.pk}/").content.decode()


def test_a_guardian_signs_for_a_child_and_sees_nothing_more() -> None:
    tia = a_person("Tia Tell", age=11)
    mother, other = a_guardian(tia, "Gina Tell"), a_guardian(tia, "Hugo Tell")
    a_child_case(tia, lead=a_therapist())
    part = Participant.objects.get(person=tia)
    gina = signed_in(mother)
    listed = unescape(gina.get("/children/").content.decode())
    assert "Tia" in listed
    assert "4 texts to read and sign" in listed
    text = {"text_hash": consent("treatment").hash}
    assert gina.post(f"/before/{part.pk}/texts/treatment/sign/", text).status_code == 303
    assert "3 texts to read and sign" in unescape(gina.get("/children/").content.decode())
    assert "4 texts to read and sign" in unescape(signed_in(other).get("/children/").content.decode())
    assert gina.get(f"/before/{part.pk}/questions/brings/").status_code == 404


def test_the_pages_cost_what_they_cost(room: Room) -> None:
    signed_in(room.ana).post(room.path(room.ana, "questions/brings/"), {"words": "Hm."})
    ana, thea = signed_in(room.ana), signed_in(room.thea)
    for browser, path, most in (
        (ana, room.path(room.ana), 20),
        (ana, room.path(room.ana, "questions/brings/"), 10),
        (thea, f"/cases/{room.case.pk}/before/", 22),
    ):
        browser.get(path)
        with at_most(most):
            browser.get(path)


def test_the_alert_of_a_form_says_where_it_comes_from(room: Room) -> None:
    signed_in(room.ana).post(room.path(room.ana, "questions/brings/"), {"concerns": ["violence"]})
    shown = room.page(room.thea, f"/alerts/{Alert.objects.get().pk}/")
    assert "Ana Ames" in shown
    assert "Chosen in the form before the first session" in shown


def test_a_hope_longer_than_a_phones_line_is_all_there_to_read_and_a_number_has_its_keyboard(
    room: Room,
) -> None:
    path, hope = (
        room.path(room.ana, "questions/goals/"),
        "Stay in the room when we argue, and come back to it.",
    )
    assert signed_in(room.ana).post(path, {"goals_1": hope, "goals_2": "", "goals_3": ""}).status_code == 303
    shown = room.page(room.ana, path)
    assert re.search(rf'<textarea[^>]*rows="2"[^>]*>\s*{hope}', shown)
    assert re.search(r'<input[^>]*type="tel"', room.page(room.ana, room.path(room.ana, "questions/call/")))


def test_whoever_signs_the_agreement_is_thanked_and_finds_the_way_back(room: Room) -> None:
    agreement = an_agreement(room.case)
    path = f"/cases/{room.case.pk}/agreement/"
    ana = signed_in(room.ana)
    shown = unescape(ana.get(path).content.decode())
    assert 'aria-label="Where you are"' in shown
    done = ana.post(path + "sign/", {"text_hash": agreement.text_hash}, follow=True)
    assert "Signed. Thank you." in done.content.decode()
