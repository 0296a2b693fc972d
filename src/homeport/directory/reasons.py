"""What speaks for and against a therapist, in whole sentences."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from homeport.core.clock import now
from homeport.directory.concerns import Concern
from homeport.directory.evidence import Estimate
from homeport.directory.free import in_words
from homeport.directory.matching import Match, Reason
from homeport.directory.models import Profile
from homeport.directory.presenters import money
from homeport.people.languages import language_name

FAR_AHEAD = 14  # days
CLEARLY = 0.5  # standard deviations: what is called a medium difference
Say = Callable[[Reason, Profile, ZoneInfo], str]


def why(match: Match, profile: Profile, zone: ZoneInfo) -> list[str]:
    """What speaks for them; times on the clock of ``zone``."""
    return _said(match.speaks_for, profile, zone)


def why_not(match: Match, profile: Profile, zone: ZoneInfo) -> list[str]:
    """What speaks against them."""
    return _said(match.speaks_against, profile, zone)


def _said(reasons: Iterable[Reason], profile: Profile, zone: ZoneInfo) -> list[str]:
    return [sentence for reason in reasons if (sentence := _SAYS[reason.name](reason, profile, zone))]


def _listed(values: Iterable[Any]) -> str:
    words = [str(value.label) for value in values]
    if len(words) < 2:
        return "".join(words)
    return _("%(some)s and %(last)s") % {"some": ", ".join(words[:-1]), "last": words[-1]}


def _knows(reason: Reason, _profile: Profile, _zone: ZoneInfo) -> str:
    values: tuple[Any, ...] = reason.values
    what = {"what": _listed(values)}
    return (
        _("Works with this: %(what)s") % what
        if reason.speaks_for
        else _("Does not name this: %(what)s") % what
    )


def _way(reason: Reason, _profile: Profile, _zone: ZoneInfo) -> str:
    value: Any = reason.values[0]
    ways = {
        "in_person": (_("Meets in person"), _("Does not meet in person")),
        "video": (_("Meets by video"), _("Does not meet by video")),
        "phone": (_("Meets by phone"), _("Does not meet by phone")),
        "text": (_("Meets by text"), _("Does not meet by text")),
    }
    return ways[value.value][0 if reason.speaks_for else 1]


def _language(reason: Reason, _profile: Profile, _zone: ZoneInfo) -> str:
    what = {"language": language_name(str(reason.values[0]))}
    return (
        _("Works in %(language)s") % what if reason.speaks_for else _("Does not work in %(language)s") % what
    )


def _near(reason: Reason, _profile: Profile, _zone: ZoneInfo) -> str:
    away: Any
    away, town = reason.values
    if away is None:
        return _("Is in %(town)s") % {"town": town} if town else _("Does not say where they are")
    what = {"town": town or _("Their place"), "km": max(1, round(away))}
    return _("%(town)s, about %(km)s km away") % what


def _fee(reason: Reason, profile: Profile, _zone: ZoneInfo) -> str:
    fee: Any
    fee, slides = reason.values
    if fee is None:
        return _("Names no fee")
    what = {"fee": money(fee, profile.therapist.currency)}
    if reason.speaks_for and not slides:
        return _("Within what you can pay: %(fee)s") % what
    return (
        _("Asks %(fee)s, and less if you need it") % what
        if slides
        else _("Asks more than you wished: %(fee)s") % what
    )


def _times(reason: Reason, _profile: Profile, zone: ZoneInfo) -> str:
    if reason.speaks_for:
        moment: Any = reason.values[0]
        return _("Free when you are: %(when)s") % {"when": in_words(moment, str(zone))}
    _none, says, keeps_no_times = reason.values
    if keeps_no_times:  # that no time is shown is said already
        return _("Says that they usually have time when you do") if says else ""
    return _("No free time when you are, in the next four weeks")


def _gender(reason: Reason, profile: Profile, _zone: ZoneInfo) -> str:
    wished: Any = reason.values[0]
    if reason.speaks_for:
        return str(wished.label)
    return _("Does not say their gender") if not profile.gender else _("Not the gender you wished for")


def _identities(reason: Reason, profile: Profile, _zone: ZoneInfo) -> str:
    wished: Any = reason.values[0]
    held = [each for each in wished if each.value in profile.identities]
    if held:
        return _("Shares this with you: %(what)s") % {"what": _listed(held)}
    return _("Does not say this of themselves: %(what)s") % {"what": _listed(wished)}


def _faith(reason: Reason, _profile: Profile, _zone: ZoneInfo) -> str:
    wished: Any = reason.values[0]
    what = {"faith": wished.label}
    return (
        _("Shares your faith: %(faith)s") % what
        if reason.speaks_for
        else _("Names no such faith: %(faith)s") % what
    )


def _populations(reason: Reason, _profile: Profile, _zone: ZoneInfo) -> str:
    values: tuple[Any, ...] = reason.values
    what = {"whom": _listed(values)}
    return (
        _("Is used to working with: %(whom)s") % what
        if reason.speaks_for
        else _("Does not name these people: %(whom)s") % what
    )


def _free(reason: Reason, _profile: Profile, zone: ZoneInfo) -> str:
    moment: Any = reason.values[0]
    days = (moment.astimezone(zone).date() - now().astimezone(zone).date()).days
    if days <= 0:
        return _("Has a free time today")
    if days <= FAR_AHEAD:
        return ngettext("Has a free time tomorrow", "Has a free time within %(days)s days", days) % {
            "days": days
        }
    first = {"day": formats.date_format(_local(moment, zone), "j F")}
    return (
        _("First free time on %(day)s") % first
        if reason.speaks_for
        else _("No free time before %(day)s") % first
    )


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone)


def _record(reason: Reason, _profile: Profile, _zone: ZoneInfo) -> str:
    """Never a number alone, and never a place among others: both ends of the interval, in words."""
    concern: Concern
    told: Estimate
    concern, told = reason.values  # type: ignore[assignment]
    low, high = _beside_usual(told.low), _beside_usual(told.high)
    between = low if low == high else _("from %(low)s to %(high)s") % {"low": low, "high": high}
    said = {"what": concern.label, "people": told.clients, "between": between}
    if told.low > 0:
        words = _(
            "With “%(what)s”, people did better here than usual (%(people)s people; allowing for chance: %(between)s)"
        )
    elif told.high < 0:
        words = _(
            "With “%(what)s”, people did less well here than usual (%(people)s people; allowing for chance: %(between)s)"
        )
    else:
        words = _(
            "With “%(what)s”, people did about as well here as usual (%(people)s people; allowing for chance: %(between)s)"
        )
    return words % said


def _beside_usual(effect: float) -> str:
    """One end of an interval, in standard deviations of people's outcomes, as somebody would say it."""
    if abs(effect) < CLEARLY:
        return _("a little better") if effect > 0 else _("a little less well")
    return _("clearly better") if effect > 0 else _("clearly less well")


_SAYS: Mapping[str, Say] = {
    "knows": _knows,
    "trained": lambda reason, *_more: _("Trained in %(what)s") % {"what": _listed(reason.values)},
    "way": _way,
    "language": _language,
    "near": _near,
    "most_fee": _fee,
    "times": _times,
    "gender": _gender,
    "identities": _identities,
    "faith": _faith,
    "populations": _populations,
    "free": _free,
    "no_time": lambda *_none: _("Shows no free time yet: ask"),
    "has_seen": lambda *_none: _("You were with them before"),
    "record": _record,
}
