"""Crisis lines as a page shows them: grouped by what they are, each with how far its number was checked."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from homeport.content.crisis import KIND_LABELS, Channel, CrisisLine, CrisisPlace, Standing

_ICONS = {"call": "phone", "text": "chat-bubble-left-ellipsis", "chat": "chat-bubble-left-right"}


@dataclass(frozen=True, slots=True)
class ShownChannel:
    """A button: where it leads, what it says. ``provisional``: the number was not checked, while the line was."""

    href: str
    label: str
    icon: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line with everything about it in words."""

    line: CrisisLine
    channels: tuple[ShownChannel, ...]
    hours: str
    languages: str
    where: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Group:
    """All lines of one kind; ``kind`` is also the anchor of the group on the page."""

    kind: str
    title: str
    lines: tuple[ShownLine, ...]


def emergency_lines(place: CrisisPlace, today: date) -> tuple[ShownLine, ...]:
    """The emergency numbers of a place."""
    return tuple(_shown(line, place, today) for line in place.emergency)


def groups(place: CrisisPlace, today: date) -> tuple[Group, ...]:
    """The other lines of a place, grouped, in the order in which they are needed."""
    kinds = dict.fromkeys(line.kind for line in place.lines)
    return tuple(
        Group(
            kind, _(KIND_LABELS[kind]), tuple(_shown(x, place, today) for x in place.lines if x.kind == kind)
        )
        for kind in kinds
    )


def _shown(line: CrisisLine, place: CrisisPlace, today: date) -> ShownLine:
    return ShownLine(
        line=line,
        channels=tuple(_channel(channel, line) for channel in line.links),
        hours=_("Day and night") if line.always_open else line.hours,
        languages=", ".join(_language_name(code) for code in line.languages),
        where="" if place.region else ", ".join(line.region_names),
        standing=line.standing(today),
    )


def _channel(channel: Channel, line: CrisisLine) -> ShownChannel:
    label = {
        "call": _("Call %(number)s") % {"number": channel.shown},
        "text": _("Text %(number)s") % {"number": channel.shown},
        "chat": _("Chat at %(number)s") % {"number": channel.shown},
    }[channel.kind]
    if channel.kind == "text" and channel.words:
        words = _(" or ").join(channel.words)
        label = _("Text %(words)s to %(number)s") % {"words": words, "number": channel.shown}
    return ShownChannel(
        channel.href, label, _ICONS[channel.kind], provisional=channel.provisional and not line.provisional
    )


def _language_name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
