"""Close some days, and call off what was booked in them: somebody is ill, or goes away."""

from collections.abc import Sequence
from datetime import datetime

from homeport.access.gate import Hidden
from homeport.access.standing import standing_of
from homeport.access.wall import acting
from homeport.core.actor import Actor
from homeport.people.models import Therapist
from homeport.scheduling.models import Appointment, Away
from homeport.scheduling.policies import Side, check_open, side_in
from homeport.scheduling.services.cancel_appointment import call_off
from homeport.scheduling.services.keep_hours import add_away


@acting
def close_days(
    *,
    actor: Actor,
    therapist: Therapist | None,
    begins_at: datetime,
    ends_at: datetime,
    called_off: Sequence[Appointment] = (),
    name: str = "",
) -> Away:
    """Nobody books this therapist then, and these meetings of theirs do not take place: all of it, or nothing.

    No therapist: a holiday of the whole practice, called ``name``, and meetings of whoever leads them.

    The days are closed first, so that no time that becomes free in them is offered to who waits. Everybody who was to come
    gets the letter of a meeting that was called off; it says no reason. A series goes on without these days. Raises
    ``Unfit`` for a span that is none, ``Hidden`` for whoever does not arrange these meetings, ``HomeportError`` for one that
    is over or cancelled, ``Changed`` when somebody was faster.
    """
    standing = standing_of(actor)
    row = add_away(actor=actor, therapist=therapist, begins_at=begins_at, ends_at=ends_at, name=name)
    for one in called_off:
        is_theirs = therapist is None or one.therapist_id == therapist.pk
        if not is_theirs or side_in(standing, one) != Side.PRACTICE:
            raise Hidden
        check_open(one)
        call_off(actor=actor, appointment=one, version=one.version, side=Side.PRACTICE, late=False)
    return row
