"""Today: what to look at first, who comes, what came in, what waits."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from homeport.access.duties import Duty, may_do
from homeport.access.gate import actor_in, person_in, require_duty, route, standing_in
from homeport.access.on_cases import CaseAct, cases_for
from homeport.access.selectors import waiting_emergencies
from homeport.audit.verbs import Verb
from homeport.cases.selectors import cases_with_people, signatures_of
from homeport.cases.texts import own_texts
from homeport.core.clock import now
from homeport.people.models import Licence
from homeport.safety.selectors import open_alerts_for
from homeport.web import selectors
from homeport.web.practice.doors import doors
from homeport.web.presenters.to_sign import to_sign
from homeport.web.presenters.today import Ends, came_in, hours_of, summary_of

A_WEEK = timedelta(days=7)
MOST = 12


@route(verb=Verb.LIST)
def today(request: HttpRequest) -> HttpResponse:
    """The day of whoever works on cases, in as many queries on a full day as on an empty one."""
    require_duty(request, Duty.SEE_OWN_CASES)
    me, standing, moment = person_in(request), standing_in(request), now()
    appointments = selectors.appointments_of_today(standing)
    seen = cases_for(standing, CaseAct.SEE)
    mine = {each.case.pk: each for each in cases_with_people(seen)}
    coming = {one.case_id for one in appointments if one.case_id}
    parts = [part.pk for case_id in coming & set(mine) for part in mine[case_id].participants]
    forms = selectors.intakes_in(standing, seen, coming)
    reports, sent = (
        selectors.reports_in(standing, seen),
        selectors.sent_since(standing, seen, moment - A_WEEK),
    )
    hours = hours_of(appointments, mine, signatures_of(parts), own_texts(), forms, moment)
    notes = selectors.notes_to_sign(standing)
    alerts, emergencies = open_alerts_for(standing), waiting_emergencies(standing).count()
    waiting, calls = selectors.requests_of_today(standing)
    selectors.note_the_day(actor_in(request), len(appointments))
    shown = {
        "here": "today",
        "day": timezone.localdate(moment),
        "hours": hours,
        "calls": calls,
        "leads": may_do(standing, Duty.KEEP_OWN_WORK) and any(not each.is_past for each in hours),
        "came_in": came_in([*forms, *reports], sent, mine)[:MOST],
        "notes": to_sign(notes, mine),
        "alerts": alerts,
        "emergencies": emergencies,
        "requests": waiting,
        "licences": [_ends(each) for each in selectors.licences_ending(me)],
        "doors": doors(standing),
        "summary": summary_of(hours, len(notes), first=bool(alerts) or bool(emergencies)),
    }
    return render(request, "web/today.html", shown)


def _ends(licence: Licence) -> Ends:
    return Ends(licence.jurisdiction, licence.expires_on, licence.expires_on < timezone.localdate(now()))
