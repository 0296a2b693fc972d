"""How a therapist is shown to somebody who looks for one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from homeport.directory.concerns import GROUPS, Concern, asked_for
from homeport.directory.distance import Point, kilometres
from homeport.directory.free import next_in_words
from homeport.directory.models import Profile
from homeport.directory.places import place_name
from homeport.directory.selectors import Loosening
from homeport.directory.wishes import Wishes
from homeport.people.languages import language_name
from homeport.people.offers import (
    FEE_FOR,
    Fee,
    Format,
    Together,
)
from homeport.scheduling.selectors import FreeTime

ICONS = {
    Format.IN_PERSON: "home",
    Format.VIDEO: "video-camera",
    Format.PHONE: "phone",
    Format.TEXT: "chat-bubble-left-right",
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
        next_in_words(times, wishes),
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
