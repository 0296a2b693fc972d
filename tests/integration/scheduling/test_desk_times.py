"""The front desk moves or cancels one time for somebody: who was to come is written to, and the desk reads not who."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.factories.cases import a_couple, an_individual
from tests.factories.people import a_person, a_practice, a_therapist, acting, someone_with
from tests.factories.scheduling import TORONTO, Kind, an_appointment, offers, on, the_rules, together, works
from tests.permissions.browsing import Answer, Browser

from homeport.access.gate import Hidden
from homeport.audit.models import AuditEvent
from homeport.core.clock import standing_at
from homeport.outbox.models import OutgoingMessage
from homeport.people.models import Person, Role
from homeport.scheduling.models import Appointment
from homeport.scheduling.presenters import written
from homeport.scheduling.recurrence import Rule
from homeport.scheduling.services.book_series import book_series
from homeport.scheduling.services.cancel_appointment import cancel_appointment

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class Scene:
    """Thea has Ana at ten, and Ana with Ben at two, in three days; Dan is at the desk."""

    def __init__(self) -> None:
        a_practice()
        self.ana, self.ben = a_person("Ana Ames", zone=TORONTO), a_person("Ben Ames", zone=TORONTO)
        self.thea, self.dan = a_therapist("Thea Stone"), someone_with(Role.DESK)
        Person.objects.filter(pk__in=[self.thea.pk, self.dan.pk]).update(zone=TORONTO)
        works(self.thea)
        self.offering = offers(self.thea, price=12000, currency="CAD")
        couple = a_couple(self.ana, self.ben, lead=self.thea)
        together(couple)
        self.case = an_individual(self.ana, lead=self.thea)
        self.alone = an_appointment(self.case, self.offering, on(3, 10), subject=self.ana)
        self.both = an_appointment(couple, offers(self.thea, Kind.COUPLE), on(3, 14))
        OutgoingMessage.objects.all().delete()

    def moves(self, row: Appointment, by: Person | None = None, **fields: object) -> Answer:
        return Browser(by or self.dan).post(f"/desk/times/{row.pk}/move/", {"version": row.version, **fields})

    def cancels(self, row: Appointment, by: Person | None = None, **fields: object) -> Answer:
        return Browser(by or self.dan).post(
            f"/desk/times/{row.pk}/cancel/", {"version": row.version, "side": "practice", **fields}
        )


def told() -> list[str]:
    found = (
        OutgoingMessage.objects.filter(kind="meeting-news").exclude(state="withdrawn").select_related("to")
    )
    return sorted(each.to.name for each in found if each.to)


def fresh(row: Appointment) -> Appointment:
    return Appointment.objects.get(pk=row.pk)


def test_the_day_leads_to_both_and_no_page_names_who_comes_or_what_kind_it_is() -> None:
    scene = Scene()
    browser = Browser(scene.dan)
    day = browser.get(f"/desk/?day={scene.alone.begins_at.astimezone(ZoneInfo(TORONTO)):%Y-%m-%d}").body
    for row in (scene.alone, scene.both):
        for act in ("move", "cancel"):
            path = f"/desk/times/{row.pk}/{act}/"
            assert path.encode() in day
            page = browser.get(path)
            assert page.status == 200
            assert b"Thea Stone" in page.body
            for hidden in (b"Ana", b"Ben", b"couple", b"Couple", b"One person", b"120 CAD"):
                assert hidden not in page.body, hidden
    assert b"Ana" not in day


def test_a_free_time_is_pressed_and_everybody_hears_of_it() -> None:
    scene = Scene()
    answer = scene.moves(scene.alone, time=written(on(4, 11), None))
    assert answer.status == 303
    assert answer.goes_to.endswith(f"?day={on(4, 11).astimezone(ZoneInfo(TORONTO)):%Y-%m-%d}")
    assert fresh(scene.alone).begins_at == on(4, 11)
    assert told() == ["Ana Ames", "Thea Stone"]
    event = AuditEvent.objects.filter(row_id=scene.alone.pk, verb="change").latest("at")
    assert (event.person_id, event.subject_id) == (scene.dan.pk, scene.ana.pk)


def test_a_time_that_is_typed_is_taken_by_the_clock_of_the_meeting() -> None:
    scene = Scene()
    day = f"{on(4, 18).astimezone(ZoneInfo(TORONTO)):%Y-%m-%d}"
    assert scene.moves(scene.alone, first=day, time="18:30").status == 303, (
        "the practice books outside of hours, too"
    )
    assert fresh(scene.alone).begins_at == on(4, 18, 30)


def test_what_is_taken_is_refused_and_nothing_that_was_typed_is_lost() -> None:
    scene = Scene()
    day = f"{scene.both.begins_at.astimezone(ZoneInfo(TORONTO)):%Y-%m-%d}"
    answer = scene.moves(scene.alone, first=day, time="14:15")
    assert answer.status == 422
    assert b'value="14:15"' in answer.body
    assert fresh(scene.alone).begins_at == on(3, 10)
    assert told() == []
    for time in ("", "99:99"):
        assert scene.moves(scene.alone, first=day, time=time).status == 422
    assert scene.moves(scene.alone, time="never").status == 422


def test_who_comes_to_a_time_together_is_asked_again() -> None:
    scene = Scene()
    scene.both.people.update(consent="yes")
    assert scene.moves(scene.both, time=written(on(5, 14), None)).status == 303
    assert fresh(scene.both).status == "proposed"
    assert told() == ["Ana Ames", "Ben Ames"]
    assert set(scene.both.people.values_list("consent", flat=True)) == {"asked"}


def test_cancelled_for_the_practice_it_costs_nobody_anything() -> None:
    scene = Scene()
    the_rules(late=24 * 60, late_share=100)
    with standing_at(scene.alone.begins_at - timedelta(hours=2)):
        assert scene.cancels(scene.alone).status == 303
    row = fresh(scene.alone)
    assert (row.status, row.cancelled_side, row.was_late) == ("cancelled", "practice", False)
    assert told() == ["Ana Ames", "Thea Stone"]
    event = AuditEvent.objects.filter(row_id=row.pk, verb="withdraw").latest("at")
    assert event.person_id == scene.dan.pk


def test_cancelled_for_whoever_was_to_come_late_is_late_and_said_first() -> None:
    scene = Scene()
    the_rules(late=24 * 60, late_share=100)
    assert scene.cancels(scene.both, side="client").status == 303
    assert (fresh(scene.both).cancelled_side, fresh(scene.both).was_late) == ("client", False)
    with standing_at(scene.alone.begins_at - timedelta(hours=2)):
        asked = scene.cancels(scene.alone, side="client")
        assert asked.status == 422
        assert b"Cancelling now costs 100% of the fee." in asked.body
        assert b'name="late"' in asked.body
        assert fresh(scene.alone).status == "booked"
        assert scene.cancels(scene.alone, side="client", late="on").status == 303
    assert (fresh(scene.alone).cancelled_side, fresh(scene.alone).was_late) == ("client", True)


def test_a_group_is_cancelled_by_the_practice_and_for_no_single_member() -> None:
    scene = Scene()
    Appointment.objects.filter(pk=scene.both.pk).update(kind=Kind.GROUP)
    refused = scene.cancels(scene.both, side="client")
    assert refused.status == 422
    assert b"A group meets also when somebody cannot come." in refused.body
    assert fresh(scene.both).status != "cancelled"


def test_of_a_series_one_time_moves_and_one_is_cancelled_and_the_others_stay() -> None:
    scene = Scene()
    first = on(7, 9).astimezone(ZoneInfo(TORONTO)).date()
    made = book_series(
        actor=acting(scene.thea), offering=scene.offering, rule=Rule(first=first, minute=9 * 60, zone=TORONTO, count=3),
        case_id=scene.case.pk, subject_id=scene.ana.pk,
    ).appointments  # fmt: skip
    rows = sorted(made, key=lambda one: one.begins_at)
    before = [one.begins_at for one in rows]
    assert b"One of a series" in Browser(scene.dan).get(f"/desk/times/{rows[0].pk}/move/").body
    assert scene.moves(rows[0], time=written(on(8, 12), None)).status == 303
    assert scene.cancels(rows[1]).status == 303
    assert [fresh(one).begins_at for one in rows] == [on(8, 12), *before[1:]]
    assert [fresh(one).status for one in rows] == ["booked", "cancelled", "booked"]


def test_what_is_over_or_changed_by_somebody_else_is_said() -> None:
    scene = Scene()
    assert scene.cancels(scene.alone, version=7).status == 422
    assert scene.moves(scene.alone, version=7, time=written(on(4, 11), None)).status == 422
    with standing_at(scene.alone.begins_at + timedelta(minutes=5)):
        for act in (scene.moves, scene.cancels):
            answer = act(scene.alone)
            assert answer.status == 422
            assert b"It can no longer be changed here." in answer.body
    assert fresh(scene.alone).status == "booked"
    assert fresh(scene.alone).begins_at == on(3, 10)


def test_nobody_else_comes_in_this_way() -> None:
    scene = Scene()
    for who in (scene.ana, scene.ben, scene.thea, a_person(), someone_with(Role.BILLER)):
        assert Browser(who).get(f"/desk/times/{scene.alone.pk}/move/").status == 404
        assert scene.moves(scene.alone, who, time=written(on(4, 11), None)).status == 404
        assert scene.cancels(scene.alone, who).status == 404
    assert fresh(scene.alone).status == "booked"


def test_who_works_at_the_desk_does_nothing_there_with_their_own_times() -> None:
    scene = Scene()
    case = an_individual(scene.dan, lead=scene.thea)
    own = an_appointment(case, scene.offering, on(9, 9), subject=scene.dan)
    assert scene.moves(own, time=written(on(10, 9), None)).status == 404
    assert scene.cancels(own).status == 404
    with pytest.raises(Hidden):  # nor does a client say that the practice cancelled
        cancel_appointment(
            actor=acting(scene.ana), appointment=scene.alone, version=1, asked_by=Appointment.Side.PRACTICE
        )
