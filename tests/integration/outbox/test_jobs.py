"""The queue: nothing asked for is lost, nothing is done by two at once, nothing private is kept."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction

from homeport.core import jobs
from homeport.core.clock import now
from homeport.outbox.models import QueuedJob
from homeport.outbox.services.run_job import run_next_job, schedule
from homeport.outbox.tasks import KEEP_DONE, tidy

pytestmark = pytest.mark.django_db
State = QueuedJob.State


class Ledger:
    """Jobs of this test alone, and what they did."""

    def __init__(self) -> None:
        self.ran: list[dict[str, object]] = []
        self.fails = False

    def work(self, **arguments: object) -> None:
        self.ran.append(arguments)
        if self.fails:
            raise ValueError("a private word")


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    monkeypatch.setattr(jobs, "_registered", {})
    ledger = Ledger()
    jobs.job("test.work", attempts=3)(ledger.work)
    return ledger


def test_a_job_runs_once_with_its_ids(ledger: Ledger) -> None:
    jobs.enqueue("test.work", case="c1")
    assert run_next_job()
    assert not run_next_job()
    assert ledger.ran == [{"case": "c1"}]
    assert QueuedJob.objects.get().state == State.DONE


def test_a_job_of_a_failed_transaction_was_never_asked_for(ledger: Ledger) -> None:
    with transaction.atomic():
        jobs.enqueue("test.work")
        transaction.set_rollback(True)
    assert not run_next_job()


def test_a_job_waits_for_its_time(ledger: Ledger) -> None:
    with time_machine.travel("2026-01-01 12:00Z", tick=False) as clock:
        jobs.enqueue("test.work", run_at=now() + timedelta(minutes=5))
        assert not run_next_job()
        clock.shift(timedelta(minutes=5))
        assert run_next_job()


def test_a_failure_is_tried_again_later_and_then_shown_without_its_words(ledger: Ledger) -> None:
    ledger.fails = True
    with time_machine.travel("2026-01-01 12:00Z", tick=False) as clock:
        jobs.enqueue("test.work")
        for _ in range(3):
            assert run_next_job()
            assert not run_next_job(), "it must wait before the next try"
            clock.shift(timedelta(hours=1))
        assert not run_next_job()
    row = QueuedJob.objects.get()
    assert (row.state, row.attempts) == (State.FAILED, 3)
    assert "ValueError" in row.error
    assert "private" not in row.error


def test_the_job_of_a_dead_worker_goes_to_another(ledger: Ledger) -> None:
    with time_machine.travel("2026-01-01 12:00Z", tick=False) as clock:
        jobs.enqueue("test.work")
        # What a worker killed in the middle leaves behind.
        QueuedJob.objects.update(
            state=State.RUNNING, attempts=1, leased_until_at=now() + timedelta(minutes=5)
        )
        assert not run_next_job()
        clock.shift(timedelta(minutes=6))
        assert run_next_job()
    assert QueuedJob.objects.get().state == State.DONE


def test_a_job_that_kills_its_worker_each_time_is_given_up(ledger: Ledger) -> None:
    jobs.enqueue("test.work")
    QueuedJob.objects.update(state=State.RUNNING, attempts=3, leased_until_at=now() - timedelta(minutes=5))
    assert not run_next_job()
    assert QueuedJob.objects.get().state == State.FAILED
    assert ledger.ran == []


def test_a_worker_whose_lease_lapsed_does_not_undo_the_other_ones_work(ledger: Ledger) -> None:
    def taken_over() -> None:
        QueuedJob.objects.update(state=State.DONE, leased_until_at=None, finished_at=now())

    jobs.job("test.slow")(taken_over)
    jobs.enqueue("test.slow")
    before = now()
    assert run_next_job()
    row = QueuedJob.objects.get()
    assert row.state == State.DONE
    assert row.finished_at is not None
    assert row.finished_at >= before


def test_a_key_waits_once(ledger: Ledger) -> None:
    jobs.enqueue("test.work", key="k")
    jobs.enqueue("test.work", key="k")
    assert QueuedJob.objects.count() == 1
    assert run_next_job()
    jobs.enqueue("test.work", key="k")
    assert QueuedJob.objects.filter(state=State.WAITING).count() == 1


def test_a_recurring_job_comes_again(ledger: Ledger) -> None:
    jobs.job("test.daily", every=timedelta(hours=24))(ledger.work)
    daily = jobs.registered("test.daily")
    assert daily is not None
    with time_machine.travel("2026-01-01 12:00Z", tick=False) as clock:
        schedule(daily, soon=True)
        schedule(daily, soon=True)
        assert run_next_job()
        assert not run_next_job()
        clock.shift(timedelta(hours=24))
        assert run_next_job()
    assert len(ledger.ran) == 2


def test_a_recurring_job_that_failed_for_good_still_comes_again(ledger: Ledger) -> None:
    ledger.fails = True
    jobs.job("test.daily", every=timedelta(hours=24), attempts=1)(ledger.work)
    jobs.enqueue("test.daily", key="recurring:test.daily")
    assert run_next_job()
    assert QueuedJob.objects.filter(state=State.WAITING, name="test.daily").count() == 1


def test_an_unknown_name_is_refused_at_once(ledger: Ledger) -> None:
    with pytest.raises(LookupError):
        jobs.enqueue("test.unknown")


def test_a_name_this_version_does_not_know_is_left_alone(ledger: Ledger) -> None:
    QueuedJob.objects.create(name="later.version")
    assert not run_next_job()
    assert QueuedJob.objects.get().state == State.WAITING


def test_names_this_version_does_not_know_hold_nobody_up(ledger: Ledger) -> None:
    """Twenty of them, due earlier, kept every other job waiting for ever."""
    QueuedJob.objects.bulk_create(
        QueuedJob(name="later.version", run_at=now() - timedelta(hours=1)) for _ in range(30)
    )
    jobs.enqueue("test.work")
    assert run_next_job()
    assert ledger.ran == [{}]


def test_tidying_forgets_what_was_done_long_ago(ledger: Ledger) -> None:
    with time_machine.travel("2026-01-01 12:00Z", tick=False):
        jobs.enqueue("test.work")
        run_next_job()
    with time_machine.travel("2026-01-01 12:00Z", tick=False) as clock:
        clock.shift(KEEP_DONE - timedelta(hours=1))
        jobs.enqueue("test.work")
        clock.shift(timedelta(hours=2))
        tidy()
    assert [row.state for row in QueuedJob.objects.all()] == [State.WAITING]
