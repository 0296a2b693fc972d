"""One practice in which people left, were changed away from, covered for a while, or never were to know of each other."""

from typing import Any
from uuid import uuid4

from tests.factories import accounts
from tests.factories.cases import (
    Role,
    a_case,
    a_child_case,
    a_colleague_on,
    a_couple,
    a_group,
    an_agreement,
    an_individual,
    takes_part,
)
from tests.factories.made_up_words import install_words
from tests.factories.people import (
    a_cover,
    a_guardianship,
    a_person,
    a_practice,
    a_therapist,
    acting,
    someone_with,
)
from tests.factories.scheduling import Kind, an_appointment, offers, on, together, works

from homeport.access.services.release_row import release_row
from homeport.assessments.models import Assignment
from homeport.assessments.services.assign import assign
from homeport.assessments.services.begin import begin
from homeport.assessments.services.finish import finish
from homeport.assessments.services.save_answer import save_answer
from homeport.assessments.services.share_measure import Piece, share_measure
from homeport.cases.models import CareTeamMember, Case, Participant
from homeport.cases.services.open_case import end_participation, leave_care_team
from homeport.content.instruments import load_key
from homeport.content.screens import screen as questions
from homeport.directory.models import Request
from homeport.directory.services.answer_request import accept_request, pass_on
from homeport.directory.services.ask_to_begin import ask_for_change, ask_to_begin
from homeport.directory.services.put_request import Said
from homeport.encounters.services.write_note import write_note
from homeport.exercises.models import JournalEntry
from homeport.exercises.services.write_entry import write_entry
from homeport.people.models import Person
from homeport.people.models import Role as PracticeRole
from homeport.people.services.arrange_cover import end_cover
from homeport.safety.levels import Level, Reading
from homeport.safety.models import Alert, AlertNotice, ViolenceScreen
from homeport.safety.services.answer_screen import answer_screen
from homeport.safety.services.ask_screens import ask_screens
from homeport.safety.services.escalate import escalate
from homeport.safety.services.raise_alert import Raised, raise_alert
from homeport.scheduling.models import Group, Offering
from homeport.scheduling.services.wait_for_time import wait_for_time

ADULT, TEEN = "depression.phq-9", "depression.phq-a"
PEOPLE = (
    "Ana Ames", "Ben Bell", "Gus Gray", "Ivy Ink", "Tia Tell", "Gina Tell", "Hugo Tell", "Gail Gold", "Hank Hill",
    "Nora New", "Olga Orr",
)  # fmt: skip


