"""What somebody may arrange in a case: for whom, with whom, and at which times."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from homeport.access.gate import Hidden
from homeport.access.standing import Standing
from homeport.cases.models import CareTeamMember, Case
from homeport.cases.policies import may_meet_jointly
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.people.models import Person, Therapist
from homeport.people.models.lasting import holds_at
from homeport.scheduling.models import Appointment, Away, BusyTime, Occupancy, Offering, Place
from homeport.scheduling.policies import JOINT
from homeport.scheduling.presenters import Day, by_day, weeks
from homeport.scheduling.selectors import FreeTime, free_times, next_free

SHOWN_WEEKS = 2
# Times are counted from and to: none is offered outside these.
FIRST_YEAR, FURTHEST_YEAR = 1971, 2200


@dataclass(frozen=True, slots=True)
class Party:
    """For whom somebody books in a case: themselves, or the child they stand for.

    ``child``: which one, where they stand for several there; then every address goes on saying it (``query``).
    """

    case: Case
    person_id: UUID
    child: Person | None = None

    @property
    def query(self) -> str:
        """What an address ends in that keeps the child who was chosen."""
        return f"?child={self.child.pk}" if self.child else ""

    def subject_for(self, offering: Offering) -> UUID | None:
        """Whom a meeting of this kind is about; None for a joint one."""
        return None if offering.kind in JOINT else self.person_id


class WhichChild(Exception):
    """Somebody stands for several children in a case, and has not said for which one they book."""

    def __init__(self, case_id: UUID, children: Sequence[Person]) -> None:
        super().__init__("for which child?")
        self.case_id, self.children = case_id, children


def party_of(standing: Standing, case_id: UUID, asked: str = "") -> Party:
    """For whom this person books in this case; ``asked``: the id of the child, as an address says it. At most two queries.

    Who takes part books for themselves, but where the address names a child of theirs.

    Raises ``Hidden`` where they book for nobody or not for that child, ``WhichChild`` where it must be said which.
    """
    takes_part = case_id in standing.participates_in
    children = {child for held, child in standing.guards_with_appointments if held == case_id}
    wanted = takes_part or children
    case = Case.objects.filter(pk=case_id, status=Case.Status.OPEN).first() if wanted else None
    if case is None:
        raise Hidden
    is_named = asked in {str(child) for child in children}
    if takes_part and standing.person_id is not None and not is_named:
        return Party(case, standing.person_id)
    if len(children) == 1 and not takes_part:
        return Party(case, children.pop())
    among = sorted(Person.objects.filter(pk__in=children), key=lambda one: (one.shown_name, str(one.pk)))
    if not asked:
        raise WhichChild(case_id, among)
    child = next((one for one in among if str(one.pk) == asked), None)
    if child is None:
        raise Hidden
    return Party(case, child.pk, child)


def offerings_in(case: Case, standing: Standing) -> list[Offering]:
    """What clients of the case can book for themselves, with the therapists of the case; who only stands for a child in it,
    the child's own times. Three queries."""
    kinds = [Offering.Kind.INDIVIDUAL.value]
    takes_part = case.pk in standing.participates_in
    if takes_part and case.kind in JOINT and case.kind != Offering.Kind.GROUP and may_meet_jointly(case.pk):
        kinds.insert(0, case.kind)
    found = Offering.objects.filter(
        therapist__person_id__in=_team(case.pk), kind__in=kinds, is_open=True, by_clients=True
    ).select_related("therapist__person")
    return sorted(found, key=lambda one: (kinds.index(one.kind), one.therapist.person.shown_name, one.way))


def offerings_of_team(case: Case) -> list[Offering]:
    """What the practice can book in the case: everything that its therapists offer to such a case."""
    kinds = {Offering.Kind.INDIVIDUAL.value, case.kind}
    found = Offering.objects.filter(
        therapist__person_id__in=_team(case.pk), kind__in=kinds, is_open=True
    ).select_related("therapist__person")
    return sorted(found, key=lambda one: (one.therapist.person.shown_name, one.kind, one.way))


