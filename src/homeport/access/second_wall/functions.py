"""What concerns the person for whom this transaction runs, as functions of the database's owner (``functions.sql``).

The web role says who the person is (:data:`ACT_AS`); which cases that person has, the owner's functions read for
themselves (`SECURITY DEFINER`), so that no query can name cases of its own. What is set is good for one transaction only:
it carries the transaction's own time, and a value that outlived its transaction, or was set for a whole session, is nobody.

The rules repeat those of ``homeport.access.standing`` by other means, and a test holds the two equal at random.
"""

from collections.abc import Iterable
from importlib.resources import files

from homeport.access.standing import DESK_RELATIONS, WORK_ON_CASES
from homeport.access.standing_query import as_text
from homeport.people.models import Role

ACT_AS = "SELECT homeport_act_as(%s)"

PERSON = "homeport_person"
WORKS_ON = "homeport_works_on"
TAKES_PART = "homeport_takes_part"
TOOK_PART = "homeport_took_part"
GUARDS = "homeport_guards"
RELEASED = "homeport_released"
SHARED = "homeport_shared"
AT_DESK = "homeport_at_desk"
AT_INTAKE = "homeport_at_intake"


def functions(schema: str, web: str, worker: str) -> str:
    """The statements that make them all. ``schema``, ``web`` and ``worker`` (the roles that may ask) are quoted already."""
    text = files(__package__).joinpath("functions.sql").read_text(encoding="utf-8")
    statements = text[text.index("\n\n") :]  # without the head, which explains these names
    return statements.format(
        schema=schema,
        web=web,
        worker=worker,
        case_work=_listed(WORK_ON_CASES),
        desk_work=_listed(DESK_RELATIONS),
        intake_work=_listed([Role.INTAKE]),
        standing=as_text("$1", "$2"),
    )


def _listed(roles: Iterable[Role]) -> str:
    return ", ".join(f"'{role.value}'" for role in sorted(roles))
