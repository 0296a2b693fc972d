"""Everything on a therapist's page, in words."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from homeport.core.clock import today
from homeport.directory.concerns import Concern
from homeport.directory.models import Profile
from homeport.directory.own_words import as_html
from homeport.directory.places import place_name
from homeport.directory.presenters import TIMES, initials, money, spoken_in, ways
from homeport.directory.week import COARSE, as_slots
from homeport.people.offers import Access, Approach, Faith, Fee, Gender, Identity, Population, Together

WHO_COMES = {
    Together.INDIVIDUAL: gettext_noop("You on your own"),
    Together.COUPLE: gettext_noop("The two of you"),
    Together.FAMILY: gettext_noop("Your family"),
    Together.PARENT_CHILD: gettext_noop("You and your child"),
    Together.TEEN: gettext_noop("A teen"),
    Together.GROUP: gettext_noop("A group"),
}
# Where the library tells of a way of working: the slug of an article.
READ_ABOUT = {
    Approach.ATTACHMENT_BASED: "what-happens-in-therapy",
    Approach.ABFT: "abft-for-teens-and-parents",
    Approach.EFT_COUPLES: "eft-and-injury-repair",
    Approach.EFIT: "the-therapies",
    Approach.CIRCLE_OF_SECURITY: "circle-of-security-and-ddp",
    Approach.DDP: "circle-of-security-and-ddp",
    Approach.CHILD_PARENT: "formats-of-therapy",
    Approach.TRAUMA_PHASES: "trauma-informed-care",
    Approach.MINDFULNESS: "mindfulness-inner-child-narrative",
    Approach.INNER_CHILD: "mindfulness-inner-child-narrative",
    Approach.NARRATIVE: "mindfulness-inner-child-narrative",
    Approach.GROUP: "formats-of-therapy",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything on a therapist's page."""

    name: str
    pronouns: str
    initials: str
    about: SafeString
    first_time: SafeString
    concerns: tuple[str, ...]
    populations: tuple[str, ...]
    approaches: tuple[tuple[str, str], ...]
    formats: tuple[tuple[str, bool], ...]
    ways: tuple[tuple[str, str], ...]
    languages: str
    fees: list[tuple[str, str]]
    lowest: str
    access: tuple[str, ...]
    personal: tuple[str, ...]
    licences: list[Any]
    years: int | None
    usual: tuple[str, ...]
    taking: bool


def page_of(profile: Profile) -> Shown:
    """What the page says, in words."""
    therapist, person = profile.therapist, profile.therapist.person
    room: list[Any] = vars(profile)["formats"]
    held: list[Any] = vars(therapist)["standing"]
    return Shown(
        name=person.name,
        pronouns=person.pronouns,
        initials=initials(person.name),
        about=as_html(profile.about),
        first_time=as_html(profile.first_time),
        concerns=_labels(Concern, profile.concerns),
        populations=_labels(Population, therapist.populations),
        approaches=tuple(
            (str(each.label), READ_ABOUT.get(each, ""))
            for each in Approach
            if each.value in therapist.approaches
        ),
        formats=tuple(
            (_(WHO_COMES[each]), one.places > 0)
            for each in Together
            for one in room
            if one.format == each.value
        ),
        ways=ways(profile),
        languages=spoken_in(profile),
        fees=fees(profile),
        lowest=money(profile.lowest_fee, therapist.currency) if profile.lowest_fee is not None else "",
        access=_labels(Access, profile.access),
        personal=_labels(Gender, [profile.gender])
        + _labels(Identity, profile.identities)
        + _labels(Faith, [profile.faith]),
        licences=[(licence, place_name(licence.jurisdiction)) for licence in held],
        years=today().year - profile.practising_since if profile.practising_since else None,
        usual=_usual(profile.usual),
        taking=therapist.taking_clients and any(one.places for one in room),
    )


def _usual(week: int) -> tuple[str, ...]:
    """The coarse parts of the week in which there is some time."""
    held = set(as_slots(week))
    return tuple(_(TIMES[name]) for name, slots in COARSE.items() if held.intersection(slots))


def _labels(codes: Any, held: Collection[str]) -> tuple[str, ...]:
    return tuple(str(each.label) for each in codes if each.value in held)


def fees(profile: Profile) -> list[tuple[str, str]]:
    """(for whom, how much) of every fee."""
    therapist = profile.therapist
    return [
        (str(kind.label), money(therapist.fees[kind.value], therapist.currency))
        for kind in Fee
        if kind.value in therapist.fees
    ]