def therapists_on(case: Case) -> list[tuple[str, str]]:
    """Who treats the case, as a form offers them: id of the therapist and name. Two queries."""
    found = Therapist.objects.filter(person_id__in=_team(case.pk)).select_related("person")
    return sorted(((str(one.pk), one.person.shown_name) for one in found), key=lambda pair: pair[::-1])


def _team(case_id: UUID) -> Sequence[UUID]:
    therapists = (CareTeamMember.Role.LEAD, CareTeamMember.Role.CO_THERAPIST)
    team = CareTeamMember.objects.filter(holds_at(now()), case_id=case_id, role__in=therapists)
    return list(team.values_list("person_id", flat=True))


@dataclass(frozen=True, slots=True)
class Shown:
    """Two weeks of free times, and where to go on. ``soonest``: what comes first, where these weeks have none."""

    days: list[Day]
    first: date
    earlier: date | None
    later: date
    soonest: list[Day]


def times_shown(
    offering: Offering, first: date, today: date, *, beside: Collection[UUID] = (), but: UUID | None = None
) -> Shown:
    """The free times of an offering from a day on, as the reader's own calendar counts days.

    ``beside``: co-therapists, whose own meetings and days off close a time as well; ``but``: what is being moved closes
    nothing.
    """
    first = min(max(first, today), date(FURTHEST_YEAR, 1, 1))
    begin, end = weeks(first, SHOWN_WEEKS)
    therapist, kind, way = offering.therapist_id, offering.kind, offering.way
    found = free_times([therapist], offering_kind=kind, way=way, from_at=begin, until_at=end)[therapist]
    found = [one for one in found if one.offering_id == offering.pk]
    found = _while_free(found, beside, but)
    soon: list[FreeTime] = []
    if not found:
        after = max(begin, now())
        soon = next_free([therapist], offering_kind=kind, way=way, after=after, count=6)[therapist]
        soon = _while_free(soon, beside, but)
    places = {
        place.pk: place for place in Place.objects.filter(pk__in={one.place_id for one in (*found, *soon)})
    }
    zone = offering.therapist.person.zone
    before = date.fromordinal(max(first.toordinal() - 7 * SHOWN_WEEKS, today.toordinal()))
    return Shown(
        by_day(found, places, zone),
        first,
        before if first > today else None,
        end.date(),
        by_day(soon, places, zone),
    )


def times_for(appointment: Appointment, first: date, today: date) -> Shown:
    """The times to which an appointment can be moved by whoever comes."""
    beside = [one.therapist_id for one in appointment.co_therapists.all()]
    return times_shown(appointment.offering, first, today, beside=beside, but=appointment.pk)


def _while_free(times: list[FreeTime], therapist_ids: Collection[UUID], but: UUID | None) -> list[FreeTime]:
    """Those at which these therapists are not taken either. Three queries, none where there is nobody."""
    if not times or not therapist_ids:
        return times
    near = Q(ends_at__gt=times[0].begins_at, begins_at__lt=max(one.ends_at for one in times))
    held = Occupancy.objects.filter(near, resource_id__in=therapist_ids).exclude(lapses_at__lte=now())
    sources = (
        held.exclude(source_id=but) if but else held,
        Away.objects.filter(near, therapist_id__in=therapist_ids),
        BusyTime.objects.filter(near, therapist_id__in=therapist_ids),
    )
    spans = [span for rows in sources for span in rows.values_list("begins_at", "ends_at")]
    return [
        one
        for one in times
        if not any(begins < one.ends_at and ends > one.begins_at for begins, ends in spans)
    ]


def chosen_time(text: str) -> tuple[datetime, Place | None]:
    """The time that a button sent, with its place. Raises ``HomeportError`` for anything else."""
    stamp, _z, place_id = text.partition("Z")
    try:
        at = datetime.strptime(stamp, "%Y%m%dT%H%M").replace(tzinfo=UTC)
        if not FIRST_YEAR <= at.year <= FURTHEST_YEAR:
            raise ValueError
        place = Place.objects.get(pk=UUID(place_id), is_open=True) if place_id else None
    except (ValueError, Place.DoesNotExist):
        raise HomeportError(_("Please choose one of the times.")) from None
    return at, place
