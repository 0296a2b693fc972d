"""Tell people that an alert waits, and the next ones where nobody acknowledged it in time."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from homeport.cases.models import CareTeamMember
from homeport.core.clock import now
from homeport.core.jobs import enqueue
from homeport.outbox.services.put_message import put_message
from homeport.people.models import Cover, Person, Role, Supervision
from homeport.people.models.lasting import holds_at
from homeport.people.selectors import who_hold
from homeport.safety.levels import Level
from homeport.safety.models import Alert, AlertNotice
from homeport.safety.selectors import hours_kept
from homeport.safety.services.raise_alert import ESCALATE

Part = AlertNotice.Part
Round = list[tuple[Part, Person]]


@transaction.atomic
def escalate(*, alert_id: UUID) -> list[Person]:
    """Take the next step with an alert that nobody acknowledged, if its time has come. Returns who was told now.

    First the lead therapist, and whoever covers for them these days; then, one after the other, each when the practice's
    response time has passed once more: the co-therapists, every covering colleague, the supervisors, the intake
    clinicians. After that everybody is reminded at the same pace until somebody acknowledges it. Each is told on their
    pages, from where the notice does not go away, and by a message without a clinical word: never by a message alone.
    Run twice it tells nobody twice.
    """
    alert = Alert.objects.select_for_update().filter(pk=alert_id, state=Alert.State.OPEN).first()
    if alert is None or alert.level < Level.SAME_DAY or alert.case_id is None:
        return []
    if now() < time_of(alert, alert.step):
        _ask_again(alert)
        return []
    told = _told_so_far(alert)
    fresh = next((each for each in _rounds(alert.case_id, told) if each), [])
    for part, person in fresh:
        what = {"case_id": alert.case_id, "part": part}
        AlertNotice.objects.get_or_create(alert=alert, person=person, defaults=what)
    reached = [person for _part, person in fresh] or _told_and_here(alert)
    for person in reached:
        _write_to(person, alert)
    Alert.objects.filter(pk=alert.pk).update(step=alert.step + 1)
    alert.step += 1
    _ask_again(alert)
    return reached


def _told_and_here(alert: Alert) -> list[Person]:
    """Who was told and would be told now as well: not a colleague whose cover is over, nor one who left the case."""
    assert alert.case_id is not None
    here = {person.pk for each in _rounds(alert.case_id, set()) for _part, person in each}
    notices = alert.notices.filter(person_id__in=here).select_related("person")
    return [each.person for each in notices.order_by("told_at", "pk")]


def _told_so_far(alert: Alert) -> set[UUID]:
    """Who need not be told anew. At the first step nobody was: an alert that became more begins again with everybody."""
    if alert.step == 0:
        alert.notices.update(answered_at=None)
        return set()
    return set(alert.notices.values_list("person_id", flat=True))


def time_of(alert: Alert, step: int) -> datetime:
    """When a step is due: the first at once, the second when the alert is, each further one a response time later."""
    if step == 0:
        return alert.created_at
    kept = hours_kept()
    return kept.hours.after(alert.due_at, (step - 1) * kept.within(Level(alert.level)))


def _ask_again(alert: Alert) -> None:
    key = f"{ESCALATE}:{alert.pk}:{alert.step}"
    enqueue(ESCALATE, run_at=max(time_of(alert, alert.step), now()), key=key, alert_id=str(alert.pk))


def _rounds(case_id: UUID, told: set[UUID]) -> Iterator[Round]:
    """Who is told together, in order, without those who were."""
    moment = now()
    team = CareTeamMember.objects.filter(holds_at(moment), case_id=case_id).select_related("person")
    members = list(team.order_by("from_at", "pk"))
    leads = [each.person for each in members if each.role == CareTeamMember.Role.LEAD]
    others = [each.person for each in members if each.role != CareTeamMember.Role.LEAD]
    yield _fresh([(Part.LEAD, each) for each in leads] + _covering(leads), told)
    yield _fresh([(Part.CO_THERAPIST, each) for each in others], told)
    yield _fresh(_covering(others), told)
    supervising = Supervision.objects.filter(holds_at(moment), supervisee__in=[*leads, *others])
    above = [each.supervisor for each in supervising.select_related("supervisor").order_by("from_at", "pk")]
    yield _fresh([(Part.SUPERVISOR, each) for each in above], told)
    yield _fresh([(Part.INTAKE, each) for each in who_hold(Role.INTAKE)], told)


def _covering(people: list[Person]) -> Round:
    covers = Cover.objects.filter(holds_at(now()), covered__in=people).select_related("by")
    return [(Part.COVER, each.by) for each in covers.order_by("from_at", "pk")]


def _fresh(found: Round, told: set[UUID]) -> Round:
    """Each person once, by the first part they have."""
    once = {person.pk: (part, person) for part, person in reversed(found) if person.pk not in told}
    return list(reversed(once.values()))


def _write_to(person: Person, alert: Alert) -> None:
    """A message that says where to look and nothing of what is there."""
    with override(person.language):
        put_message(
            kind="staff-notice",
            to=person,
            subject=_("Please look into Homeport"),
            body=_(
                "Something is waiting for you in Homeport, and it should not wait. "
                "Please sign in and look at the top of your page."
            ),
            key=f"alert:{alert.pk}:{person.pk}:{alert.step}",
        )
