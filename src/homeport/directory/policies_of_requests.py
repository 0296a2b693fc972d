"""State rules of requests: who may answer which."""

from homeport.access.standing import Standing
from homeport.directory.models import Request
from homeport.people.models import Role


def may_answer(standing: Standing, asked: Request) -> bool:
    """Whom it is for, while they do clinical work here; and intake, once it was sent."""
    if asked.sent_at is None or standing.person_id is None:
        return False
    named = asked.to_id == standing.person_id and standing.is_clinician
    return named or Role.INTAKE in standing.roles
