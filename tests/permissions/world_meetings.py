"""Hours, places and appointments of the world: what the addresses of the room scheduling name."""

from typing import Any
from zoneinfo import ZoneInfo

from tests.factories.people import acting
from tests.factories.scheduling import Kind, a_place, an_appointment, offers, on, together, works

from homeport.cases.models import Case
from homeport.core.clock import today
from homeport.core.ids import new_id
from homeport.people.models import Person, Therapist
from homeport.scheduling.links import Act, address_of
from homeport.scheduling.models import Away, BusyFeed, Extra, Room
from homeport.scheduling.presenters import written
from homeport.scheduling.services.hold_time import hold_time
from homeport.scheduling.services.keep_calendar_feed import make_calendar_feed
from homeport.scheduling.services.keep_group import open_group
from homeport.scheduling.services.wait_for_time import wait_for_time

NEVER = "00000000-0000-4000-8000-000000000001"


def meetings(
    people: dict[str, Person], cases: tuple[Case, Case, Case]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The things that addresses need, and the marks that forms send."""
    couple, teen, other = cases
    thea, odd = people["own therapist"], people["other therapist"]
    alone, joint = offers(thea, price=12000, currency="CAD"), offers(thea, Kind.COUPLE)
    theirs = offers(odd)
    hours = works(thea)
    works(odd)
    together(couple)
    booked = {
        "Ana's own time": an_appointment(couple, alone, on(5, 9), subject=people["client"]),
        "Ben's own time": an_appointment(couple, alone, on(6, 9), subject=people["partner"]),
        "their time together": an_appointment(couple, joint, on(7, 9)),
        "Tia's time": an_appointment(teen, alone, on(8, 9), subject=people["teen"]),
        "Olga's time": an_appointment(other, theirs, on(9, 9), subject=people["other client"]),
    }
    things: dict[str, Any] = {name: {"appointment_id": one.pk} for name, one in booked.items()}
    things["a time that never was"] = {"appointment_id": NEVER}
    hold = hold_time(actor=acting(people["client"]), offering=alone, begins_at=on(10, 11))
    things["a time that is kept for Ana"] = {"case_id": couple.pk, "hold_id": hold.pk}
    waiting = wait_for_time(
        actor=acting(people["client"]), offering=alone, case_id=couple.pk, person_id=people["client"].pk
    )
    things["Ana, who waits for a time"] = {"waiting_id": waiting.pk}
    secret = make_calendar_feed(actor=acting(people["client"]), person_id=people["client"].pk)
    things["Ana's calendar"] = {"secret": secret}
    things["a calendar that never was"] = {"secret": "never"}
    for act in Act:
        address = address_of(booked["Ana's own time"], people["client"].pk, act)
        token = address.rstrip("/").rpartition("/")[2]
        things[f"the link to {act.value} Ana's own time"] = {"act": act.value, "token": token}
    things["a link that nobody signed"] = {"act": "cancel", "token": "never"}
    together_with = offers(thea, Kind.GROUP)
    group = open_group(
        actor=acting(thea),
        offering=together_with,
        name="Evenings",
        about="",
        places=6,
        is_open=True,
        names=False,
    )
    things["Thea's group"] = {"group_id": group.pk}
    things["Thea's group and Ana"] = {"group_id": group.pk, "person_id": people["client"].pk}
    things |= _kept(thea, hours[0].pk, alone.pk)
    marks = {
        "alone": str(alone.pk),
        "together": str(together_with.pk),
        "a free time": written(on(12, 12), None),
        "a free day": f"{on(12, 12).astimezone(ZoneInfo('America/Toronto')):%Y-%m-%d}",
        "today": today().isoformat(),
    }
    return things, marks


def _kept(thea: Person, pattern_id: object, offering_id: object) -> dict[str, Any]:
    therapist = Therapist.objects.get(person=thea)
    place = a_place(rooms=(4,))
    span = {"begins_at": on(20, 9), "ends_at": on(20, 17)}
    feed = BusyFeed.objects.create(therapist=therapist, address="https://calendar.example/thea.ics")
    return {
        "Thea's Monday": {"pattern_id": pattern_id},
        "Thea's days": {"therapist_id": therapist.pk},
        "the days of nobody": {"therapist_id": new_id("test.world")},
        "Thea's day off": {
            "kind": "away",
            "exception_id": Away.objects.create(therapist=therapist, **span).pk,
        },
        "Thea's longer day": {
            "kind": "extra",
            "exception_id": Extra.objects.create(therapist=therapist, **span).pk,
        },
        "what Thea offers": {"offering_id": offering_id},
        "Thea's other calendar": {"feed_id": feed.pk},
        "the place": {"place_id": place.pk},
        "its room": {"place_id": place.pk, "room_id": Room.objects.get(place=place).pk},
        "a holiday": {"away_id": Away.objects.create(therapist=None, name="Family Day", **span).pk},
    }
