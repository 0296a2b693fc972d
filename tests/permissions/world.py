"""A practice in which every persona of `verdicts.yaml` is there, with one of everything that addresses name."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import override_settings
from tests.factories.cases import a_child_case, a_colleague_on, a_couple, an_agreement, an_individual
from tests.factories.directory import a_page_of
from tests.factories.people import (
    a_cover,
    a_guardian,
    a_guardianship,
    a_person,
    a_practice,
    a_supervisor,
    a_therapist,
    acting,
    someone_with,
)
from tests.permissions.browsing import Browser
from tests.permissions.world_matching import matched
from tests.permissions.world_measures import measures
from tests.permissions.world_meetings import meetings

from homeport.access.services.break_glass import break_glass
from homeport.access.services.release_row import release_row
from homeport.assessments.services.save_child_intake import save_child_intake_section
from homeport.assessments.services.save_intake import save_intake_section
from homeport.cases.models import CareTeamMember, Case, Participant
from homeport.cases.services.open_case import leave_care_team
from homeport.cases.services.sign_consent import sign_consent
from homeport.content.consents import consent
from homeport.content.intake import CHILD, intake
from homeport.content.screens import screen as questions
from homeport.core.clock import today
from homeport.directory.models import ProfilePhoto
from homeport.encounters.models import SessionNote
from homeport.encounters.services.release_note import release_note
from homeport.encounters.services.sign_note import sign_note
from homeport.encounters.services.write_note import write_note
from homeport.exercises.models import JournalEntry
from homeport.exercises.services.write_entry import write_entry
from homeport.outbox.models import OutgoingMessage
from homeport.outbox.services.note_bounce import note_bounce
from homeport.outbox.services.put_message import put_message
from homeport.people.models import (
    Cover,
    Guardianship,
    Licence,
    Person,
    ProfessionalWill,
    Role,
    Supervision,
    Therapist,
)
from homeport.people.services.invite import invite
from homeport.people.services.keep_licence import add_licence
from homeport.safety.models import ViolenceScreen
from homeport.safety.services.answer_screen import answer_screen
from homeport.safety.services.ask_screens import ask_screens

NEVER = "00000000-0000-4000-8000-000000000001"


@dataclass
class World:
    """``things``: what an address needs, by what the verdicts call it; ``marks``: what a form sends for "@name"."""

    people: dict[str, Person]
    browsers: dict[str, Browser] = field(default_factory=dict)
    things: dict[str, dict[str, Any]] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)


def build() -> World:
    """The whole of it."""
    practice = a_practice()
    thea = a_therapist("Thea Stone")
    people = {
        "client": a_person("Ana Ames", age=34),
        "partner": a_person("Ben Bell", age=36),
        "other client": a_person("Olga Orr", age=40),
        "teen": a_person("Tia Tell", age=15),
        "own therapist": thea,
        "other therapist": a_therapist("Odd Oak"),
        "cover": a_therapist("Cora Cole"),
        "supervisor": a_supervisor(thea, name="Sue Hart"),
        "emergency": a_therapist("Emil Fox"),
        "former": a_therapist("Fred Finch"),
        "intake": someone_with(Role.INTAKE, name="Ines Ivy"),
        "manager": someone_with(Role.MANAGER, name="Mia Moor"),
        "desk": someone_with(Role.DESK, name="Dora Dale"),
        "biller": someone_with(Role.BILLER, name="Bill Bay"),
        "researcher": someone_with(Role.RESEARCHER, name="Rita Rose"),
        "operator": someone_with(Role.OPERATOR, name="Otto Orr"),
    }
    people["guardian"] = a_guardian(people["teen"], "Gina Tell")
    people["second guardian"] = a_guardian(people["teen"], "Hugo Tell", verified=False)
    world = World(people)
    world.marks = {name: str(person.pk) for name, person in people.items()}
    couple, teen, other = _cases(world)
    _written(world, couple, teen, other)
    _asked(world, couple, teen)
    measures(people, world.things, couple, teen)
    _before(world, couple)
    _of_a_child(world)
    _around(world, couple, teen)
    _pages(world)
    things, marks = meetings(people, (couple, teen, other))
    world.things |= things
    world.marks |= marks
    things, marks = matched(people, world.things)
    world.things |= things
    world.marks |= marks
    _posted(world)
    assert practice
    world.browsers = {name: Browser(person) for name, person in people.items()}
    world.browsers["nobody"] = Browser()
    with override_settings(SECRET_KEY="the key of another practice's installation"):
        world.browsers["elsewhere"] = Browser(people["client"])
    return world


def _cases(world: World) -> tuple[Case, Case, Case]:
    who = world.people
    couple = a_couple(who["client"], who["partner"], lead=who["own therapist"])
    teen = a_child_case(who["teen"], lead=who["own therapist"])
    other = an_individual(who["other client"], lead=who["other therapist"])
    a_cover(who["own therapist"], who["cover"])
    for case in (couple, teen):
        a_colleague_on(case, who["former"])
        member = CareTeamMember.objects.get(case=case, person=who["former"])
        leave_care_team(actor=acting(who["own therapist"]), member=member)
    world.marks["couple"] = str(couple.pk)
    world.marks["text"] = an_agreement(couple).text_hash
    for name, case in (("Ana and Ben", couple), ("Tia", teen), ("Olga", other)):
        world.things[name] = {"case_id": case.pk}
    world.things["Ana and Ben, an older text"] = world.things["Ana and Ben"]
    return couple, teen, other


def _written(world: World, couple: Case, teen: Case, other: Case) -> None:
    who, things, treats = world.people, world.things, acting(world.people["own therapist"])

    def entry(person: str, case: Case, *, shared: bool) -> dict[str, Any]:
        by = acting(who[person])
        made = write_entry(actor=by, words="What a day.", case_id=case.pk)
        if shared:
            release_row(actor=by, model=JournalEntry, row_id=made.pk, recipient_id=None)
        return {"entry_id": made.pk}

    def note(case: Case, about: str | None, *released: str, signed: bool = True) -> dict[str, Any]:
        subject = who[about].pk if about else None
        made = write_note(actor=treats, case_id=case.pk, subject_id=subject, words="It was a session.")
        if signed:
            sign_note(actor=treats, note=made, version=1)
        for name in released:
            release_note(actor=treats, note=SessionNote.objects.get(pk=made.pk), recipient_id=who[name].pk)
        return {"note_id": made.pk}

    private = entry("client", couple, shared=False)
    things["what Ana keeps to herself"] = private
    things["what Ana keeps to herself, as it was before she changed it on her telephone"] = private
    things["what Ana shared with her therapist"] = entry("client", couple, shared=True)
    things["what Tia shared with her therapist"] = entry("teen", teen, shared=True)
    things["what Olga keeps to herself"] = entry("other client", other, shared=False)
    things["nothing that ever was"] = {"entry_id": NEVER}
    things["a draft about Ana"] = note(couple, "client", signed=False)
    things["a signed note about Ana"] = things["a signed note about Ana, to Ben"] = note(couple, "client")
    things["a note about Ana that was released to her"] = note(couple, "client", "client")
    things["a joint note that was released to both"] = note(couple, None, "client", "partner")
    things["a joint note that was released to Ana"] = note(couple, None, "client")
    things["a note about Tia that was released to her"] = note(teen, "teen", "teen")


def _asked(world: World, couple: Case, teen: Case) -> None:
    """Ana and Tia have answered, Ben has not."""
    who, things, treats = world.people, world.things, acting(world.people["own therapist"])
    for case in (couple, teen):
        ask_screens(actor=treats, case_id=case.pk)
    for name, called in (("client", "what Ana answered"), ("teen", "what Tia answered")):
        waiting = ViolenceScreen.objects.get(author_id=who[name].pk)
        answer_screen(
            actor=acting(who[name]),
            screen=waiting,
            asked=questions("safe-at-home"),
            answers={"afraid": "yes"},
        )
        things[called] = {"screen_id": waiting.pk}
    things["Ana, who is still to be met alone"] = {"case_id": couple.pk, "person_id": who["client"].pk}
    things["Tia, who is met alone anyway"] = {"case_id": teen.pk, "person_id": who["teen"].pk}
    asked = ViolenceScreen.objects.get(author_id=who["partner"].pk)
    things["what Ben was asked and has not answered"] = {"screen_id": asked.pk}


def _posted(world: World) -> None:
    """One message to Ana that arrived, and one that came back."""
    for name in ("a mail that arrived", "a mail that came back"):
        made = put_message(kind="test", to=world.people["client"], subject="Hello", body="Hello.", key=name)
        made.move_to(OutgoingMessage.State.SENDING)
        made.move_to(OutgoingMessage.State.SENT, channel="mail")
        if "back" in name:
            note_bounce(message_id=made.message_id, status="5.1.1")
        world.things[name] = {"message_id": made.pk}


def _before(world: World, couple: Case) -> None:
    """What comes before the first session: Ana has filled in something, and said yes to one thing."""
    who, things = world.people, world.things
    parts = Participant.objects.select_related("case", "person")
    ana, tia = parts.get(person=who["client"]), parts.get(person=who["teen"])
    by, recording = acting(who["client"]), consent("recording").hash
    things["Ana’s own part"], things["Tia’s own part"] = (
        {"participant_id": ana.pk},
        {"participant_id": tia.pk},
    )
    things["Ben’s own part"] = {"participant_id": Participant.objects.get(person=who["partner"]).pk}
    world.marks["treatment text"] = consent("treatment").hash
    asked = {"participant_id": ana.pk, "kind": "treatment"}
    things["what Ana is asked about the treatment"] = asked
    things["what Ana is asked about the treatment, in words of another day"] = asked
    things["what is asked about Tia"] = {"participant_id": tia.pk, "kind": "treatment"}
    things["what is asked of nobody"] = {"participant_id": ana.pk, "kind": "minors"}
    signed = sign_consent(
        actor=by, participant=ana, signer=who["client"], kind="recording", text_hash=recording
    )
    things["what Ana signed"] = {"signature_id": signed.pk}
    things["what Ana said yes to"] = {"participant_id": ana.pk, "kind": "recording"}
    form = save_intake_section(
        actor=by,
        case_id=couple.pk,
        asked=intake(),
        section_id="brings",
        answers={"words": "Hm."},
        version=None,
    )
    things["what brings Ana"] = {"participant_id": ana.pk, "section_id": "brings"}
    things["what brings Ana, as it was before she changed it on her telephone"] = things["what brings Ana"]
    things["what brings Tia"] = {"participant_id": tia.pk, "section_id": "brings"}
    things["the intake of Ana"] = {"intake_id": form.pk}
    world.marks["version of the intake of Ana"] = str(form.version)
    things["Ana and Ben, before each was met alone"] = things["Ana and Ben"]


def _of_a_child(world: World) -> None:
    """Tia's little brother, whom the other therapist treats: his guardian has begun the form about him."""
    who, things = world.people, world.things
    case = a_child_case(a_person("Tom Tell", age=7), lead=who["other therapist"])
    part = Participant.objects.select_related("case", "person").get(case=case)
    a_guardianship(part.person, who["guardian"])
    a_guardianship(part.person, who["second guardian"])
    things["Tom’s own part"] = {"participant_id": part.pk}
    things["what is asked about Tom"] = {"participant_id": part.pk, "section_id": "brings"}
    things["what is asked about Tia, who speaks for herself"] = things["what brings Tia"]
    form = save_child_intake_section(
        actor=acting(who["guardian"]), part=part, asked=intake(form=CHILD), section_id="goals",
        answers={"theirs": "A dog."}, version=None,
    )  # fmt: skip
    things["what a guardian reports of Tom"] = {"intake_id": form.pk}
    world.marks["version of what a guardian reports of Tom"] = str(form.version)


