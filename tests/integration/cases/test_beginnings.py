"""What comes before the first session: yes to the texts, taking it back, and the decision on the format."""

import pytest
from tests.factories.cases import a_case, a_child_case, a_couple, a_group, an_individual
from tests.factories.people import a_guardian, a_person, a_therapist, acting
from tests.factories.queries import exactly

from homeport.access.gate import Hidden
from homeport.audit.models import AuditEvent
from homeport.cases.beginnings import asked_of
from homeport.cases.models import Case, ConsentSignature, FormatDecision, Participant, TreatmentConsent
from homeport.cases.policies import may_meet_jointly
from homeport.cases.services.sign_consent import sign_consent, take_back_consent, text_for
from homeport.content import consents
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.people.errors import Unfit
from homeport.people.models import Person
from homeport.safety.models import ViolenceScreen
from homeport.safety.services.decide_format import decide_format

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
Format = FormatDecision.Format


def part_of(person: Person) -> Participant:
    return Participant.objects.select_related("case", "person").get(person=person)


def sign(part: Participant, signer: Person, kind: str, text_hash: str = "") -> ConsentSignature:
    text = text_hash or text_for(part, kind, signer).text.hash
    return sign_consent(actor=acting(signer), participant=part, signer=signer, kind=kind, text_hash=text)


def kinds(part: Participant, signer: Person) -> list[str]:
    return [each.kind for each in asked_of(part, signer)]


def test_a_yes_keeps_text_time_person_and_language() -> None:
    ana = a_person("Ana Ames", age=34)
    an_individual(ana)
    part = part_of(ana)
    signed = sign(part, ana, "data-protection")
    assert (signed.text_id, signed.text_version, signed.language) == ("data-protection-ca", 1, "en")
    assert signed.text_hash == consents.consent("data-protection-ca").hash
    assert signed.given_by == ana
    assert signed.holds
    assert sign(part, ana, "data-protection").pk == signed.pk, "twice is once"
    event = AuditEvent.objects.get(row_id=signed.pk)
    assert (event.verb, event.subject_id, event.case_id) == ("sign", ana.pk, part.case_id)


def test_what_was_taken_back_holds_no_more_and_stays_on_record() -> None:
    ana = a_person(age=34)
    an_individual(ana)
    signed = sign(part_of(ana), ana, "recording")
    take_back_consent(actor=acting(ana), signature=signed)
    take_back_consent(actor=acting(ana), signature=signed)
    signed.refresh_from_db()
    assert (signed.holds, signed.ended) == (False, "taken_back")
    assert AuditEvent.objects.filter(row_id=signed.pk, verb="withdraw").count() == 1
    again = sign(part_of(ana), ana, "recording")
    assert again.pk != signed.pk


def test_a_changed_text_is_signed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    ana = a_person(age=34)
    an_individual(ana)
    part = part_of(ana)
    first = sign(part, ana, "fees")
    newer = consents.Consent("fees", 2, "en", "Fees", "New.", "Other words.")
    monkeypatch.setattr("homeport.cases.texts.consent_in", lambda *_: newer)
    with pytest.raises(HomeportError, match="replaced while you read it"):
        sign(part, ana, "fees", first.text_hash)
    second = sign(part, ana, "fees")
    first.refresh_from_db()
    assert (first.ended, second.text_version) == ("signed_anew", 2)


def test_each_is_asked_what_is_theirs() -> None:
    ana, tia = a_person(age=34), a_person(age=15)
    an_individual(ana)
    mother = a_guardian(tia)
    a_child_case(tia)
    assert kinds(part_of(ana), ana) == ["treatment", "data-protection", "fees", "telehealth", "recording"]
    assert kinds(part_of(tia), tia) == ["treatment", "minors", "data-protection", "telehealth"]
    assert kinds(part_of(tia), mother) == ["treatment", "minors", "data-protection", "fees", "telehealth"]
    with pytest.raises(HomeportError, match="not asked of you"):
        sign(part_of(ana), ana, "minors")


