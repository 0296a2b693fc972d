"""Propose who of the waiting people could go to which therapist; and carry out what a human confirmed, and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from homeport.access.gate import Hidden
from homeport.access.rows import visible
from homeport.access.standing import standing_of
from homeport.access.wall import acting
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.sealed.box import warm
from homeport.directory.assignment import Measures, Plan, Seeker, assign, greedy, measured
from homeport.directory.matching import Match
from homeport.directory.models import Request
from homeport.directory.planning import Fitting, fitting, is_chosen
from homeport.directory.reasons import why, why_not
from homeport.directory.services.answer_request import pass_on
from homeport.people.models import Role
from homeport.people.offers import Together

MOST = 500
# Of a request on the page: its version, and the person it is proposed for.
Shown = tuple[int, UUID | None]
BEGINS = (Request.Kind.BEGIN, Request.Kind.CHANGE)


@dataclass(frozen=True, slots=True)
class Proposed:
    """What came of it: by format, the plan's measures and those of filling places by hand; how many a human chose for."""

    format: Together
    plan: Measures
    by_hand: Measures
    is_proved: bool
    held: int = 0


@acting
def propose_assignment(*, actor: Actor) -> list[Proposed]:
    """Work out a plan for everybody who waits for intake, and write it beside each request. It does nothing else.

    Whom a human chose for somebody (``choose_for``) stays theirs, and the rest is worked out around it.
    Raises ``Hidden`` for anybody but intake, ``NoSolver`` where the solver is not installed.
    """
    waiting = waiting_people(actor)
    found = []
    for together in Together:
        group = [asked for asked in waiting if asked.format == together]
        if group:
            found.append(propose_for(actor, together, group))
    return found


@acting
def confirm_assignment(*, actor: Actor, confirmed: Sequence[UUID], shown: Mapping[UUID, Shown]) -> int:
    """Give these requests to whom they were proposed for. ``shown``: as they stood on the page; what changed since, or is
    proposed for somebody else by now, is left alone. Returns how many went. Raises ``Hidden`` for anybody but intake."""
    went = 0
    for asked in waiting_people(actor):
        as_shown = shown.get(asked.pk) == (asked.version, asked.proposed_to_id)
        if asked.pk in confirmed and asked.proposed_to_id and as_shown:
            pass_on(actor=actor, asked=asked, version=asked.version, to_id=asked.proposed_to_id)
            went += 1
    return went


def waiting_people(actor: Actor) -> list[Request]:
    """Everybody who waits for intake to find somebody, the most urgent and longest waiting first. One query."""
    standing = standing_of(actor)
    if Role.INTAKE not in standing.roles:
        raise Hidden
    rows = visible(standing, Request).filter(to_id=None, status=Request.Status.SENT, kind__in=BEGINS)
    found = list(rows.order_by("-urgency", "sent_at", "pk")[:MOST])
    warm(value for row in found for value in row.__dict__.values())
    return found


def propose_for(actor: Actor, together: Together, group: Sequence[Request]) -> Proposed:
    """The plan for one format: places in others are no use to these people. What a human chose stays."""
    found = fitting(together, group)
    fits, held = found.fits, found.held
    seekers = [
        Seeker(asked.pk, (now() - (asked.sent_at or now())).days, asked.urgency, asked.pk in held)
        for asked in group
    ]
    open_to = {pair: fit for pair, fit in fits.items() if held.get(pair[0], pair[1]) == pair[1]}
    plan = assign(seekers, found.seats, open_to)
    for asked in group:
        _write(asked, plan, found)
    record(actor=actor, verb=Verb.CHANGE, material=Request.material, count=len(group))
    by_hand = greedy(seekers, found.seats, open_to)
    return Proposed(
        together,
        measured(plan, seekers, found.seats, fits),
        measured(by_hand, seekers, found.seats, fits),
        plan.is_proved,
        len(held),
    )


def _write(asked: Request, plan: Plan, found: Fitting) -> None:
    """The proposal, with its reasons, sealed beside the request. No version is counted: nothing was decided."""
    chosen, before = plan.pairs.get(asked.pk), is_chosen(asked)
    if chosen is None:
        asked.proposed_to_id = None
        asked.proposal = {"none": _none(asked, found)}
    else:
        made, profile = found.matches[asked.pk, chosen], found.profiles[chosen]
        zone = ZoneInfo(found.wishes[asked.pk].zone)
        asked.proposed_to_id = profile.therapist.person_id
        asked.proposal = {
            "points": round(made.points, 1),
            "for": why(made, profile, zone),
            "against": why_not(made, profile, zone),
            "instead": _instead(asked, made, found),
            "chosen": asked.pk in found.held,
        }
    if before and asked.pk not in found.held:
        asked.proposal["undone"] = True
    asked.save(update_fields=["proposed_to_id", "proposal"])


def _none(asked: Request, found: Fitting) -> str:
    could = {therapist for who, therapist in found.matches if who == asked.pk}
    if could & set(found.held.values()):
        return _(
            "Everybody who would fit has their places filled, by choices of yours or by people who wait longer or need it"
            " sooner."
        )
    if could:
        return _(
            "Everybody who would fit has their places filled by people who wait longer or need it sooner."
        )
    return _("Nobody with a licence there, room in this format and all that is needed.")


def _instead(asked: Request, made: Match, found: Fitting) -> str:
    """Whom they would suit better, and why it is not them."""
    best = found.of(asked.pk)[0]
    if best.points <= made.points + 0.5:
        return ""
    said = {
        "name": found.profiles[best.candidate.id].therapist.person.name,
        "points": round(best.points - made.points),
    }
    if asked.pk in found.held:
        return _("%(name)s would suit by %(points)s points more. You chose otherwise.") % said
    return _("%(name)s would suit by %(points)s points more, and is proposed to others.") % said
