"""How well a therapist fits what somebody wishes, in the open: a sum of six parts, each with its reasons.

Who may not be on the list at all is decided before, in the database (``selectors``): no licence where the client will be,
no room. What is scored here is what remains. Nothing here knows how anybody attaches: there is no evidence that pairing
styles helps anyone, and so no style, score or answer is ever looked at. Nothing here asks the database either.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from homeport.directory.concerns import Concern, asked_for
from homeport.directory.evidence import Records, estimate
from homeport.directory.wishes import Wishes
from homeport.people.offers import Approach


class Part(StrEnum):
    """What the score is made of."""

    WISHES = "wishes"
    EXPERIENCE = "experience"
    SOON = "soon"
    KNOWN = "known"
    RECORD = "record"
    SHARE = "share"


# Points of a hundred. A record counts least: most of it is chance.
POINTS: Mapping[Part, float] = {
    Part.WISHES: 40, Part.EXPERIENCE: 30, Part.SOON: 15, Part.KNOWN: 5, Part.RECORD: 5, Part.SHARE: 5,
}  # fmt: skip
# A first time within this many days is soon; one that is this far off counts nothing.
SOON_DAYS, LATE_DAYS = 3, 42
DAY = 24 * 60 * 60

A, C = Approach, Concern
# Ways of working that were made for a concern: training, beside what therapists say they know.
MADE_FOR: Mapping[Concern, frozenset[Approach]] = {
    C.RELATIONSHIPS: frozenset({A.ATTACHMENT_BASED, A.EFIT}),
    C.COUPLE: frozenset({A.EFT_COUPLES}),
    C.ABANDONMENT: frozenset({A.ATTACHMENT_BASED, A.EFIT}),
    C.CLOSENESS: frozenset({A.ATTACHMENT_BASED, A.EFIT}),
    C.PUSH_PULL: frozenset({A.ATTACHMENT_BASED, A.EFIT}),
    C.TRUST: frozenset({A.ATTACHMENT_BASED, A.TRAUMA_PHASES}),
    C.MOOD: frozenset({A.EFIT, A.MINDFULNESS}),
    C.ANXIETY: frozenset({A.EFIT, A.MINDFULNESS}),
    C.FEELINGS: frozenset({A.EFIT, A.MINDFULNESS}),
    C.SELF_ESTEEM: frozenset({A.INNER_CHILD, A.NARRATIVE}),
    C.GRIEF: frozenset({A.NARRATIVE, A.ATTACHMENT_BASED}),
    C.TRAUMA: frozenset({A.TRAUMA_PHASES}),
    C.AFTER_ABUSE: frozenset({A.TRAUMA_PHASES}),
    C.PARENTING: frozenset({A.CIRCLE_OF_SECURITY, A.CHILD_PARENT}),
    C.BABY: frozenset({A.CIRCLE_OF_SECURITY, A.CHILD_PARENT}),
    C.FAMILY: frozenset({A.ABFT}),
    C.TEEN: frozenset({A.ABFT}),
    C.FOSTER_ADOPTION: frozenset({A.DDP}),
    C.LONELINESS: frozenset({A.GROUP}),
    C.SOCIAL_ANXIETY: frozenset({A.GROUP}),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One therapist as far as matching knows them.

    ``fee``: in the smallest unit, for who comes; None where they name none. ``kilometres``: from where the visitor is; None
    where unknown. ``free_at``: the first free time; ``free_in``: the first of those that were wished for; ``says_free``:
    they say that they usually have time then. ``has_seen``: whoever asks was with them before. ``share``: new people they
    took of late, as a part of what would be theirs if all took alike: 1 is their fair share.
    """

    id: UUID
    concerns: frozenset[str] = frozenset()
    approaches: frozenset[str] = frozenset()
    populations: frozenset[str] = frozenset()
    ways: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    identities: frozenset[str] = frozenset()
    gender: str = ""
    faith: str = ""
    town: str = ""
    kilometres: float | None = None
    fee: int | None = None
    sliding_scale: bool = False
    free_in: datetime | None = None
    says_free: bool = False
    free_at: datetime | None = None
    has_seen: bool = False
    share: float = 1.0
    records: Records = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against somebody: ``name`` says which, ``values`` what it is about."""

    name: str
    speaks_for: bool
    values: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """How well one therapist fits: each part between 0 and 1, the points of a hundred, and why."""

    candidate: Candidate
    parts: Mapping[Part, float]
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> float:
        """Of a hundred."""
        return sum(POINTS[part] * value for part, value in self.parts.items())

    @property
    def speaks_for(self) -> list[Reason]:
        """What speaks for them."""
        return [reason for reason in self.reasons if reason.speaks_for]

    @property
    def speaks_against(self) -> list[Reason]:
        """What speaks against them."""
        return [reason for reason in self.reasons if not reason.speaks_for]


def best(
    wishes: Wishes, candidates: Iterable[Candidate], *, at: datetime, key: str, most: int
) -> list[Match]:
    """The candidates who fit best, the best first. ``key`` decides between equals: of them nobody is always first."""
    found = [match(wishes, candidate, at=at) for candidate in candidates]
    found.sort(key=lambda each: (-round(each.points, 6), _lot(key, each.candidate.id)))
    return found[:most]


def match(wishes: Wishes, candidate: Candidate, *, at: datetime) -> Match:
    """How well one candidate fits these wishes at the moment ``at``."""
    parts: dict[Part, float] = {}
    reasons: list[Reason] = []
    for part, weigh in _PARTS.items():
        parts[part], why = weigh(wishes, candidate, at)
        reasons += why
    return Match(candidate, parts, tuple(reasons))


Weighed = tuple[float, list[Reason]]


def _wishes(wishes: Wishes, candidate: Candidate, _at: datetime) -> Weighed:
    """How much of what was wished is met, each wish by its weight."""
    met = whole = 0.0
    why = []
    for name in wishes.given:
        if name not in _MET:
            continue
        weight, (share, values) = wishes.weight(name), _MET[name](wishes, candidate)
        whole += weight
        met += weight * share
        why.append(Reason(name, share >= 0.5, values))
    return (met / whole if whole else 1.0), why


def _experience(wishes: Wishes, candidate: Candidate, _at: datetime) -> Weighed:
    """Two thirds what they say they know, one third training in what was made for it."""
    wanted = asked_for(wishes.concerns)
    if not wanted:
        return 1.0, []
    known = [concern for concern in wanted if concern in candidate.concerns]
    taught = [concern for concern in wanted if MADE_FOR.get(concern, frozenset()) & candidate.approaches]
    made_for = frozenset[Approach]().union(*(MADE_FOR[concern] for concern in taught))
    trained = tuple(each for each in sorted(made_for) if each in candidate.approaches)
    missing = tuple(concern for concern in wanted if concern not in known and concern not in taught)
    why = [
        *([Reason("knows", True, tuple(known))] if known else []),
        *([Reason("trained", True, trained)] if trained else []),
        *([Reason("knows", False, missing)] if missing else []),
    ]
    return (2 * len(known) + len(taught)) / (3 * len(wanted)), why


def _soon(_wishes: Wishes, candidate: Candidate, at: datetime) -> Weighed:
    """Whole within three days, nothing after six weeks, in a straight line between."""
    if candidate.free_at is None:
        return 0.0, [Reason("no_time", False)]
    days = max(0.0, (candidate.free_at - at).total_seconds() / DAY)
    near = min(1.0, max(0.0, (LATE_DAYS - days) / (LATE_DAYS - SOON_DAYS)))
    return near, [Reason("free", days <= LATE_DAYS / 2, (candidate.free_at,))]


def _known(_wishes: Wishes, candidate: Candidate, _at: datetime) -> Weighed:
    return (1.0, [Reason("has_seen", True)]) if candidate.has_seen else (0.0, [])


def _record(wishes: Wishes, candidate: Candidate, _at: datetime) -> Weighed:
    """Half where nothing is known; the estimates, each cut at half a standard deviation, move it up or down."""
    found = [
        (concern, estimate(candidate.records[concern]))
        for concern in asked_for(wishes.concerns)
        if concern in candidate.records
    ]
    told = [(concern, each) for concern, each in found if each is not None]
    if not told:
        return 0.5, []
    mean = sum(max(-0.5, min(0.5, each.value)) for _, each in told) / len(told)
    # Against somebody speaks only what chance does not explain; "about as well as usual" is no reproach.
    return 0.5 + mean, [Reason("record", each.high >= 0, (concern, each)) for concern, each in told]


def _share(_wishes: Wishes, candidate: Candidate, _at: datetime) -> Weighed:
    """Who took few new people of late comes a little before who took many. It is no reason to tell anybody."""
    return 1 - min(1.0, max(0.0, candidate.share) / 2), []


_PARTS: Mapping[Part, Callable[[Wishes, Candidate, datetime], Weighed]] = {
    Part.WISHES: _wishes, Part.EXPERIENCE: _experience, Part.SOON: _soon, Part.KNOWN: _known,
    Part.RECORD: _record, Part.SHARE: _share,
}  # fmt: skip

Met = tuple[float, tuple[object, ...]]


def _near(wishes: Wishes, candidate: Candidate) -> Met:
    assert wishes.near is not None
    away, within = candidate.kilometres, wishes.near.km
    if away is None:
        return (1.0 if candidate.town == wishes.near.town else 0.0), (None, candidate.town)
    # As far again as was wished, and nothing of the wish is met.
    return max(0.0, min(1.0, 2 - away / max(1, within))), (away, candidate.town)


def _fee(wishes: Wishes, candidate: Candidate) -> Met:
    assert wishes.most_fee is not None
    if candidate.fee is None:
        return 0.25, (None, False)
    if candidate.fee <= wishes.most_fee:
        return 1.0, (candidate.fee, False)
    return (0.6 if candidate.sliding_scale else 0.0), (candidate.fee, candidate.sliding_scale)


def _times(_wishes: Wishes, candidate: Candidate) -> Met:
    """Whole with a free time then, a quarter where they only say so: that is to be asked for."""
    if candidate.free_in is not None:
        return 1.0, (candidate.free_in,)
    says = candidate.free_at is None and candidate.says_free
    return (0.25 if says else 0.0), (None, says, candidate.free_at is None)


def _whom(wishes: Wishes, candidate: Candidate) -> Met:
    met = tuple(each for each in wishes.populations if each in candidate.populations)
    return len(met) / len(wishes.populations), met or wishes.populations


def _yes(value: object, *, holds: bool) -> Met:
    return (1.0 if holds else 0.0), (value,)


_MET: Mapping[str, Callable[[Wishes, Candidate], Met]] = {
    "way": lambda wishes, them: _yes(wishes.way, holds=wishes.way in them.ways),
    "language": lambda wishes, them: _yes(wishes.language, holds=wishes.language in them.languages),
    "near": _near,
    "most_fee": _fee,
    "times": _times,
    "gender": lambda wishes, them: _yes(wishes.gender, holds=wishes.gender == them.gender),
    "identities": lambda wishes, them: _yes(
        wishes.identities, holds=not them.identities.isdisjoint(wishes.identities)
    ),
    "faith": lambda wishes, them: _yes(wishes.faith, holds=wishes.faith == them.faith),
    "populations": _whom,
}
# The wishes that are weighed. What brings somebody counts as experience; free words are for the straight search.
WEIGHED = frozenset(_MET)


def _lot(key: str, therapist_id: UUID) -> bytes:
    return hashlib.blake2b(key.encode() + therapist_id.bytes, digest_size=8).digest()
