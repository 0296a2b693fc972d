"""Whom each of the people who wait could go to at all, with their places, and what was chosen for them by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch

from homeport.core.clock import now
from homeport.directory.assignment import Fit, Seat
from homeport.directory.matching import Candidate, Match, match
from homeport.directory.models import Opening, Profile, Request
from homeport.directory.presenters_of_requests import opened, wishes_of
from homeport.directory.shortlist import Looked, candidates, look, uses_records
from homeport.directory.visible import there_for
from homeport.directory.wishes import Wishes
from homeport.people.offers import Together

Pair = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Fitting:
    """For people who wait for one format: their wishes by request, therapists with their places, how each pair suits.

    ``held``: by request, the therapist whom a human chose. Whoever stopped fitting, or has no place for all who were chosen
    for them, is not in it (those who need it most come first, as they stand in the group).
    """

    wishes: Mapping[UUID, Wishes]
    profiles: Mapping[UUID, Profile]
    seats: Sequence[Seat]
    matches: Mapping[Pair, Match]
    held: Mapping[UUID, UUID]

    @property
    def fits(self) -> dict[Pair, Fit]:
        """How each pair suits, in numbers."""
        return {pair: Fit(each.points, _days(each.candidate)) for pair, each in self.matches.items()}

    def of(self, request_id: UUID) -> list[Match]:
        """Whom one of them could go to, the best fit for them first."""
        found = [each for (who, _therapist), each in self.matches.items() if who == request_id]
        return sorted(found, key=lambda each: (-each.points, each.candidate.id))


def fitting(together: Together, group: Sequence[Request]) -> Fitting:
    """Look it all up. A few queries for each place where somebody will be."""
    wishes = {asked.pk: wishes_of(asked) for asked in group}
    profiles, seats, matches = _matches(together, group, wishes)
    return Fitting(wishes, profiles, seats, matches, _held(group, profiles, seats, matches))


def is_chosen(asked: Request) -> bool:
    """Whether a human chose whom it is proposed for."""
    return bool(asked.proposed_to_id and (opened(asked, "proposal") or {}).get("chosen"))


def _held(
    group: Sequence[Request],
    profiles: Mapping[UUID, Profile],
    seats: Sequence[Seat],
    matches: Mapping[Pair, Match],
) -> dict[UUID, UUID]:
    therapists = {profile.therapist.person_id: one for one, profile in profiles.items()}
    left, found = {seat.id: seat.places for seat in seats}, {}
    for asked in group:
        one = therapists.get(asked.proposed_to_id) if is_chosen(asked) and asked.proposed_to_id else None
        if one is not None and (asked.pk, one) in matches and left[one] > 0:
            found[asked.pk] = one
            left[one] -= 1
    return found


def _matches(
    together: Together, group: Sequence[Request], wishes: Mapping[UUID, Wishes]
) -> tuple[dict[UUID, Profile], list[Seat], dict[Pair, Match]]:
    """Everybody whom these people may go to, their places, and how each pair suits. A few queries for each place."""
    profiles: dict[UUID, Profile] = {}
    matches: dict[Pair, Match] = {}
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
    matches: dict[Pair, Match],
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
