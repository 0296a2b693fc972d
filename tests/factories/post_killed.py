"""A post office whose clerks are killed: `python -m tests.factories.post_killed steps|moments COUNT SEED`.

Run in a process of its own, with the environment of an installation whose mail lies in a folder. ``steps``: for every n, a
clerk is killed with SIGKILL at the n-th border between two steps (before and after each statement, commit and sending).
``moments``: COUNT clerks are killed at random moments. Each has one message to send; then another clerk comes. Prints,
as JSON, one list a killed clerk: the Message-IDs that lie in the folder, and the one that was written down.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

Step = Callable[[], None]
EVERY_BORDER = 200


class Killer:
    """Counts borders, and kills this process at one of them."""

    def __init__(self, at: int) -> None:
        self._left = at

    def border(self) -> None:
        """Die here, if it is the one."""
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with a border before and one after."""

        def bordered(*args: Any, **named: Any) -> Any:
            self.border()
            done = function(*args, **named)
            self.border()
            return done

        return bordered

    def watch(self) -> None:
        """Put a border around every statement, every commit and the sending itself."""
        from django.db import connections

        from homeport.outbox.services import deliver_message

        for connection in connections.all():
            held: Any = connection
            held.ensure_connection()
            held.execute_wrappers.append(
                lambda execute, sql, params, many, context: self.around(execute)(sql, params, many, context)
            )
            held._commit = self.around(held._commit)
        service: Any = deliver_message
        service.hand_over = self.around(service.hand_over)


def in_a_child(work: Step, killed_after: float | None = None) -> bool:
    """Run ``work`` in a process of its own, killed from outside after so many seconds. Returns whether it died."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    if killed_after is not None:
        time.sleep(killed_after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def put(key: str) -> str:
    """One message to somebody; returns its Message-ID."""
    from homeport.outbox.services.put_message import put_message

    written = put_message(kind="test", to=None, address="x@example.org", subject="Hi", body="Hi.", key=key)
    return written.message_id


def the_next_clerk() -> None:
    """The dead one's leases have lapsed; whoever comes does everything that is due."""
    from homeport.core.clock import now
    from homeport.outbox.models import QueuedJob
    from homeport.outbox.services.run_job import run_next_job

    live = QueuedJob.objects.filter(state__in=["running", "waiting"])
    for held in live:
        # As if the time had passed: a lease lapses, a pause ends.
        held.run_at = now()
        held.leased_until_at = now() - timedelta(seconds=1) if held.state == "running" else None
        held.save()
    while run_next_job():
        pass


def sent(folder: Path) -> list[str]:
    """The Message-IDs of all whole mails that lie in the folder, which is emptied."""
    found = []
    for file in sorted(folder.glob("*.log")):
        text = file.read_text(encoding="utf-8")
        mails = [each for each in text.split("-" * 79) if "\n\nHi." in each]
        found += [
            line[12:] for each in mails for line in each.splitlines() if line.startswith("Message-ID: ")
        ]
        file.unlink()
    return found


def main(how: str, count: int, seed: int) -> list[tuple[list[str], str]]:
    """Kill them, one after the other."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeport.config.settings")
    django.setup()
    from django.conf import settings

    from homeport.outbox.services.run_job import run_next_job

    folder = Path(settings.EMAIL_FILE_PATH)
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    found = []
    put("so that the keys are made")
    the_next_clerk()
    sent(folder)
    begun = time.monotonic()
    put("how long it takes")
    in_a_child(lambda: run_next_job() and None)
    longest = time.monotonic() - begun
    sent(folder)
    for number in range(1, (EVERY_BORDER if how == "steps" else count) + 1):
        message_id = put(str(number))

        def clerk(at: int = number) -> None:
            if how == "steps":
                Killer(at).watch()
            run_next_job()

        died = in_a_child(clerk, None if how == "steps" else chance.uniform(0, longest))
        in_a_child(the_next_clerk)
        found.append((sent(folder), message_id))
        if how == "steps" and not died:
            break
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
