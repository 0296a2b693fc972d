"""Groups with places: who may join which, and how many places are free."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from homeport.access.standing import Standing
from homeport.cases.models import CareTeamMember, Case, Participant
from homeport.core.clock import now
from homeport.people.jurisdictions import is_minor
from homeport.people.models import Person
from homeport.people.models.lasting import holds_at
from homeport.scheduling.group_times import Programme, programmes
from homeport.scheduling.models import Group, Offering, Waiting
from homeport.scheduling.presenters import money

LEADS = (CareTeamMember.Role.LEAD, CareTeamMember.Role.CO_THERAPIST)


def group_of(case_id: UUID) -> Group | None:
    """The group of a case, where it is one with places."""
    return Group.objects.filter(case_id=case_id).select_related("offering__therapist__person").first()


def free_places(group: Group, *, but: UUID | None = None) -> int:
    """Places that nobody has and that are kept for nobody. ``but``: for whom a kept one counts as free. Two queries."""
    members = Participant.objects.filter(holds_at(now()), case_id=group.case_id).count()
    kept = Waiting.objects.filter(group=group, ended_at=None, offered_until__gt=now())
    if but is not None:
        kept = kept.exclude(person_id=but)
    return group.places - members - kept.count()


def may_join(standing: Standing, group: Group, person: Person) -> bool:
    """Whether somebody may take a place by themselves: of an open group, led by somebody who treats them in an open case.

    Nobody who works on it; no minor, for whom somebody may have to agree.
    """
    case = Case.objects.filter(pk=group.case_id, status=Case.Status.OPEN).first()
    if case is None or not group.is_open or group.case_id in standing.professional_cases:
        return False
    if person.birth_date is not None and is_minor(case.jurisdiction, person.age_on()):
        return False
    theirs = Case.objects.filter(pk__in=standing.participates_in, status=Case.Status.OPEN).exclude(
        kind=Case.Kind.GROUP
    )
    leads = CareTeamMember.objects.filter(holds_at(now()), case_id=group.case_id, role__in=LEADS)
    treats = CareTeamMember.objects.filter(
        holds_at(now()), case__in=theirs, person__in=leads.values("person_id")
    )
    return treats.exists()


@dataclass(frozen=True, slots=True)
class Shown:
    """A group as a client sees it: never who else is in it, nor how many. ``before``: how many wait before them."""

    group: Group
    programme: Programme
    is_member: bool
    is_free: bool
    waiting: Waiting | None
    before: int

    @property
    def is_offered(self) -> bool:
        """Whether a place is kept for them."""
        return self.waiting is not None and bool(self.waiting.offered_until)

    @property
    def fee(self) -> str:
        """What one time costs; empty for nothing."""
        return _fee(self.group.offering)


def groups_for(standing: Standing, person: Person) -> list[Shown]:
    """Those that somebody is in, waits for or may join. A few queries a group; there are few."""
    waits = {
        each.group_id: each
        for each in Waiting.objects.filter(person=person, ended_at=None, group__isnull=False)
    }
    groups = [
        group
        for group in Group.objects.select_related("offering__therapist__person").order_by("name", "pk")
        if group.case_id in standing.participates_in or group.pk in waits or may_join(standing, group, person)
    ]
    times = programmes(groups)
    return [
        Shown(
            group,
            times[group.pk],
            group.case_id in standing.participates_in,
            free_places(group, but=person.pk) > 0,
            waits.get(group.pk),
            _before(waits.get(group.pk)),
        )
        for group in groups
    ]


def _before(waiting: Waiting | None) -> int:
    """How many are asked before them, when a place becomes free."""
    if waiting is None or waiting.group_id is None:
        return 0
    first = Q(since__lt=waiting.since) | Q(since=waiting.since, pk__lt=waiting.pk)
    return Waiting.objects.filter(first, group_id=waiting.group_id, ended_at=None).count()


@dataclass(frozen=True, slots=True)
class Open:
    """A group as everybody may read of it: when, how, for how much, and whether a place is free. Not what it is called."""

    programme: Programme
    way: str
    fee: str
    is_free: bool


def open_groups(therapist_id: UUID, zone: str) -> list[Open]:
    """The groups of a therapist (id of ``people.Therapist``) that clients may join, and that have times to come, by these.

    ``zone``: on whose clock. One query without any; otherwise two, and two for each group.
    """
    found = Group.objects.filter(
        is_open=True,
        offering__therapist_id=therapist_id,
        case_id__in=Case.objects.filter(status=Case.Status.OPEN, kind=Case.Kind.GROUP).values("pk"),
    )
    groups = list(found.select_related("offering"))
    times = programmes(groups, zone=zone)
    coming = [group for group in groups if times[group.pk].coming]
    coming.sort(key=lambda group: (times[group.pk].coming[0].begins_at, group.pk))
    return [
        Open(times[one.pk], one.offering.get_way_display(), _fee(one.offering), free_places(one) > 0)
        for one in coming
    ]


def _fee(offering: Offering) -> str:
    return money(offering.price, offering.currency)
