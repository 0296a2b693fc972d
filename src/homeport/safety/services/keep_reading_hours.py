"""Write down when somebody reads what comes in."""

from datetime import date, time
from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext as _

from homeport.access.duties import Duty, may_do
from homeport.access.gate import Hidden
from homeport.access.standing import standing_of
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.versions import Changed, save_if_unchanged
from homeport.people.errors import Unfit
from homeport.safety.models import ReadingHours

Weekly = dict[int, list[tuple[time, time]]]
URGENT_MINUTES = range(5, 241)
SAME_DAY_MINUTES = range(30, 1441)


@transaction.atomic
def keep_reading_hours(
    *,
    actor: Actor,
    version: int,
    weekly: Weekly,
    closed: list[date],
    urgent_minutes: int,
    same_day_minutes: int,
) -> ReadingHours:
    """Keep what a manager wrote. Raises ``Unfit`` for hours that are none, ``Changed``, ``Hidden``."""
    if not may_do(standing_of(actor), Duty.CHANGE_PRACTICE):
        raise Hidden
    _check(weekly, urgent_minutes, same_day_minutes)
    kept = ReadingHours.objects.first()
    fresh = kept is None
    kept = kept or ReadingHours()
    kept.weekly = {
        str(day): [[f"{a:%H:%M}", f"{b:%H:%M}"] for a, b in spans] for day, spans in weekly.items() if spans
    }
    kept.closed = sorted({day.isoformat() for day in closed})
    kept.urgent_minutes, kept.same_day_minutes = urgent_minutes, same_day_minutes
    kept.changed_at = now()
    if not fresh:
        save_if_unchanged(kept, version)
    else:
        if version != kept.version:
            raise Changed
        kept.save(force_insert=True)
    record(actor=actor, verb=Verb.SETTING, material="reading hours", row_id=kept.pk)
    return kept


def _check(weekly: Weekly, urgent: int, same_day: int) -> None:
    for spans in weekly.values():
        ordered = sorted(spans)
        if any(begin >= end for begin, end in ordered):
            raise Unfit("weekly", _("Each stretch must begin before it ends."))
        if any(end > begin for (_a, end), (begin, _b) in pairwise(ordered)):
            raise Unfit("weekly", _("Two stretches of one day overlap."))
    if urgent not in URGENT_MINUTES:
        raise Unfit("urgent_minutes", _("An urgent alert is to be seen within 5 to 240 minutes."))
    if same_day not in SAME_DAY_MINUTES or same_day < urgent:
        raise Unfit(
            "same_day_minutes", _("Give between 30 and 1440 minutes, and no less than for urgent ones.")
        )
