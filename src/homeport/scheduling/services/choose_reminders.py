"""Choose when to be reminded."""

from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.jobs import enqueue
from homeport.core.versions import Changed, save_if_unchanged
from homeport.people.errors import Unfit
from homeport.people.models import Person
from homeport.people.services.change_person import REPLAN
from homeport.scheduling.beside import replan_beside
from homeport.scheduling.models import Appointment, ReminderTimes
from homeport.scheduling.reminders import CHOICES
from homeport.scheduling.services.plan_reminders import plan_reminders


@transaction.atomic
def choose_reminders(
    *, actor: Actor, person: Person | None, minutes: Collection[int], by_text: bool, version: int
) -> ReminderTimes:
    """Keep what somebody chose, or (None) what the practice does by itself; reminders that wait are written anew soon.

    ``version``: of what was on the screen, 0 where nothing was chosen yet. Raises ``Changed`` and ``Unfit``.
    """
    if set(minutes) - set(CHOICES):
        raise Unfit("minutes", _("Please choose from the list."))
    row = ReminderTimes.objects.filter(person=person).first() or ReminderTimes(person=person, version=0)
    row.minutes, row.by_text = sorted(set(minutes), reverse=True), by_text
    if row.version:
        save_if_unchanged(row, version)
    else:
        _begin(row, version)
    record(
        actor=actor, verb=Verb.SETTING, material="reminders", row_id=row.pk, subject_id=person.pk if person else None
    )  # fmt: skip
    enqueue(REPLAN, key=f"{REPLAN}:{person.pk if person else ''}", person_id=str(person.pk) if person else "")
    return row


def _begin(row: ReminderTimes, version: int) -> None:
    row.version = 1
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Changed from None
    if version:
        raise Changed


def replan(*, person_id: UUID | None) -> None:
    """Write every reminder of what is to come anew: of one person, or (None) of all who chose nothing themselves."""
    replan_beside(person_id=person_id)
    coming = Appointment.objects.filter(status=Appointment.Status.BOOKED, begins_at__gt=now())
    if person_id is not None:
        person = Person.objects.get(pk=person_id)
        theirs = coming.filter(Q(people__person=person) | Q(people__person__guardianships__guardian=person))
        for appointment in theirs.distinct().order_by("begins_at").iterator(200):
            plan_reminders(appointment=appointment, only=person)
        return
    usual = Q(people__person__reminder_times=None)
    for appointment in coming.filter(usual).distinct().order_by("begins_at").iterator(200):
        plan_reminders(appointment=appointment)
