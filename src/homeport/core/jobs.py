"""Jobs by name: work that a request can leave for later.

A room registers a function under a name; a service asks for it by that name, so that it need not import the room that
does the work, nor the queue. The queue itself lives in ``homeport.outbox``, which puts itself in place at start.
Arguments are ids and nothing else: they are kept in plain text.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

JobFunction = Callable[..., None]
Argument = str | int


@dataclass(frozen=True, slots=True)
class Job:
    """One kind of work: what runs, how long it may take, how often it is tried, and whether it recurs by itself."""

    name: str
    function: JobFunction
    lease: timedelta
    attempts: int
    every: timedelta | None


class Queue(Protocol):
    """Where asked-for jobs are kept until a worker takes them."""

    def put(
        self, name: str, arguments: dict[str, Argument], *, run_at: datetime | None, key: str | None
    ) -> None:
        """Keep the job, in the caller's transaction. A ``key`` already waiting is not kept twice."""


_registered: dict[str, Job] = {}
_queue: Queue | None = None


def job(
    name: str,
    *,
    lease: timedelta = timedelta(minutes=5),
    attempts: int = 5,
    every: timedelta | None = None,
) -> Callable[[JobFunction], JobFunction]:
    """Register the decorated function under ``name``.

    ``lease``: a worker that has not finished by then is taken for dead, and the job goes to another.
    ``attempts``: how often it is tried before a human must look. ``every``: it recurs by itself at this interval.
    The function must bear being run twice: a worker may die after the work and before saying so.
    """

    def register(function: JobFunction) -> JobFunction:
        if name in _registered and _registered[name].function is not function:
            raise ValueError(f"Two jobs are called {name!r}.")
        _registered[name] = Job(name, function, lease, attempts, every)
        return function

    return register


def registered(name: str) -> Job | None:
    """The job called ``name``, or None where this installation does not know it."""
    return _registered.get(name)


def names() -> list[str]:
    """The names of all jobs that this installation knows, sorted."""
    return sorted(_registered)


def recurring() -> list[Job]:
    """The jobs that recur by themselves, in the order of their names."""
    return sorted((one for one in _registered.values() if one.every is not None), key=lambda one: one.name)


def install_queue(queue: Queue) -> None:
    """Put the queue in place that :func:`enqueue` writes to."""
    global _queue  # noqa: PLW0603 - one process has one queue, set once at start
    _queue = queue


def enqueue(
    name: str, *, run_at: datetime | None = None, key: str | None = None, **arguments: Argument
) -> None:
    """Ask for the job ``name`` with these ids, in the transaction that is open now.

    Raises ``LookupError`` for a name nobody registered and ``RuntimeError`` where no queue is in place.
    """
    if name not in _registered:
        raise LookupError(f"No job is called {name!r}.")
    if _queue is None:
        raise RuntimeError("No queue is in place: is homeport.outbox installed?")
    _queue.put(name, arguments, run_at=run_at, key=key)
