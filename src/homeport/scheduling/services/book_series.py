"""Book meetings that recur."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _

from homeport.access.standing import standing_of
from homeport.access.wall import acting
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.people.errors import Unfit
from homeport.scheduling.letters import News
from homeport.scheduling.models import Appointment, Offering, Place, Series
from homeport.scheduling.policies import Side, side_of
from homeport.scheduling.recurrence import Occurrence, Rule, rule_from
from homeport.scheduling.services.book_appointment import asked_or, make_appointment
from homeport.scheduling.services.occupy import Claim, Taken
from homeport.scheduling.services.tell_people import tell_people

MOST_MEETINGS = 104
FURTHEST = timedelta(days=2 * 366)
SAID = 5


class SeriesTaken(HomeportError):
    """Some of the times are not free. ``occurrences``: those, by the day of the rule."""

    def __init__(self, occurrences: Sequence[Occurrence], of: int) -> None:
        days = ", ".join(formats.date_format(one.day, "j F Y") for one in occurrences[:SAID])
        more = "…" if len(occurrences) > SAID else ""
        super().__init__(
            _("%(taken)d of %(all)d times are not free: %(days)s. Leave them out, or choose another time.")
            % {"taken": len(occurrences), "all": of, "days": f"{days}{more}"}
        )
        self.occurrences = list(occurrences)


@dataclass(frozen=True, slots=True)
class Booked:
    """A series with its meetings, and what was left out because it was not free."""

    series: Series
    appointments: tuple[Appointment, ...]
    left_out: tuple[Occurrence, ...]


def book_series(
    *,
    actor: Actor,
    offering: Offering,
    rule: Rule,
    case_id: UUID,
    subject_id: UUID | None,
    place: Place | None = None,
    co_therapist_ids: Sequence[UUID] = (),
    skip_taken: bool = False,
) -> Booked:
    """Book every meeting of a rule, or none of them.

    The practice does: a regular time is promised, not picked. ``skip_taken``: leave out what is not free, instead of raising
    ``SeriesTaken``. Raises ``Unfit`` for a rule without an end or with too many meetings, ``Hidden`` and
    ``HomeportError`` as booking does. A series that the same person has booked already is returned as it is.
    """
    series = Series(
        case_id=case_id,
        subject_id=subject_id,
        author_id=actor.person_id or offering.therapist.person_id,
        offering=offering,
        place=place,
        rule=rule.as_data(),
    )
    try:
        return _book(
            actor=actor, series=series, rule=rule, beside=tuple(co_therapist_ids), skip_taken=skip_taken
        )
    except SeriesTaken:
        there = _there_already(actor=actor, series=series, rule=rule)
        if there is None:
            raise
        return there


@acting
def _book(*, actor: Actor, series: Series, rule: Rule, beside: tuple[UUID, ...], skip_taken: bool) -> Booked:
    case_id, subject_id = series.case_id, series.subject_id
    assert case_id is not None
    if side_of(standing_of(actor), case_id=case_id, subject_id=subject_id) != Side.PRACTICE:
        raise HomeportError(_("Please ask your therapist for a regular time."))
    wanted = laid_out(rule)
    series.save(force_insert=True)
    made, taken = _make_all(actor, series, wanted, case_id, beside)
    if taken and (not skip_taken or not made):
        raise SeriesTaken(taken, len(wanted))
    if taken:
        series.rule = replace(rule, left_out=rule.left_out | {one.day for one in taken}).as_data()
        series.save(update_fields=["rule"])
    tell_of_series(actor, made, News.BOOKED)
    return Booked(series, tuple(made), tuple(taken))


@acting
def _there_already(*, actor: Actor, series: Series, rule: Rule) -> Booked | None:  # noqa: ARG001 - for whom it reads
    """The same series, booked by the same person before: their form was sent twice."""
    same = ("case_id", "subject_id", "author_id", "offering_id", "place_id")
    held = Series.objects.filter(ended_at=None, **{name: getattr(series, name) for name in same})
    bare = replace(rule, left_out=frozenset())
    for one in held.order_by("created_at", "pk"):
        if replace(rule_from(one.rule), left_out=frozenset()) == bare:
            rows = one.appointments.exclude(status=Appointment.Status.CANCELLED).order_by("begins_at", "pk")
            if found := tuple(rows):
                return Booked(one, found, ())
    return None


def _make_all(
    actor: Actor, series: Series, wanted: Sequence[Occurrence], case_id: UUID, beside: tuple[UUID, ...]
) -> tuple[list[Appointment], list[Occurrence]]:
    """The meetings whose time was free, and what was not."""
    made, taken = [], []
    for one in wanted:
        claim = Claim(series.offering, one.at, series.place, co_therapist_ids=beside)
        try:
            with transaction.atomic():
                appointment = make_appointment(
                    actor=actor,
                    claim=claim,
                    case_id=case_id,
                    subject_id=series.subject_id,
                    side=Side.PRACTICE,
                    series=series,
                    series_day=one.day,
                )
        except Taken:
            taken.append(one)
        else:
            made.append(appointment)
    return made, taken


def laid_out(rule: Rule) -> list[Occurrence]:
    """The meetings of a rule that can be booked. Raises ``Unfit`` for one that never ends, or is too long."""
    if rule.until is None and rule.count is None:
        raise Unfit("until", _("Say until when, or how often."))
    found = rule.occurrences(MOST_MEETINGS + 1)
    if len(found) > MOST_MEETINGS or (found and found[-1].at > now() + FURTHEST):
        raise Unfit(
            "until", _("A series can hold %(most)d meetings within two years.") % {"most": MOST_MEETINGS}
        )
    if not found or found[0].at <= now():
        raise Unfit("first", _("The first time is in the past. Please choose a later one."))
    return found


def tell_of_series(actor: Actor, appointments: Sequence[Appointment], news: News) -> None:
    """One letter about all of them; reminders of each."""
    if appointments:
        first, *following = appointments
        tell_people(actor=actor, appointment=first, news=asked_or(news, first), following=following)
