"""Who does something: a small value handed to every service and kept by the audit."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

Kind = Literal["person", "system", "anonymous"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts.

    ``person_id`` is the human being, ``user_id`` the sign-in they came by (a person may have none). ``via`` says by what
    way: a route's name, a job's name or a command. ``recent_auth_at`` is when they last proved who they are, for actions
    that ask for it. ``origin`` is a keyed digest of the network address: enough to see that two acts came from one
    place, not enough to find it.
    """

    kind: Kind
    user_id: UUID | None = None
    person_id: UUID | None = None
    via: str = ""
    recent_auth_at: datetime | None = None
    origin: str = ""

    @property
    def is_person(self) -> bool:
        """Whether a signed-in human being acts."""
        return self.kind == "person" and self.person_id is not None


ANONYMOUS = Actor("anonymous")


def system(via: str) -> Actor:
    """The installation itself, acting by the job or command ``via``."""
    return Actor("system", via=via)
