"""A calendar that opens the letters and subscribes to the feed knows each meeting by one name, as two readers find it."""

from datetime import UTC, date, datetime
from typing import Any

import icalendar
import pytest
import recurring_ical_events
import vobject
from tests.factories import accounts
from tests.factories.cases import a_couple, an_individual
from tests.factories.people import a_person, a_therapist, acting
from tests.factories.post import sent
from tests.factories.scheduling import TORONTO, Kind, offers, on, together, works

from homeport.people.models import Person
from homeport.scheduling.feeding import feed_of
from homeport.scheduling.models import Appointment
from homeport.scheduling.recurrence import Rule
from homeport.scheduling.services.book_series import book_series
from homeport.scheduling.services.cancel_appointment import cancel_appointment
from homeport.scheduling.services.change_series import Move, Scope, change_series
from homeport.scheduling.services.consent_to_time import consent_to_time
from homeport.scheduling.services.reschedule_appointment import reschedule_appointment

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.usefixtures("monday_morning")]


class Read:
    """One file, as each of two readers finds it."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.mine: Any = icalendar.Calendar.from_ical(data)
        self.method = str(self.mine["METHOD"])
        self.events: list[Any] = list(self.mine.walk("VEVENT"))
        self.other: list[Any] = getattr(vobject.readOne(data.decode()), "vevent_list", [])
        assert self.names == {(e.uid.value, self._instead(e)) for e in self.other}, "both find the same names"

    @staticmethod
    def _instead(event: Any) -> datetime | None:
        return event.recurrence_id.value.astimezone(UTC) if hasattr(event, "recurrence_id") else None

    @property
    def names(self) -> set[tuple[str, datetime | None]]:
        """(UID, RECURRENCE-ID) of everything in it."""
        found = set()
        for event in self.events:
            instead = event.get("RECURRENCE-ID")
            found.add((str(event["UID"]), instead.dt.astimezone(UTC) if instead else None))
        return found

    @property
    def uids(self) -> set[str]:
        return {uid for uid, _ in self.names}

    @property
    def sequences(self) -> set[int]:
        return {int(each["SEQUENCE"]) for each in self.events}

    @property
    def begins(self) -> list[datetime]:
        """When the meetings are, laid out."""
        laid_out = recurring_ical_events.of(self.mine).between((2026, 1, 1), (2030, 1, 1))
        return sorted(each.start.astimezone(UTC) for each in laid_out)


def last_letter(person: Person) -> Read:
    """What the newest letter to this person brings for their calendar."""
    assert person.user is not None
    letter = [each for each in sent() if each.to == [person.user.email]][-1]
    parts = [part for part in letter.message().walk() if part.get_content_type() == "text/calendar"]
    return Read(parts[0].get_payload(decode=True))


class Scene:
    """Cleo meets Thea every Tuesday, eight times, across the day on which Toronto's clocks go forward."""

    def __init__(self) -> None:
        self.thea = a_therapist("Thea")
        works(self.thea)
        self.cleo = accounts.signs_in(a_person("Cleo"))
        Person.objects.update(zone=TORONTO)
        self.case = an_individual(self.cleo, lead=self.thea)
        rule = Rule(first=date(2027, 3, 2), minute=600, zone=TORONTO, count=8)
        self.offering = offers(self.thea)
        self.made = book_series(
            actor=acting(self.thea), offering=self.offering, rule=rule, case_id=self.case.pk, subject_id=self.cleo.pk
        )  # fmt: skip
        self.told = last_letter(self.cleo).sequences

    @property
    def feed(self) -> Read:
        return Read(feed_of(self.cleo))

    def row(self, number: int) -> Appointment:
        return Appointment.objects.order_by("series_day")[number]

    def letter(self) -> Read:
        """The newest one: all that it holds is newer than what was told before."""
        read = last_letter(self.cleo)
        assert min(read.sequences) >= max(self.told), "a calendar must not take it for an older one"
        self.told = read.sequences
        return read


def booked() -> list[datetime]:
    return sorted(each.begins_at for each in Appointment.objects.filter(status="booked"))


