"""The pages of bringing people together, and of what concerns the minors among them."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests.factories import accounts, cases, people

from homeport.access.standing import standing_of
from homeport.audit.models import AuditEvent
from homeport.cases.models import CareTeamMember, Case, GuardianNarrowing, Participant, TreatmentConsent
from homeport.cases.policies import INTAKE_LASTS
from homeport.core.clock import now
from homeport.core.ids import new_id
from homeport.people.models import Guardianship, Invitation, Person, Role, RoleHolding
from homeport.people.services.keep_emergency_contact import Contact, keep_emergency_contact, say_where

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOTE = "She told in her own words what we do here, and what may come of it."


@pytest.fixture(autouse=True)
def _practice() -> None:
    people.a_practice()


@pytest.fixture
def thea() -> Person:
    return people.a_therapist("Thea")


@pytest.fixture
def browser(thea: Person) -> Client:
    return accounts.a_browser(thea)


def text(page: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.content.decode())))


def to(name: str, *arguments: Any) -> str:
    return reverse(name, args=arguments)


# --- opening, bringing in ---


def test_a_therapist_opens_a_case_and_brings_a_couple_in(thea: Person, browser: Client) -> None:
    said = {"kind": "couple", "jurisdiction": "CA-QC", "lead": str(thea.pk)}
    page = browser.post(to("case-open"), said)
    case = Case.objects.get()
    assert page.headers["Location"] == to("case-people", case.pk)
    assert (case.kind, case.jurisdiction, case.opened_by) == ("couple", "CA-QC", thea)
    for name in ("Ana", "Ben"):
        new = {"who": "new", "name": name, "email": f"{name}@example.org", "role": "partner"}
        assert browser.post(to("participant-add", case.pk), new).status_code == 303
    assert {each.person.name for each in Participant.objects.all()} == {"Ana", "Ben"}
    assert Invitation.objects.count() == 2
    assert RoleHolding.objects.filter(role=Role.CLIENT).count() == 2
    third = browser.post(to("participant-add", case.pk), {"who": "new", "name": "Cleo", "role": "partner"})
    assert "A couple is two people" in text(third)
    assert not Person.objects.filter(name="Cleo").exists(), "nothing of it stays"
    assert "Ana" in text(browser.get(to("case-people", case.pk)))


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "harem"}, "kind"),
        ({"jurisdiction": "X"}, "jurisdiction"),
        ({"lead": ""}, "lead"),
        ({"lead": "nobody"}, "lead"),
    ],
)
def test_a_wrong_case(thea: Person, browser: Client, wrong: dict[str, str], at: str) -> None:
    said = {"kind": "family", "jurisdiction": "CA-QC", "lead": str(thea.pk), **wrong}
    page = browser.post(to("case-open"), said)
    assert page.status_code == 422
    assert f'id="{at}-error"' in page.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"name": ""}, "name"),
        ({"email": "ana"}, "email"),
        ({"birth_date": "in May"}, "birth_date"),
        ({"birth_date": "2999-01-01"}, "birth_date"),
        ({"role": "partner"}, "role"),
        ({"role": "child"}, "birth_date"),
        ({"who": "nobody"}, "who"),
        ({"who": ""}, "who"),
    ],
)
def test_somebody_who_cannot_be_brought_in(
    thea: Person, browser: Client, wrong: dict[str, str], at: str
) -> None:
    case = cases.a_case(lead=thea)
    before = Person.objects.count()
    said = {"who": "new", "name": 'A "b" <c>', "email": "", "role": "client", **wrong}
    page = browser.post(to("participant-add", case.pk), said)
    assert page.status_code == 422
    assert f'id="{at}-error"' in page.content.decode()
    assert Person.objects.count() == before
    if at != "name":
        assert "A &quot;b&quot; &lt;c&gt;" in page.content.decode()


def test_a_therapist_may_bring_in_people_of_their_own_cases_and_learns_of_no_other_client(
    thea: Person, browser: Client
) -> None:
    ana = people.a_person("Ana Own")
    cases.an_individual(ana, lead=thea)
    secret = people.a_person("Sam Secret")
    cases.an_individual(secret)
    case = cases.a_case(Case.Kind.COUPLE, lead=thea)
    page = browser.get(to("participant-add", case.pk))
    assert "Ana Own" in text(page)
    assert "Sam Secret" not in text(page)
    said = {"who": str(secret.pk), "role": "partner"}
    assert browser.post(to("participant-add", case.pk), said).status_code == 422
    assert browser.post(to("participant-add", case.pk), {**said, "who": str(ana.pk)}).status_code == 303
    assert case.participants.get().person == ana


def test_a_group_has_names_of_its_own(thea: Person, browser: Client) -> None:
    case = cases.a_group(lead=thea)
    said = {"who": "new", "name": "Katharina", "role": "member"}
    page = browser.post(to("participant-add", case.pk), said)
    assert 'id="group_name-error"' in page.content.decode()
    browser.post(to("participant-add", case.pk), {**said, "group_name": "Kit"})
    assert case.participants.get().group_name == "Kit"


def test_taking_part_and_treating_end_on_the_page(thea: Person, browser: Client) -> None:
    ana = people.a_person("Ana")
    case = cases.an_individual(ana, lead=thea)
    theo = people.a_therapist("Theo")
    part = case.participants.get()
    assert browser.post(to("participant-end", case.pk, part.pk)).status_code == 303
    assert browser.post(to("participant-end", case.pk, part.pk)).status_code == 404
    lead = case.care_team.get()
    told = browser.post(to("team-leave", case.pk, lead.pk), follow=True)
    assert "last therapist" in text(told)
    assert browser.post(to("team-join", case.pk), {"person": str(theo.pk)}).status_code == 303
    assert browser.post(to("team-join", case.pk), {"person": str(ana.pk)}).status_code == 422
    gone = browser.post(to("team-leave", case.pk, lead.pk))
    assert gone.headers["Location"] == to("cases")
    assert browser.get(to("case-people", case.pk)).status_code == 404, "who left sees it no more"
    assert CareTeamMember.objects.get(until_at=None).person == theo


def test_a_case_is_paused_closed_and_opened_again(thea: Person, browser: Client) -> None:
    case = cases.an_individual(lead=thea)
    for status, version in (("paused", "1"), ("closed", "2"), ("open", "3")):
        browser.post(to("case-status", case.pk), {"status": status, "version": version})
        case.refresh_from_db()
        assert case.status == status
    told = browser.post(to("case-status", case.pk), {"status": "closed", "version": "1"}, follow=True)
    assert "Somebody changed this" in text(told)
    assert browser.post(to("case-status", case.pk), {"status": "burnt", "version": "4"}).status_code == 404
    browser.post(to("case-status", case.pk), {"status": "closed", "version": "9" * 90})
    case.refresh_from_db()
    assert case.status == "open"


# --- who reaches a case to arrange it ---


ARRANGES = ["case-people", "participant-add"]


def statuses(who: Person, case: Case) -> set[int]:
    own = accounts.a_browser(who)
    return {own.get(to(name, case.pk)).status_code for name in ARRANGES}


def test_only_its_care_team_arranges_a_case(thea: Person) -> None:
    ana = people.a_person("Ana")
    case = cases.an_individual(ana, lead=thea)
    covering = people.a_therapist()
    people.a_cover(thea, covering)
    assert statuses(thea, case) == {200}
    assert statuses(covering, case) == {200}
    others = [
        ana,
        people.a_therapist(),
        people.a_supervisor(thea),
        people.a_manager(),
        people.someone_with(Role.DESK, Role.BILLER, Role.RESEARCHER, Role.OPERATOR),
        people.someone_with(Role.INTAKE),
    ]
    for other in others:
        assert statuses(other, case) == {404}, other.name


def test_a_therapist_who_takes_part_has_no_say(thea: Person) -> None:
    """A therapist of the practice may be a client here, and is nothing but a client then."""
    theo = people.a_therapist("Theo")
    case = cases.an_individual(theo, lead=thea)
    assert statuses(theo, case) == {404}


def test_an_intake_clinician_arranges_what_they_opened_for_a_fortnight(thea: Person) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        ines = people.someone_with(Role.INTAKE, name="Ines")
        own = accounts.a_browser(ines)
        own.post(to("case-open"), {"kind": "individual", "jurisdiction": "CA-ON", "lead": str(thea.pk)})
        case = Case.objects.get()
        assert statuses(ines, case) == {200}
        said = {"who": "new", "name": "Ana", "role": "client"}
        assert own.post(to("participant-add", case.pk), said).status_code == 303
        assert own.get(to("case", case.pk)).status_code == 404, "what is in it, intake does not see"
        part = case.participants.get()
        assert own.get(to("case-emergency-contact", case.pk, part.pk)).status_code == 404
        clock.shift(INTAKE_LASTS)
        assert statuses(ines, case) == {404}
        assert statuses(thea, case) == {200}


@pytest.mark.parametrize("name", ["case-minor", "guardian-add", "participant-end", "case-emergency-contact"])
def test_a_participant_of_another_case_is_not_there(thea: Person, browser: Client, name: str) -> None:
    case, other = cases.a_case(lead=thea), cases.an_individual()
    for participant_id in (other.participants.get().pk, new_id()):
        address = to(name, case.pk, participant_id)
        answer = browser.post(address) if name == "participant-end" else browser.get(address)
        assert answer.status_code == 404


# --- minors ---


@pytest.fixture
def teen(thea: Person) -> Participant:
    lena = people.a_person("Lena", age=15)
    return cases.a_child_case(lena, lead=thea).participants.get()


def stands(teen: Participant, **said: Any) -> dict[str, Any]:
    return {
        "who": "new", "name": "Mia", "kind": "parent", "legal_authority": "on", "jurisdiction": "CA-ON", **said,
    }  # fmt: skip


def test_from_a_name_on_paper_to_a_guardian_who_consented(browser: Client, teen: Participant) -> None:
    here = (teen.case_id, teen.pk)
    assert browser.post(to("guardian-add", *here), stands(teen)).status_code == 303
    standing = Guardianship.objects.get()
    assert (standing.guardian.name, standing.verified_at) == ("Mia", None)
    page = text(browser.get(to("case-minor", *here)))
    assert "Papers not looked at" in page
    refused = browser.post(to("consent-guardian", *here, standing.pk), follow=True)
    assert "legal authority was verified" in text(refused)
    browser.post(to("guardianship-verify", *here, standing.pk))
    assert "Sees only what is released to them" in text(browser.get(to("case-minor", *here)))
    browser.post(to("consent-guardian", *here, standing.pk))
    assert TreatmentConsent.objects.get().given_by == standing.guardian
    browser.post(to("consent-withdraw", *here, TreatmentConsent.objects.get().pk))
    browser.post(to("guardianship-end", *here, standing.pk))
    assert "Who stood for them before" in text(browser.get(to("case-minor", *here)))
    assert not standing_of(people.acting(standing.guardian)).guards


def test_a_teen_consents_alone_with_the_reason_for_it(browser: Client, teen: Participant) -> None:
    mia = people.a_guardian(teen.person)
    here = (teen.case_id, teen.pk)
    page = browser.post(to("consent-alone", *here), {"capacity_note": "Clever."})
    assert page.status_code == 422
    assert "Clever." in text(page)
    assert browser.post(to("consent-alone", *here), {"capacity_note": NOTE}).status_code == 303
    shown = text(browser.get(to("case-minor", *here)))
    assert NOTE in shown
    assert "consents alone" in shown
    assert not standing_of(people.acting(mia)).guards


def test_the_law_of_the_place_is_shown_with_its_doubt(
    browser: Client, thea: Person, teen: Participant
) -> None:
    page = text(browser.get(to("case-minor", teen.case_id, teen.pk)))
    assert "you judge whether they understand" in page
    assert "Not confirmed yet" in page
    case = cases.a_case(lead=thea, jurisdiction="CA-QC")
    sure = cases.takes_part(case, people.a_person(age=14), Participant.Role.ADOLESCENT)
    shown = text(browser.get(to("case-minor", case.pk, sure.pk)))
    assert "may consent alone" in shown
    assert "Not confirmed yet" not in shown


def test_a_guardian_sees_less_for_a_reason(browser: Client, teen: Participant) -> None:
    people.a_guardian(teen.person, "Paul")
    standing = Guardianship.objects.get()
    here = (teen.case_id, teen.pk)
    why = "He reads her messages and shouts."
    short = browser.post(
        to("guardian-narrow", *here, standing.pk), {"hides": "everything", "reason": "Mean."}
    )
    assert short.status_code == 422
    assert "Mean." in text(short)
    none = browser.post(to("guardian-narrow", *here, standing.pk), {"hides": "", "reason": why})
    assert none.status_code == 422
    browser.post(to("guardian-narrow", *here, standing.pk), {"hides": "everything", "reason": why})
    page = text(browser.get(to("case-minor", *here)))
    assert "Sees nothing, for this reason" in page
    assert why in page
    narrowing = GuardianNarrowing.objects.get()
    browser.post(to("guardian-widen", *here, narrowing.pk))
    assert browser.post(to("guardian-widen", *here, narrowing.pk)).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"name": ""}, "name"),
        ({"kind": "aunt"}, "kind"),
        ({"legal_authority": ""}, "legal_authority"),
        ({"jurisdiction": "X"}, "jurisdiction"),
        ({"email": "mia"}, "email"),
    ],
)
def test_a_wrong_guardian(browser: Client, teen: Participant, wrong: dict[str, str], at: str) -> None:
    count = Person.objects.count()
    said = stands(teen, **wrong)
    if said["legal_authority"] == "":
        del said["legal_authority"]
    page = browser.post(to("guardian-add", teen.case_id, teen.pk), said)
    assert page.status_code == 422
    assert f'id="{at}-error"' in page.content.decode()
    assert Person.objects.count() == count


def test_the_guardianship_of_another_child_is_not_reached_through_this_one(
    browser: Client, teen: Participant
) -> None:
    other = people.a_person(age=7)
    people.a_guardian(other, verified=False)
    standing = Guardianship.objects.get()
    for name in ("guardianship-verify", "guardianship-end", "consent-guardian", "guardian-narrow"):
        assert browser.post(to(name, teen.case_id, teen.pk, standing.pk)).status_code == 404
    standing.refresh_from_db()
    assert standing.verified_at is None
    assert standing.holds


def test_looking_at_a_minors_guardians_is_in_the_audit(browser: Client, teen: Participant) -> None:
    browser.get(to("case-minor", teen.case_id, teen.pk))
    event = AuditEvent.objects.get(verb="read", material="guardianship")
    assert (event.subject_id, event.case_id) == (teen.person_id, teen.case_id)


def test_two_guardians_who_do_not_speak_to_each_other_never_meet_here(
    thea: Person, browser: Client, teen: Participant
) -> None:
    """What one may open, with the other there and without: not a byte differs."""
    mia = people.a_guardian(teen.person, "Mia Marlow")
    own = accounts.a_browser(mia)
    pages = [
        "home",
        "account",
        "cases",
        "who-looked",
        "journal",
        "emergency-contact",
        "where-i-am",
        "contact-wishes",
    ]

    def seen() -> list[tuple[int, str]]:
        got = [own.get(reverse(name)) for name in pages]
        addresses = [
            own.get(to("case-minor", teen.case_id, teen.pk)),
            own.get(to("case-people", teen.case_id)),
        ]
        return [(page.status_code, unmasked(page)) for page in (*got, *addresses)]

    before = seen()
    with time_machine.travel(now() + timedelta(seconds=1)):
        paul = people.a_guardian(teen.person, "Paul Person-Unknown")
        browser.post(
            to("guardian-narrow", teen.case_id, teen.pk, Guardianship.objects.get(guardian=paul).pk),
            {"hides": "everything", "reason": "He reads her messages and shouts."},
        )
    assert seen() == before
    assert standing_of(people.acting(mia)).guards == {(teen.case_id, teen.person_id)}


def unmasked(page: Any) -> str:
    """The body without the token of its forms, which differs between two looks at the same page."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.content.decode())


