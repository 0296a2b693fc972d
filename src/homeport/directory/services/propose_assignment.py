"""Propose who of the waiting people could go to which therapist; and carry out what a human confirmed, and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Prefetch
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
from homeport.directory.assignment import Fit, Measures, Plan, Seat, Seeker, assign, greedy, measured
from homeport.directory.matching import Candidate, Match, match
from homeport.directory.models import Opening, Profile, Request
from homeport.directory.presenters_of_requests import wishes_of
from homeport.directory.reasons import why, why_not
from homeport.directory.services.answer_request import pass_on
from homeport.directory.shortlist import Looked, candidates, look, uses_records
from homeport.directory.visible import there_for
from homeport.directory.wishes import Wishes
from homeport.people.models import Role
from homeport.people.offers import Together

MOST = 500
BEGINS = (Request.Kind.BEGIN, Request.Kind.CHANGE)


@dataclass(frozen=True, slots=True)
class Proposed:
    """What came of it: by format, the plan's measures and those of filling places by hand."""

    format: Together
    plan: Measures
    by_hand: Measures
    is_proved: bool


@acting
def propose_assignment(*, actor: Actor) -> list[Proposed]:
    """Work out a plan for everybody who waits for intake, and write it beside each request. It does nothing else.

    Raises ``Hidden`` for anybody but intake, ``NoSolver`` where the solver is not installed.
    """
    waiting = waiting_people(actor)
    found = []
    for together in Together:
        group = [asked for asked in waiting if asked.format == together]
        if group:
            found.append(_propose(actor, together, group))
    return found


@acting
def confirm_assignment(*, actor: Actor, confirmed: Sequence[UUID], versions: Mapping[UUID, int]) -> int:
    """Give these requests to whom they were proposed for. ``versions``: as they stood on the page; what changed since is
    left alone. Returns how many went. Raises ``Hidden`` for anybody but intake."""
    went = 0
    for asked in waiting_people(actor):
        if asked.pk in confirmed and asked.proposed_to_id and versions.get(asked.pk) == asked.version:
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


def _propose(actor: Actor, together: Together, group: Sequence[Request]) -> Proposed:
    """The plan for one format: places in others are no use to these people."""
    wishes = {asked.pk: wishes_of(asked) for asked in group}
    profiles, seats, matches = _matches(together, group, wishes)
    fits = {pair: Fit(each.points, _days(each.candidate)) for pair, each in matches.items()}
    seekers = [Seeker(asked.pk, (now() - (asked.sent_at or now())).days, asked.urgency) for asked in group]
    plan = assign(seekers, seats, fits)
    for asked in group:
        _write(asked, plan, matches, profiles, wishes[asked.pk])
    record(actor=actor, verb=Verb.CHANGE, material=Request.material, count=len(group))
    by_hand = greedy(seekers, seats, fits)
    return Proposed(
        together,
        measured(plan, seekers, seats, fits),
        measured(by_hand, seekers, seats, fits),
        plan.is_proved,
    )


def _matches(
    together: Together, group: Sequence[Request], wishes: Mapping[UUID, Wishes]
) -> tuple[dict[UUID, Profile], list[Seat], dict[tuple[UUID, UUID], Match]]:
    """Everybody whom these people may go to, their places, and how each pair suits. A few queries for each place."""
    profiles: dict[UUID, Profile] = {}
    matches: dict[tuple[UUID, UUID], Match] = {}
    room = Prefetch("openings", Opening.objects.filter(format=together), to_attr="room")
    told = uses_records()
    for where in {wish.where for wish in wishes.values()}:
        there = list(
            there_for(where, together)
            .select_related("therapist__person")
            .prefetch_related(room)
            .order_by("pk")
        )
        profiles |= {profile.therapist_id: profile for profile in there}
        looked: dict[object, Looked] = {}
        for asked in group:
            wish = wishes[asked.pk]
            if wish.where == where and there:
                same = (wish.way, wish.times, wish.zone, wish.concerns if told else ())
                if same not in looked:
                    looked[same] = look(wish, there, told=told)
                _pairs(asked, wish, there, looked[same], matches)
    seats = [
        Seat(one, sum(each.places for each in vars(profile)["room"])) for one, profile in profiles.items()
    ]
    return profiles, seats, matches


def _pairs(
    asked: Request,
    wishes: Wishes,
    there: Sequence[Profile],
    looked: Looked,
    matches: dict[tuple[UUID, UUID], Match],
) -> None:
    at, persons = now(), {each.therapist_id: each.therapist.person_id for each in there}
    for candidate in candidates(wishes, there, looked):
        made = match(wishes, candidate, at=at)
        needed = {reason.name for reason in made.speaks_against} & set(wishes.musts)
        if not needed and persons[candidate.id] != asked.first_to_id:
            matches[asked.pk, candidate.id] = made


def _days(candidate: Candidate) -> float:
    if candidate.free_at is None:
        return 60.0
    return max(0.0, (candidate.free_at - now()).total_seconds() / 86_400)


def _write(
    asked: Request,
    plan: Plan,
    matches: Mapping[tuple[UUID, UUID], Match],
    profiles: Mapping[UUID, Profile],
    wishes: Wishes,
) -> None:
    """The proposal, with its reasons, sealed beside the request. No version is counted: nothing was decided."""
    chosen = plan.pairs.get(asked.pk)
    if chosen is None:
        asked.proposed_to_id = None
        asked.proposal = {"none": _none(asked, matches)}
    else:
        made, profile = matches[asked.pk, chosen], profiles[chosen]
        zone = ZoneInfo(wishes.zone)
        asked.proposed_to_id = profile.therapist.person_id
        asked.proposal = {
            "points": round(made.points, 1),
            "for": why(made, profile, zone),
            "against": why_not(made, profile, zone),
            "instead": _instead(asked, made, matches, profiles),
        }
    asked.save(update_fields=["proposed_to_id", "proposal"])


def _none(asked: Request, matches: Mapping[tuple[UUID, UUID], Match]) -> str:
    if any(who == asked.pk for who, _therapist in matches):
        return _(
            "Everybody who would fit has their places filled by people who wait longer or need it sooner."
        )
    return _("Nobody with a licence there, room in this format and all that is needed.")


def _instead(
    asked: Request,
    made: Match,
    matches: Mapping[tuple[UUID, UUID], Match],
    profiles: Mapping[UUID, Profile],
) -> str:
    """Whom they would suit better, and why it is not them."""
    best = max((each for (who, _), each in matches.items() if who == asked.pk), key=lambda each: each.points)
    if best.points <= made.points + 0.5:
        return ""
    return _("%(name)s would suit by %(points)s points more, and is proposed to others.") % {
        "name": profiles[best.candidate.id].therapist.person.name,
        "points": round(best.points - made.points),
    }
