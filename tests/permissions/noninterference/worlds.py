"""A couple, a family, a group: built once, and walked through many times.

Ana has things of her own; Ben watches. In a family Ana is his child, and he has authority for her.
"""

from dataclasses import dataclass, field
from uuid import UUID

from tests.factories.cases import a_case, an_agreement, takes_part
from tests.factories.made_up_words import install_words
from tests.factories.people import (
    a_guardianship,
    a_person,
    a_practice,
    a_supervisor,
    a_therapist,
    acting,
    someone_with,
)
from tests.factories.scheduling import Kind, offers, works
from tests.permissions.browsing import Browser

from homeport.cases.models import Case, Participant
from homeport.encounters.services.release_note import release_note
from homeport.encounters.services.sign_note import sign_note
from homeport.encounters.services.write_note import write_note
from homeport.people.models import Person
from homeport.people.models import Role as PracticeRole
from homeport.safety.services.ask_screens import ask_screens
from homeport.scheduling.services.keep_calendar_feed import make_calendar_feed

KINDS = ("couple", "family", "group")
Role = Participant.Role


@dataclass
class World:
    """Who is there, each with a browser, and what they made so far, by whoever it is about."""

    kind: str
    case: Case
    ana: Person
    ben: Person
    cleo: Person
    stranger: Person
    browsers: dict[str, Browser]
    # Ids of what was made, in the order of making; "joint" for what is about nobody alone.
    entries: dict[str, list[UUID]] = field(default_factory=dict)
    notes: dict[str, list[UUID]] = field(default_factory=dict)
    times: dict[str, list[UUID]] = field(default_factory=dict)
    # Ids that things of Ana's have in this world or in its twin.
    foreign: list[UUID] = field(default_factory=list)
    # The address of Ben's calendar file.
    calendar: str = ""

    def person(self, who: str) -> Person:
        """Ana, Ben or Cleo."""
        found: Person = getattr(self, who)
        return found

    def fresh(self) -> "World":
        """The same world before anything happened in it."""
        cookies = {name: dict(_plain(browser)) for name, browser in self.browsers.items()}
        browsers = {name: Browser(cookies=held) for name, held in cookies.items()}
        notes = {about: list(ids) for about, ids in self.notes.items()}
        people = self.ana, self.ben, self.cleo, self.stranger
        return World(self.kind, self.case, *people, browsers, notes=notes, calendar=self.calendar)


def _plain(browser: Browser) -> list[tuple[str, str]]:
    return [(name, morsel.value) for name, morsel in browser.cookies.items()]


def build(kind: str) -> World:
    """One world of this kind: an agreement to sign, questions that everybody was asked, a joint note both may read."""
    a_practice()
    for instrument in ("depression.phq-9", "depression.phq-a"):
        install_words(instrument)
    therapist, stranger = a_therapist("Thea Stone"), a_therapist("Emil Fox")
    supervisor = a_supervisor(therapist, name="Sue Hart")
    ana = a_person("Ana Ames", age=15 if kind == "family" else 34)
    ben, cleo = a_person("Ben Bell", age=45), a_person("Cleo Cray", age=41)
    parts = {
        "couple": (Case.Kind.COUPLE, {ana: Role.PARTNER, ben: Role.PARTNER}),
        "family": (Case.Kind.FAMILY, {ana: Role.ADOLESCENT, ben: Role.CAREGIVER, cleo: Role.CAREGIVER}),
        "group": (Case.Kind.GROUP, {ana: Role.MEMBER, ben: Role.MEMBER, cleo: Role.MEMBER}),
    }
    case_kind, people = parts[kind]
    case = a_case(case_kind, lead=therapist)
    for person, role in people.items():
        takes_part(case, person, role, **({"group_name": person.name.split()[0]} if kind == "group" else {}))
    if kind == "family":
        a_guardianship(ana, ben)
    an_agreement(case)
    everybody = {
        "ana": ana, "ben": ben, "cleo": cleo, "therapist": therapist, "supervisor": supervisor, "stranger": stranger,
        "intake": someone_with(PracticeRole.INTAKE, name="Ines Ivy"),
    }  # fmt: skip
    ask_screens(actor=acting(therapist), case_id=case.pk)
    note = write_note(
        actor=acting(therapist), case_id=case.pk, subject_id=None, words="They met for the first time."
    )
    sign_note(actor=acting(therapist), note=note, version=1)
    for person in (ana, ben):
        release_note(actor=acting(therapist), note=note, recipient_id=person.pk)
    works(therapist)  # from nine to five
    for offered in (Kind.INDIVIDUAL, Kind.COUPLE, Kind.FAMILY, Kind.GROUP):
        offers(therapist, offered)
    world = World(
        kind, case, ana, ben, cleo, stranger, {name: Browser(person) for name, person in everybody.items()}
    )
    world.notes = {"joint": [note.pk]}
    world.calendar = f"/calendar/{make_calendar_feed(actor=acting(ben), person_id=ben.pk)}.ics"
    return world
