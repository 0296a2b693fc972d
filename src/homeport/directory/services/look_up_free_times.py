"""Make anew the copy of free times that searches read. Everything else reads the times themselves."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.directory.free_weeks import LOOKED_AHEAD, as_weeks, halves
from homeport.directory.models import FreeLook, FreeWeek, Profile
from homeport.directory.models.free_week import HALF_DAYS
from homeport.scheduling.models import Offering
from homeport.scheduling.selectors import free_times

AT_ONCE = 100
Key = tuple[UUID, str, str, int]
KEY = ("therapist_id", "kind", "way", "week")


def look_up_everybody(*, actor: Actor) -> int:
    """Look up the free times of everybody whose page is up, and forget those of everybody else. Returns how many they are.

    A hundred at a time, each in its own transaction: nobody waits for all of them.
    """
    begun = now()
    up = list(_up().order_by("therapist_id").values_list("therapist_id", flat=True))
    for first in range(0, len(up), AT_ONCE):
        look_up_free_times(actor=actor, therapist_ids=up[first : first + AT_ONCE])
    FreeWeek.objects.exclude(therapist_id__in=_up().values("therapist_id")).delete()
    FreeLook.objects.update_or_create(pk=1, defaults={"done_at": begun})
    return len(up)


@transaction.atomic
def look_up_free_times(*, actor: Actor, therapist_ids: Sequence[UUID]) -> int:  # noqa: ARG001 - for whom it runs
    """Look up the free times of these. Returns how many weeks changed. What is as it was is not written again."""
    shown = list(_up().filter(therapist_id__in=therapist_ids).values_list("therapist_id", flat=True))
    present = _as_it_is(shown)
    rows = FreeWeek.objects.filter(therapist_id__in=therapist_ids)
    kept: dict[Key, tuple[int, ...]] = {}
    gone = []
    for pk, therapist_id, kind, way, number, *week in rows.values_list("pk", *KEY, *HALF_DAYS):
        key = (therapist_id, kind, way, number)
        kept[key] = tuple(week)
        if key not in present:
            gone.append(pk)
    changed = [_row(key, week) for key, week in present.items() if kept.get(key) != week]
    FreeWeek.objects.filter(pk__in=gone).delete()
    FreeWeek.objects.bulk_create(
        changed,
        batch_size=200,
        update_conflicts=True,
        unique_fields=("therapist", *KEY[1:]),
        update_fields=HALF_DAYS,
    )
    return len(gone) + len(changed)


def _up() -> "QuerySet[Profile]":
    return Profile.objects.filter(published_at__isnull=False)


def _as_it_is(therapist_ids: Sequence[UUID]) -> dict[Key, tuple[int, ...]]:
    begin = now()
    found: dict[Key, tuple[int, ...]] = {}
    for kind in _kinds(therapist_ids):
        until = begin + LOOKED_AHEAD
        times = free_times(therapist_ids, offering_kind=kind, from_at=begin, until_at=until)
        for therapist_id, free in times.items():
            by_way = defaultdict(list)
            for one in free:
                by_way[one.way].append(one.begins_at)
            for way, moments in by_way.items():
                for week, quarters in as_weeks(moments).items():
                    found[therapist_id, kind, way, week] = halves(quarters)
    return found


def _kinds(therapist_ids: Sequence[UUID]) -> Iterable[str]:
    open_ = Offering.objects.filter(therapist_id__in=therapist_ids, is_open=True, by_clients=True)
    return open_.order_by("kind").values_list("kind", flat=True).distinct()


def _row(key: Key, week: tuple[int, ...]) -> FreeWeek:
    return FreeWeek(**dict(zip((*KEY, *HALF_DAYS), (*key, *week), strict=True)))
