"""Letters: what a room wants to have sent, without knowing how it leaves the house.

Accounts and people come before the room that sends (``homeport.outbox``), which puts itself in place at start, as the
queue does for jobs. Nothing is sent here: a letter is written down in the transaction that is open now, its words sealed.
"""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to one reader.

    ``key`` makes it once: a second letter of the same key is the first. ``address``: where somebody asked for it to go;
    left out, it goes to ``person_id`` by the ways that person allows.
    """

    kind: str
    key: str
    subject: str
    body: str
    address: str = ""
    person_id: UUID | None = None


class Post(Protocol):
    """Whoever sends."""

    def put(self, letter: Letter) -> None:
        """Write the letter down in the caller's transaction, to be sent soon after it."""

    def withdraw(self, key_prefix: str) -> None:
        """Take back what was not sent yet, of every key that begins like this."""


_post: Post | None = None


def install_post(post: Post) -> None:
    """Put in place who sends."""
    global _post  # noqa: PLW0603 - one process has one, set once at start
    _post = post


def put_letter(letter: Letter) -> None:
    """Have this letter sent, if the transaction that is open now holds. Raises ``RuntimeError`` where nobody sends."""
    _installed().put(letter)


def withdraw_letters(key_prefix: str) -> None:
    """Take back the letters of these keys that were not sent yet."""
    _installed().withdraw(key_prefix)


def _installed() -> Post:
    if _post is None:
        raise RuntimeError("Nobody sends letters: is homeport.outbox installed?")
    return _post
