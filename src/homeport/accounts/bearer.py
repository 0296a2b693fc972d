"""Who stands behind a sign-in.

This room knows users; persons, roles and the practice are known to rooms further down. The room `people` puts itself in
place at start, and answers what sign-in must know.
"""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Bearer:
    """The person a sign-in belongs to. ``works_here``: they hold a role other than client, and must use a second factor."""

    person_id: UUID
    called: str
    language: str
    zone: str
    works_here: bool


class People(Protocol):
    """What the room `people` answers."""

    def bearer_of(self, user_id: UUID) -> Bearer | None:
        """The person behind this user, in one query; None where they have not said who they are."""


_people: People | None = None


def install_people(people: People) -> None:
    """Put in place who answers."""
    global _people  # noqa: PLW0603 - one process has one answer, set once at start
    _people = people


def find_bearer(user_id: UUID) -> Bearer | None:
    """The person behind this user."""
    return _people.bearer_of(user_id) if _people else None


def bearer_of(request: HttpRequest) -> Bearer | None:
    """The person who sent this request, asked for once; None for somebody not signed in or not known yet."""
    if not request.user.is_authenticated:
        return None
    held: tuple[UUID, Bearer | None] | None = getattr(request, "_bearer", None)
    if held is None or held[0] != request.user.pk:
        held = (request.user.pk, find_bearer(request.user.pk))
        request._bearer = held  # type: ignore[attr-defined]
    return held[1]


def forget_bearer(request: HttpRequest) -> None:
    """Ask again: what was known of the person has just changed."""
    request._bearer = None  # type: ignore[attr-defined]
