"""How a therapist is shown to somebody who looks for one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from homeport.core.clock import today
from homeport.directory.concerns import GROUPS, Concern, asked_for
from homeport.directory.distance import Point, kilometres
from homeport.directory.free import next_in_words
from homeport.directory.models import Profile
from homeport.directory.own_words import as_html
from homeport.directory.places import place_name
from homeport.directory.selectors import Loosening
from homeport.directory.week import COARSE, as_slots
from homeport.directory.wishes import Wishes
from homeport.people.languages import language_name
from homeport.people.offers import (
    FEE_FOR,
    Access,
    Approach,
    Faith,
    Fee,
    Format,
    Gender,
    Identity,
    Population,
    Together,
)
from homeport.scheduling.selectors import FreeTime

ICONS = {
    Format.IN_PERSON: "home",
    Format.VIDEO: "video-camera",
    Format.PHONE: "phone",
    Format.TEXT: "chat-bubble-left-right",
}

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
class Card:
    """One therapist in a list."""

    profile: Profile
    name: str
    initials: str
    fits: tuple[str, ...]
    ways: tuple[tuple[str, str], ...]
    languages: str
    fee: str
    place: str
    licensed: str
    next: str = ""


def card(profile: Profile, wishes: Wishes, times: Sequence[FreeTime] = ()) -> Card:
    """What a list says of one, for these wishes; ``times``: when they can be met next."""
    therapist = profile.therapist
    held: list[Any] = vars(therapist)["standing"]
    return Card(
        profile,
        therapist.person.name,
        initials(therapist.person.name),
        fits(profile, wishes.concerns),
        ways(profile),
        spoken_in(profile),
        fee_of(profile, wishes.format),
        place_of(profile, wishes),
        ", ".join(dict.fromkeys(_short(place_name(licence.jurisdiction)) for licence in held)),
        next_in_words(times, wishes.format, wishes.zone),
    )


def initials(name: str) -> str:
    """Two letters where there is no picture."""
    parts = [
        part
        for part in name.replace(".", " ").split()
        if part[0].isalpha() and part.lower() not in {"dr", "prof"}
    ]
    return "".join(part[0].upper() for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts))


def fits(profile: Profile, concerns: Sequence[Concern]) -> tuple[str, ...]:
    """What was asked for and is there, in words."""
    known = set(profile.concerns)
    return tuple(str(each.label) for each in asked_for(concerns) if each.value in known)


def ways(profile: Profile) -> tuple[tuple[str, str], ...]:
    """(icon, words) of each way of meeting."""
    return tuple((ICONS[way], str(way.label)) for way in Format if way.value in profile.therapist.formats)


def spoken_in(profile: Profile) -> str:
    """The languages, with commas."""
    return ", ".join(language_name(code) for code in profile.therapist.languages)


def money(amount: int, currency: str) -> str:
    """An amount in the smallest unit, as people write it: 120 CAD, 95.50 CAD."""
    whole = formats.number_format(amount / 100, decimal_pos=0 if amount % 100 == 0 else 2, use_l10n=True)
    return f"{whole} {currency}".strip()


def fee_of(profile: Profile, wanted: Together | None) -> str:
    """What a session costs in the format that is looked for, for one person where none is."""
    therapist = profile.therapist
    kind = FEE_FOR[wanted] if wanted else Fee.INDIVIDUAL
    asked = therapist.fees.get(kind.value)
    if asked is None:
        return _("Ask about the fee")
    shown = money(asked, therapist.currency)
    if not therapist.sliding_scale:
        return shown
    if profile.lowest_fee is not None and profile.lowest_fee < asked:
        return _("%(least)s to %(fee)s") % {"least": money(profile.lowest_fee, ""), "fee": shown}
    return _("%(fee)s, or less if you ask") % {"fee": shown}


def fees(profile: Profile) -> list[tuple[str, str]]:
    """(for whom, how much) of every fee."""
    therapist = profile.therapist
    return [
        (str(kind.label), money(therapist.fees[kind.value], therapist.currency))
        for kind in Fee
        if kind.value in therapist.fees
    ]


def place_of(profile: Profile, wishes: Wishes) -> str:
    """The town, and how far it is from where somebody wants to meet."""
    if Format.IN_PERSON not in profile.therapist.formats:
        return ""
    near = wishes.near
    if near is None or near.latitude is None or near.longitude is None or profile.latitude is None:
        return profile.town
    if near.town == profile.town or profile.longitude is None:
        return profile.town
    away = kilometres(Point(near.latitude, near.longitude), Point(profile.latitude, profile.longitude))
    return _("%(town)s, about %(km)s km away") % {"town": profile.town, "km": max(1, round(away))}


# How a wish is named where giving it up would help.
WISHED = {
    "concerns": gettext_noop("without what brings you"),
    "way": gettext_noop("with any way of meeting"),
    "language": gettext_noop("in any language"),
    "near": gettext_noop("anywhere you can travel to"),
    "most_fee": gettext_noop("at any fee"),
    "times": gettext_noop("at any time of the week"),
    "gender": gettext_noop("with any gender"),
    "identities": gettext_noop("with any background"),
    "faith": gettext_noop("with any faith"),
    "populations": gettext_noop("without asking whom they are used to"),
    "words": gettext_noop("without the words you wrote"),
}
TIMES = {
    "mornings": gettext_noop("Weekday mornings"),
    "afternoons": gettext_noop("Weekday afternoons"),
    "evenings": gettext_noop("Weekday evenings"),
    "weekends": gettext_noop("Weekends"),
}


@dataclass(frozen=True, slots=True)
class Loosened:
    """A wish to give up: what to say, how many it brings, and the form without it."""

    words: str
    brings: int
    carried: list[tuple[str, str]]


def loosenings(found: Sequence[Loosening], carried: Sequence[tuple[str, str]] = ()) -> list[Loosened]:
    """What would help, in words; ``carried``: the form as it was sent."""
    return [
        Loosened(
            _(WISHED[one.name]), one.brings, [(name, value) for name, value in carried if name != one.name]
        )
        for one in found
    ]


def concern_groups(chosen: Collection[str]) -> list[dict[str, Any]]:
    """The concerns under their headings: which are chosen, and whether the heading stands open."""
    groups = []
    for number, group in enumerate(GROUPS):
        options = [(each.value, each.label, each.value in chosen) for each in group.concerns]
        some = any(checked for _value, _label, checked in options)
        groups.append(
            {"title": group.title, "options": options, "open": some or (number == 0 and not chosen)}
        )
    return groups


def coarse_times(chosen: Collection[str]) -> list[tuple[str, str, bool]]:
    """(code, words, chosen) of the parts of a week that visitors choose from."""
    return [(code, _(words), code in chosen) for code, words in TIMES.items()]


def _short(place: str) -> str:
    """Of "Canada / Ontario" the part that people say."""
    return place.rpartition(" / ")[2]


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