def test_a_guardians_yes_to_the_treatment_is_their_consent_before_the_law() -> None:
    tia = a_person(age=13)
    mother, stranger, unverified = a_guardian(tia), a_person(), a_guardian(tia, verified=False)
    a_child_case(tia)
    part = part_of(tia)
    signed = sign(part, mother, "treatment")
    assert TreatmentConsent.objects.filter(participant=part, given_by=mother, until_at=None).exists()
    take_back_consent(actor=acting(mother), signature=signed)
    assert not TreatmentConsent.objects.filter(until_at=None).exists()
    for other in (stranger, unverified):
        with pytest.raises(HomeportError, match="legal authority"):
            sign(part, other, "treatment")
    Participant.objects.filter(pk=part.pk).update(consents_alone=True)
    with pytest.raises(HomeportError, match="legal authority"):
        sign(part_of(tia), mother, "treatment")


def test_who_left_the_case_signs_nothing() -> None:
    ana = a_person(age=34)
    an_individual(ana)
    part = part_of(ana)
    part.until_at = part.from_at
    with pytest.raises(HomeportError, match="take part"):
        sign(part, ana, "treatment")


@pytest.mark.parametrize(
    ("place", "text"),
    [("CA-QC", "minors-ca-qc"), ("CA-NB", "minors-ca-nb"), ("CA-ON", "minors"), ("*", "minors")],
)
def test_each_place_has_its_own_text(place: str, text: str) -> None:
    assert consents.consent_in("minors", place).id == text
    assert consents.consent_in("minors", place, "fr").language == "en", "English where there is no other yet"


def test_joint_sessions_open_only_by_the_clinicians_decision() -> None:
    thea = a_therapist()
    case = a_couple(lead=thea)
    opens_with = {None: False, Format.INDIVIDUAL_FIRST: False, Format.SPECIALISED: True, Format.JOINT: True}
    for chosen, opens in opens_with.items():
        if chosen:
            decide_format(actor=acting(thea), case_id=case.pk, chosen=chosen, met_each_alone=True)
        with exactly(1):
            assert may_meet_jointly(case.pk) is opens
    assert FormatDecision.objects.filter(case=case, until_at=None).count() == 1
    assert may_meet_jointly(an_individual().pk)
    assert may_meet_jointly(a_group(a_person()).pk)
    for kind in (Case.Kind.FAMILY, Case.Kind.PARENT_CHILD):
        assert not may_meet_jointly(a_case(kind).pk)
    assert not may_meet_jointly(thea.pk)


def test_only_the_care_team_decides_and_only_after_meeting_each_alone() -> None:
    thea, ana = a_therapist(), a_person()
    case = a_couple(ana, lead=thea)
    for who in (ana, a_therapist()):
        with pytest.raises(Hidden):
            decide_format(actor=acting(who), case_id=case.pk, chosen=Format.JOINT, met_each_alone=True)
    with pytest.raises(Unfit, match="each of them alone"):
        decide_format(actor=acting(thea), case_id=case.pk, chosen=Format.JOINT, met_each_alone=False)
    decide_format(actor=acting(thea), case_id=case.pk, chosen=Format.INDIVIDUAL_FIRST, met_each_alone=False)
    alone = an_individual(lead=thea)
    with pytest.raises(HomeportError, match="no decision"):
        decide_format(actor=acting(thea), case_id=alone.pk, chosen=Format.JOINT, met_each_alone=True)


def test_at_a_change_everybody_is_asked_again_alike() -> None:
    thea = a_therapist()
    case = a_couple(lead=thea)
    by, screens = acting(thea), ViolenceScreen.objects.filter(case_id=case.pk)
    screens.update(answered_at=now())
    decide_format(actor=by, case_id=case.pk, chosen=Format.JOINT, met_each_alone=True)
    assert not screens.filter(answered_at=None)
    decide_format(actor=by, case_id=case.pk, chosen=Format.JOINT, met_each_alone=True)
    assert not screens.filter(answered_at=None), "nothing changed"
    decide_format(actor=by, case_id=case.pk, chosen=Format.INDIVIDUAL_FIRST, met_each_alone=False)
    assert screens.filter(answered_at=None).count() == 2
