"""A couple, a family, a group: built once, and walked through many times.

Ana has things of her own; Ben watches. In a family Ana is his child, and he has authority for her; Dan is six, and Cleo has
authority for him as well. In the group nobody is named, and the therapist treats Ana and Ben alone too.
"""

from dataclasses import dataclass, field, replace
from uuid import UUID

from tests.factories.cases import a_case, an_agreement, an_individual, takes_part
from tests.factories.made_up_words import install_words
from tests.factories.meeting import a_listed, profile_of
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
from homeport.people.offers import Format
from homeport.safety.services.ask_screens import ask_screens
from homeport.scheduling.models import Group, Offering
from homeport.scheduling.services.keep_calendar_feed import make_calendar_feed

KINDS = ("couple", "family", "group")
PLACES = 8  # of the group: more than ever come
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
    therapist: Person
    browsers: dict[str, Browser]
    # Somebody too young to speak for himself, in a family.
    dan: Person | None = None
    # What each was in the case to begin with: ids of participants.
    parts: dict[str, UUID] = field(default_factory=dict)
    # The group with its places, in a group; and the page of another therapist, who gives first calls.
    group: UUID | None = None
    slug: str = ""
    # Ids of what was made, in the order of making; "joint" for what is about nobody alone.
    entries: dict[str, list[UUID]] = field(default_factory=dict)
    notes: dict[str, list[UUID]] = field(default_factory=dict)
    times: dict[str, list[UUID]] = field(default_factory=dict)
    # Ids that things of Ana's have in this world or in its twin.
    foreign: list[UUID] = field(default_factory=list)
    # The address of Ben's calendar file.
    calendar: str = ""

    def person(self, who: str) -> Person:
        """Ana, Ben, Cleo, or in a family Dan."""
        found: Person = getattr(self, who)
        return found

    def fresh(self) -> "World":
        """The same world before anything happened in it."""
        cookies = {name: dict(_plain(browser)) for name, browser in self.browsers.items()}
        browsers = {name: Browser(cookies=held) for name, held in cookies.items()}
        notes = {about: list(ids) for about, ids in self.notes.items()}
        return replace(self, browsers=browsers, notes=notes, entries={}, times={}, foreign=[])


def _plain(browser: Browser) -> list[tuple[str, str]]:
    return [(name, morsel.value) for name, morsel in browser.cookies.items()]


def build(kind: str) -> World:
    """One world of this kind: an agreement to sign, questions that everybody was asked, a joint note both may read."""
    a_practice()
    for instrument in ("depression.phq-9", "depression.phq-a"):
        install_words(instrument)
    therapist, stranger = a_therapist("Thea Stone"), a_listed("Emil Fox", hours=None)
    supervisor = a_supervisor(therapist, name="Sue Hart")
    ana = a_person("Ana Ames", age=15 if kind == "family" else 34)
    ben, cleo = a_person("Ben Bell", age=45), a_person("Cleo Cray", age=41)
    dan = a_person("Dan Bell", age=6) if kind == "family" else None
    case = _case(kind, therapist, ana, ben, cleo, dan)
    everybody = {
        "ana": ana, "ben": ben, "cleo": cleo, "therapist": therapist, "supervisor": supervisor, "stranger": stranger,
        "intake": someone_with(PracticeRole.INTAKE, name="Ines Ivy"),
    }  # fmt: skip
    ask_screens(actor=acting(therapist), case_id=case.pk)
    for who in (therapist, stranger):
        works(who)  # from nine to five
    for offered in (Kind.INDIVIDUAL, Kind.COUPLE, Kind.FAMILY, Kind.GROUP):
        offers(therapist, offered)
    offers(stranger, Kind.FIRST_CALL, Format.PHONE, minutes=15, buffer_after=5)
    browsers = {name: Browser(person) for name, person in everybody.items()}
    world = World(kind, case, ana, ben, cleo, stranger, therapist, browsers, dan)
    world.notes = {"joint": [_joint_note(world)]}
    world.parts = {
        name: case.participants.get(person=person).pk
        for name, person in (("ana", ana), ("ben", ben), ("cleo", cleo), ("dan", dan))
        if person is not None and case.participants.filter(person=person).exists()
    }
    world.group = _group(world).pk if kind == "group" else None
    world.slug = profile_of(stranger).slug
    world.calendar = f"/calendar/{make_calendar_feed(actor=acting(ben), person_id=ben.pk)}.ics"
    return world


def _case(kind: str, therapist: Person, ana: Person, ben: Person, cleo: Person, dan: Person | None) -> Case:
    parts = {
        "couple": (Case.Kind.COUPLE, {ana: Role.PARTNER, ben: Role.PARTNER}),
        "family": (Case.Kind.FAMILY, {ana: Role.ADOLESCENT, ben: Role.CAREGIVER, cleo: Role.CAREGIVER}),
        "group": (Case.Kind.GROUP, {ana: Role.MEMBER, ben: Role.MEMBER, cleo: Role.MEMBER}),
    }
    case_kind, people = parts[kind]
    case = a_case(case_kind, lead=therapist)
    for person, role in people.items():
        takes_part(case, person, role, **({"group_name": person.name.split()[0]} if kind == "group" else {}))
    if dan is not None:
        a_guardianship(ana, ben)
        takes_part(case, dan, Role.CHILD)
        for guardian in (ben, cleo):
            a_guardianship(dan, guardian)
    an_agreement(case)
    return case


def _joint_note(world: World) -> UUID:
    by = acting(world.therapist)
    note = write_note(actor=by, case_id=world.case.pk, subject_id=None, words="They met for the first time.")
    sign_note(actor=by, note=note, version=1)
    for person in (world.ana, world.ben):
        release_note(actor=by, note=note, recipient_id=person.pk)
    return note.pk


def _group(world: World) -> Group:
    """Its places; and what lets Ana and Ben take one by themselves: a case of their own with who leads it."""
    for person in (world.ana, world.ben):
        an_individual(person, lead=world.therapist)
    offering = Offering.objects.get(kind=Kind.GROUP)
    return Group.objects.create(
        case_id=world.case.pk, offering=offering, name="Evenings", about="", places=PLACES, is_open=True
    )
