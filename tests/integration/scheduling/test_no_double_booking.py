"""The database itself refuses what overlaps, on both databases."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from homeport.core.ids import new_id
from homeport.scheduling.models import Occupancy
from homeport.scheduling.no_double_booking import put_in_place, stands

pytestmark = pytest.mark.django_db
NINE = datetime(2027, 3, 1, 9, tzinfo=UTC)


def taken(resource: UUID, begins: int, ends: int, lane: int = 0) -> Occupancy:
    return Occupancy.objects.create(
        resource_id=resource,
        lane=lane,
        lanes=3,
        begins_at=NINE + timedelta(minutes=begins),
        ends_at=NINE + timedelta(minutes=ends),
        what=Occupancy.What.APPOINTMENT,
        source_id=new_id(),
    )


@pytest.mark.parametrize(("begins", "ends"), [(0, 60), (10, 50), (-30, 1), (59, 90), (-10, 100)])
def test_what_overlaps_is_refused(begins: int, ends: int) -> None:
    resource = new_id()
    taken(resource, 0, 60)
    with pytest.raises(IntegrityError), transaction.atomic():
        taken(resource, begins, ends)


@pytest.mark.parametrize(("begins", "ends"), [(-60, 0), (60, 120)])
def test_what_only_touches_is_not(begins: int, ends: int) -> None:
    resource = new_id()
    taken(resource, 0, 60)
    taken(resource, begins, ends)
    taken(resource, 0, 60, lane=1)
    taken(new_id(), 0, 60)
    assert Occupancy.objects.count() == 4


def test_moving_onto_another_is_refused_and_moving_within_itself_is_not() -> None:
    resource = new_id()
    first, second = taken(resource, 0, 60), taken(resource, 60, 120)
    second.begins_at = NINE + timedelta(minutes=70)
    second.save()
    second.begins_at = NINE + timedelta(minutes=30)
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Occupancy.objects.filter(pk=first.pk).update(ends_at=NINE + timedelta(hours=3))


def test_there_is_no_lane_beyond_the_last() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        taken(new_id(), 0, 60, lane=3)


def test_it_stands_and_is_put_back_where_it_was_lost() -> None:
    assert stands(connection)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER occupancy_one_at_a_time_INSERT")
        assert not stands(connection)
    put_in_place(connection)
    assert stands(connection)