class House:
    """``marks``: what each scene keeps from somebody, names and ids, by the name of the scene."""

    def __init__(self) -> None:
        a_practice()
        for instrument in (ADULT, TEEN):
            install_words(instrument)
        staff = {name: a_therapist(name) for name in ("Thea Stone", "Fred Finch", "Cora Cole", "Odd Oak")}
        clients = {name: a_person(name, age=15 if name == "Tia Tell" else 40) for name in PEOPLE}
        self.people = {name: accounts.signs_in(person) for name, person in (staff | clients).items()}
        self.intake = someone_with(PracticeRole.INTAKE, name="Ines Ivy")
        self.marks: dict[str, set[str]] = {}
        for name in ("Thea Stone", "Fred Finch"):
            works(self[name])
            for kind in (Kind.INDIVIDUAL, Kind.COUPLE, Kind.GROUP):
                offers(self[name], kind)
        self.cover = a_cover(self["Thea Stone"], self["Cora Cole"])
        self._couple()
        self._teen()
        self._group()
        self._family()
        self._changed()
        self._end()

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    def _offering(self, name: str, kind: str) -> Offering:
        return Offering.objects.get(therapist__person=self[name], kind=kind)

    def _own_things(self, case: Case, who: str) -> set[str]:
        """Everything that somebody can have alone in a case; ids of all of it."""
        person, thea = self[who], self["Thea Stone"]
        entry = write_entry(actor=acting(person), words="What a day.", case_id=case.pk)
        release_row(actor=acting(person), model=JournalEntry, row_id=entry.pk, recipient_id=None)
        note = write_note(actor=acting(thea), case_id=case.pk, subject_id=person.pk, words="She came alone.")
        waiting = ViolenceScreen.objects.get(author_id=person.pk)
        answer_screen(
            actor=acting(person), screen=waiting, asked=questions("safe-at-home"), answers={"afraid": "yes"}
        )
        asked = self._sent(case, who)
        found = Raised(
            source=Alert.Source.ANSWER, source_id=uuid4(), case_id=case.pk, author_id=person.pk, subject_id=person.pk,
            instrument="depression.phq-9", item="self-harm", said={"value": 3, "before": None},
        )  # fmt: skip
        alert = raise_alert(actor=acting(person), raised=found, reading=Reading(Level.URGENT, ("often",)))
        assert alert is not None
        escalate(alert_id=alert.pk)  # to who leads and who covers; later to who treats beside them
        if case.care_team.filter(person=self["Fred Finch"]).exists():
            AlertNotice.objects.create(
                alert=alert, person=self["Fred Finch"], case_id=case.pk, part="co_therapist"
            )
        request = ask_for_change(actor=acting(person), case_id=case.pk, said=Said(words="Somebody else."))
        return _ids(entry, note, waiting, asked, alert, request)

    def _sent(self, case: Case, who: str) -> Assignment:
        person = self[who]
        by = acting(self["Thea Stone"])
        instrument = TEEN if person.age_on() == 15 else ADULT
        asked = assign(actor=by, case_id=case.pk, person_id=person.pk, instrument=instrument)
        begin(actor=acting(person), assignment_id=asked.pk)
        for item in load_key(instrument).item_ids:
            save_answer(actor=acting(person), assignment_id=asked.pk, item=item, value=1)
        finish(actor=acting(person), assignment_id=asked.pk)
        return asked

    def _couple(self) -> None:
        ana, fred, thea = self["Ana Ames"], self["Fred Finch"], self["Thea Stone"]
        case = self.couple = a_couple(ana, self["Ben Bell"], lead=thea)
        a_colleague_on(case, fred)
        together(case)
        ask_screens(actor=acting(thea), case_id=case.pk)
        alone = [
            an_appointment(
                case, self._offering(name, Kind.INDIVIDUAL), on(4, hour), subject=ana, by=self[name]
            )
            for name, hour in (("Thea Stone", 10), ("Fred Finch", 12))
        ]
        an_appointment(case, self._offering("Fred Finch", Kind.COUPLE), on(5, 10), by=fred)
        wait_for_time(
            actor=acting(ana), offering=self._offering("Fred Finch", Kind.INDIVIDUAL), case_id=case.pk
        )
        begins = ask_to_begin(actor=acting(ana), to_id=fred.pk, said=Said(words="Alone."))
        pass_on(actor=acting(fred), asked=begins, version=begins.version)
        draft = write_note(actor=acting(fred), case_id=case.pk, subject_id=ana.pk, words="A draft of mine.")
        self.marks["a partner's own"] = _ids(*alone, begins, draft) | self._own_things(case, "Ana Ames")

    def _teen(self) -> None:
        tia, hugo = self["Tia Tell"], self["Hugo Tell"]
        case = self.teen = a_child_case(tia, lead=self["Thea Stone"], caregivers=(hugo,))
        for guardian in (self["Gina Tell"], hugo):
            a_guardianship(tia, guardian)
        ask_screens(actor=acting(self["Thea Stone"]), case_id=case.pk)
        offering = self._offering("Thea Stone", Kind.INDIVIDUAL)
        alone = an_appointment(case, offering, on(6, 10), subject=tia)
        self.marks["a young person's own"] = _ids(alone) | self._own_things(case, "Tia Tell")

    def _group(self) -> None:
        thea, others = self["Thea Stone"], (self["Gus Gray"], self["Ivy Ink"])
        case = self.group = a_group(self["Ben Bell"], *others, lead=thea)
        an_agreement(case, signed_by=others)
        offering = self._offering("Thea Stone", Kind.GROUP)
        Group.objects.create(
            case_id=case.pk, offering=offering, name="Evenings", about="", places=4, is_open=True
        )
        an_appointment(case, offering, on(7, 10), by=thea)
        self._sent(case, "Ben Bell")
        parts = Participant.objects.filter(case=case, person__in=others)
        told = _ids(*others, *parts) | {"Gus", "Ivy", "Somebody of the group"}
        self.marks["a group that names nobody"] = told

    def _family(self) -> None:
        gail, hank = self["Gail Gold"], self["Hank Hill"]
        people = {gail: Role.CAREGIVER, hank: Role.CAREGIVER}
        case = self.family = a_case(Case.Kind.FAMILY, lead=self["Thea Stone"], people=people)
        asked = self._sent(case, "Gail Gold")
        share_measure(actor=acting(gail), assignment_id=asked.pk, recipient_id=hank.pk, piece=Piece.SCORES)
        end_participation(actor=acting(self["Thea Stone"]), participant=case.participants.get(person=gail))
        takes_part(case, self["Nora New"], Role.CAREGIVER)
        self.marks["who came after one left"] = _ids(self["Nora New"]) | {"Nora"}

    def _changed(self) -> None:
        olga, thea = self["Olga Orr"], self["Thea Stone"]
        old = an_individual(olga, lead=self["Odd Oak"])
        asked = ask_for_change(actor=acting(olga), case_id=old.pk, said=Said(words="He frightens me."))
        pass_on(actor=acting(self.intake), asked=asked, version=asked.version, to_id=thea.pk)
        asked = Request.objects.get(pk=asked.pk)
        accept_request(actor=acting(thea), asked=asked, version=asked.version)
        new = Request.objects.get(pk=asked.pk).opened_case_id
        self.marks["where somebody went"] = {str(asked.pk), str(new), "He frightens me"}

    def _end(self) -> None:
        """Fred works on the couple no more, and Cora covers for nobody."""
        theirs = ("Ana Ames", "Ben Bell", "Tia Tell", "Gus Gray")
        ids = _ids(self.couple, self.teen, self.group, *(self[name] for name in theirs))
        own = self.marks["a partner's own"] | self.marks["a young person's own"]
        self.marks["a case one worked on"] = own | ids | {*theirs, "in a case that you do not work on"}
        member = CareTeamMember.objects.get(case=self.couple, person=self["Fred Finch"])
        leave_care_team(actor=acting(self["Thea Stone"]), member=member)
        end_cover(actor=acting(self["Thea Stone"]), cover=self.cover)


def _ids(*rows: Any) -> set[str]:
    return {str(row.pk) for row in rows}