# --- whom to call ---


def test_the_care_team_sees_whom_to_call_and_the_look_is_in_the_audit(thea: Person, browser: Client) -> None:
    ana = people.a_person("Ana")
    case = cases.an_individual(ana, lead=thea)
    part = case.participants.get()
    address = to("case-emergency-contact", case.pk, part.pk)
    assert "have not named anybody" in text(browser.get(address))
    assert not AuditEvent.objects.filter(material="emergency contact", verb="read").exists()
    kept = keep_emergency_contact(
        actor=people.acting(ana), person=ana, contact=Contact("Rosa", "416 555 0100", "sister"), version=None
    )
    say_where(actor=people.acting(ana), person=ana, location="12 Wharf Lane", version=kept.version)
    page = text(browser.get(address))
    for word in ("Rosa", "+1 416-555-0100", "12 Wharf Lane", "911"):
        assert word in page
    event = AuditEvent.objects.get(material="emergency contact", verb="read")
    assert (event.person_id, event.subject_id) == (thea.pk, ana.pk)
    supervisor = accounts.a_browser(people.a_supervisor(thea))
    assert supervisor.get(address).status_code == 200
    for other in (ana, people.a_therapist(), people.a_manager(), people.someone_with(Role.DESK)):
        assert accounts.a_browser(other).get(address).status_code == 404


def test_a_partner_never_sees_it(thea: Person) -> None:
    ana, ben = people.a_person("Ana"), people.a_person("Ben")
    case = cases.a_couple(ana, ben, lead=thea)
    part = case.participants.get(person=ana)
    assert accounts.a_browser(ben).get(to("case-emergency-contact", case.pk, part.pk)).status_code == 404
