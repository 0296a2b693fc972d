"""Alerts, for those who look after them: what asks most comes first; in hand, closed with a note, never just gone."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.duties import Duty
from homeport.access.gate import WRITES, actor_in, get_row, get_rows, require_duty, route, standing_in
from homeport.audit.verbs import Verb
from homeport.cases.selectors import Together, cases_with_people, names_of
from homeport.core.errors import HomeportError
from homeport.core.materials import Material
from homeport.people.posting import refused, saved
from homeport.safety.alerts_shown import history_of, in_order, next_steps, shown_alert
from homeport.safety.forms import ClosingForm
from homeport.safety.models import Alert
from homeport.safety.selectors import LIVE, seen_by, told_about, told_of
from homeport.safety.services.acknowledge_alert import acknowledge_alert, close_alert

ALERTS = Material.ALERT
CLOSED_SHOWN = 20
MOST = 300


@route(verb=Verb.LIST, material=ALERTS)
def alerts(request: HttpRequest) -> HttpResponse:
    """What waits in one's cases, what is in hand, and what was closed lately."""
    require_duty(request, Duty.SEE_ALERTS)
    live = in_order(get_rows(request, Alert, Q(state__in=LIVE), limit=MOST))
    closed = get_rows(request, Alert, Q(state=Alert.State.CLOSED), limit=CLOSED_SHOWN)
    together = _together([*live, *closed])
    shown = [shown_alert(each, together.get(each.case_id)) for each in live]
    context = {
        "here": "cases",
        "open": [each for each in shown if each.state == Alert.State.OPEN and not each.known],
        "in_hand": [each for each in shown if each.state != Alert.State.OPEN],
        "known": [each for each in shown if each.state == Alert.State.OPEN and each.known],
        "closed": [shown_alert(each, together.get(each.case_id)) for each in closed],
        "told": len(told_of(standing_in(request))),
    }
    return render(request, "safety/alerts.html", context)


@route(verb=Verb.READ, material=ALERTS)
def alert(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """One alert: why it was raised, who was told and who saw it, what to do, and its closing."""
    return _page(request, get_row(request, Alert, alert_id), ClosingForm())


@route(verb=Verb.SIGN, material=ALERTS, methods=WRITES)
def acknowledge(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """Take it in hand."""
    try:
        acknowledge_alert(actor=actor_in(request), alert_id=alert_id)
    except HomeportError as error:
        return refused(request, error, "alert", alert_id)
    return saved(request, _("It is in your hands now. Nobody else is told of it."), "alert", alert_id)


@route(verb=Verb.CHANGE, material=ALERTS, methods=WRITES)
def close(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """Close it with a note."""
    row = get_row(request, Alert, alert_id)
    form = ClosingForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    try:
        close_alert(
            actor=actor_in(request),
            alert_id=alert_id,
            note=form.cleaned_data["note"],
            planned_until=form.cleaned_data["planned_until"],
        )
    except HomeportError as error:
        form.add_error(getattr(error, "field", None), str(error))
        return _page(request, row, form, status=422)
    return saved(request, _("It is closed. The note stays with it."), "alerts")


def _page(request: HttpRequest, row: Alert, form: ClosingForm, *, status: int = 200) -> HttpResponse:
    together = _together([row]).get(row.case_id)
    told = told_about(row.pk)
    seen = seen_by(row.pk)
    people = {row.acknowledged_by_id, row.closed_by_id, *(each.person_id for each in seen)}
    names = names_of({person for person in people if person is not None})
    context = {
        "here": "cases",
        "alert": row,
        "shown": shown_alert(row, together),
        "history": history_of(row, names),
        "steps": next_steps(row) if row.state != Alert.State.CLOSED else [],
        "told": told,
        "seen": [{"who": names.get(each.person_id, ""), "at": each.at} for each in seen if each.person_id],
        "form": form,
        "may_acknowledge": row.state == Alert.State.OPEN,
        "may_close": row.state == Alert.State.ACKNOWLEDGED,
        "may_plan": row.source == Alert.Source.ANSWER,
    }
    return render(request, "safety/alert.html", context, status=status)


def _together(rows: Iterable[Alert]) -> dict[UUID | None, Together]:
    ids = {row.case_id for row in rows if row.case_id is not None}
    return {each.case.pk: each for each in cases_with_people(ids)} if ids else {}