def _pages(world: World) -> None:
    """The therapist's page is up, with a picture; the other one has begun theirs."""
    up = a_page_of(world.people["own therapist"])
    begun = a_page_of(world.people["other therapist"], published=False)
    for page, called, pictured in (
        (up, "the page of the therapist", "the picture of the therapist"),
        (begun, "a page that its therapist has not put up", "the picture on a page that is not up"),
    ):
        world.things[called] = {"slug": page.slug}
        world.things[pictured] = {"slug": page.slug, "size": "small"}
    ProfilePhoto.objects.create(profile=up, alt="Thea, by a window", large=b"large", small=b"small")
    world.things["one's own picture"] = {"size": "small"}


def _around(world: World, couple: Case, teen: Case) -> None:
    """Who takes part and stands for whom; what a manager keeps."""
    who, things, therapist = world.people, world.things, world.people["own therapist"]
    reason = "Ana called the desk in great distress."
    opened = break_glass(actor=acting(who["emergency"]), case_id=couple.pk, reason=reason)
    things["the case of Ana and Ben, opened in an emergency"] = {"broken_id": opened.pk}
    ben = {"case_id": couple.pk, "participant_id": Participant.objects.get(person=who["partner"]).pk}
    tia = {"case_id": teen.pk, "participant_id": Participant.objects.get(person=who["teen"]).pk}
    things["Ben in the case"], things["Tia in her case"] = ben, tia
    stands = Guardianship.objects.get(guardian=who["second guardian"], child=who["teen"]).pk
    things["the second guardian's standing for Tia"] = {**tia, "guardianship_id": stands}
    things["a consent of Tia's that never was"] = {**tia, "consent_id": NEVER}
    things["a narrowing for Tia that never was"] = {**tia, "narrowing_id": NEVER}
    member = CareTeamMember.objects.get(case=couple, person=therapist)
    things["the therapist in the case of Ana and Ben"] = {"case_id": couple.pk, "member_id": member.pk}
    things["the therapist"] = {"person_id": therapist.pk}
    things["Ana, who does not work here"] = {"person_id": who["client"].pk}
    things["the therapist's role"] = {"person_id": therapist.pk, "role": "therapist"}
    by = acting(who["manager"])
    for name, role in (("to work here", Role.THERAPIST), ("to be a client", Role.CLIENT)):
        made, _ = invite(actor=by, email=f"{role}@example.org", roles=[role])
        things[f"an invitation {name}"] = {"invitation_id": made.pk}
    licence = add_licence(
        actor=acting(therapist), therapist=Therapist.objects.get(person=therapist), jurisdiction="CA-QC",
        body="Ordre", number="Q1", expires_on=today() + timedelta(days=90),
    )  # fmt: skip
    things["the therapist's licence"] = {"licence_id": Licence.objects.get(pk=licence.pk).pk}
    supervision = Supervision.objects.get(supervisee=therapist)
    things["the supervision of the therapist"] = {"supervision_id": supervision.pk}
    things["the cover of the therapist"] = {"cover_id": Cover.objects.get(covered=therapist).pk}
    will = ProfessionalWill.objects.create(
        therapist=therapist, executor_name="Cora Cole", executor_email="cora@example.org"
    )
    things["the will of the therapist"] = {"will_id": will.pk}
    things["a draft that never was"] = {"draft_id": NEVER}
    things["a passkey that never was"] = {"pk": 999_999}
    things["a link that never was"] = {"uidb36": "1", "key": "set-password"}
    things["an article for adults"] = {"slug": "anxious-attachment"}
    things["an article for the young"] = {"slug": "youth-feeling-close"}