def test_a_series_moved_and_called_off_in_part_stays_one_series() -> None:
    scene = Scene()
    first = last_letter(scene.cleo)
    assert first.method == "REQUEST"
    assert first.uids == scene.feed.uids == {str(scene.made.series.pk)}
    assert first.begins == scene.feed.begins == booked()
    assert {each.astimezone(UTC).hour for each in booked()} == {15, 14}, "the clocks go forward in between"
    # One is moved, by whoever comes.
    row = scene.row(2)
    usual = row.begins_at
    reschedule_appointment(
        actor=acting(scene.cleo), appointment=row, begins_at=on(65, 14), version=row.version
    )
    moved = scene.letter()
    assert (str(scene.made.series.pk), usual) in moved.names
    assert moved.names == scene.feed.names
    assert moved.begins == scene.feed.begins == booked()
    assert moved.sequences == scene.feed.sequences == {1}
    # One is called off: by the name it was told under, and newer.
    row = scene.row(4)
    cancel_appointment(actor=acting(scene.thea), appointment=row, version=row.version)
    off = scene.letter()
    assert (off.method, off.names) == ("CANCEL", {(str(scene.made.series.pk), row.begins_at)})
    assert off.sequences == scene.feed.sequences == {2}
    assert row.begins_at not in scene.feed.begins
    # The one that was moved is called off: by the moment the rule gave it.
    row = scene.row(2)
    cancel_appointment(actor=acting(scene.thea), appointment=row, version=row.version)
    assert scene.letter().names == {(str(scene.made.series.pk), usual)}
    assert scene.feed.begins == booked()


def test_what_goes_on_at_another_time_brings_both_series() -> None:
    scene = Scene()
    row = scene.row(3)
    change_series(
        actor=acting(scene.thea), appointment=row, scope=Scope.FOLLOWING, version=row.version,
        to=Move(begins_at=on(71, 15)),
    )  # fmt: skip
    both = last_letter(scene.cleo)
    assert both.method == "PUBLISH", "an invitation holds one name only"
    assert len(both.uids) == 2
    assert both.names == scene.feed.names
    assert both.begins == scene.feed.begins == booked()
    # The later one ends with all that is left of it: only that is called off.
    row = scene.row(5)
    change_series(actor=acting(scene.thea), appointment=row, scope=Scope.ALL, version=row.version, to=None)
    off = last_letter(scene.cleo)
    assert (off.method, len(off.events), [each.get("RECURRENCE-ID") for each in off.events]) == (
        "CANCEL",
        1,
        [None],
    )
    assert off.uids == {str(row.series_id)}
    assert scene.feed.begins == booked()
    assert len(booked()) == 3


def test_all_that_follow_are_called_off_one_by_one_by_their_names() -> None:
    scene = Scene()
    row = scene.row(5)
    change_series(
        actor=acting(scene.cleo), appointment=row, scope=Scope.FOLLOWING, version=row.version, to=None
    )
    off = scene.letter()
    assert off.method == "CANCEL"
    assert off.names == {(str(scene.made.series.pk), scene.row(number).begins_at) for number in (5, 6, 7)}
    assert off.sequences == scene.feed.sequences
    assert scene.feed.begins == booked()


def test_a_yes_to_a_joint_series_is_one_letter() -> None:
    thea, ana, ben = (
        a_therapist("Thea"),
        accounts.signs_in(a_person("Ana")),
        accounts.signs_in(a_person("Ben")),
    )
    works(thea)
    Person.objects.update(zone=TORONTO)
    case = a_couple(ana, ben, lead=thea)
    together(case)
    rule = Rule(first=date(2027, 1, 12), minute=600, zone=TORONTO, count=6)
    made = book_series(
        actor=acting(thea), offering=offers(thea, Kind.COUPLE), rule=rule, case_id=case.pk, subject_id=None
    )
    assert [each.subject for each in sent()] == ["Does 12 January suit you?"] * 2
    first = made.appointments[0]
    consent_to_time(actor=acting(ana), appointment=first, comes=True, whole_series=True)
    assert len(sent()) == 2, "nobody learns who has answered"
    consent_to_time(actor=acting(ben), appointment=first, comes=True, whole_series=True)
    letters = sent()[2:]
    assert (
        sorted(each.subject for each in letters if each.to[0] != "thea@example.org")
        == ["Set for 12 January"] * 2
    )
    assert booked() == sorted(each.begins_at for each in made.appointments)
    assert last_letter(ben).begins == Read(feed_of(ben)).begins == booked()
    assert last_letter(ben).uids == {str(made.series.pk)}
