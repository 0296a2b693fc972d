"""Give one of the waiting people somebody else than was proposed, or let the proposal decide again. Nobody is told yet."""

from uuid import UUID

from django.utils.translation import gettext as _

from homeport.access.gate import Hidden
from homeport.access.wall import acting
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.versions import Changed
from homeport.directory.models import Request
from homeport.directory.planning import Fitting, fitting
from homeport.directory.services.propose_assignment import propose_for, waiting_people
from homeport.people.errors import Unfit
from homeport.people.offers import Together


@acting
def choose_for(*, actor: Actor, request_id: UUID, version: int, to_id: UUID | None) -> list[UUID]:
    """Hold one waiting person's place with ``to_id`` (a person), or, with None, let go of what was held.

    The proposal for everybody else of this format is worked out anew around it, and around what was chosen before: returns
    the other requests whose proposal is another one now. Raises ``Unfit`` for somebody who does not fit or whose places are
    all held by earlier choices, ``Changed``, ``NoSolver``, and ``Hidden`` for anybody but intake or who waits no more.
    """
    asked, group = _with_the_others(actor, request_id)
    if asked.version != version:
        raise Changed
    before = {each.pk: each.proposed_to_id for each in group}
    asked.proposed_to_id = to_id
    asked.proposal = {"chosen": True} if to_id else None
    # Last of all: who was chosen before keeps their place.
    propose_for(actor, Together(asked.format), [*(each for each in group if each is not asked), asked])
    if to_id is not None and not (asked.proposal or {}).get("chosen"):
        raise Unfit(
            "to", _("They do not fit any more, or all their places are held by what was chosen before.")
        )
    record(
        actor=actor, verb=Verb.CHANGE, material=asked.material, row_id=asked.pk, subject_id=asked.author_id
    )
    return [each.pk for each in group if each.pk != asked.pk and each.proposed_to_id != before[each.pk]]


@acting
def whom_they_could_have(*, actor: Actor, request_id: UUID) -> tuple[Request, list[Request], Fitting]:
    """One waiting person, everybody who waits for that format, and who fits whom. Raises ``Hidden`` as above."""
    asked, group = _with_the_others(actor, request_id)
    record(actor=actor, verb=Verb.READ, material=asked.material, row_id=asked.pk, subject_id=asked.author_id)
    return asked, group, fitting(Together(asked.format), group)


def _with_the_others(actor: Actor, request_id: UUID) -> tuple[Request, list[Request]]:
    waiting = waiting_people(actor)
    asked = next((each for each in waiting if each.pk == request_id), None)
    if asked is None:
        raise Hidden
    return asked, [each for each in waiting if each.format == asked.format]
