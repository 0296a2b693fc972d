"""What a person is told about who reads their answers, and when. Plain words, never better than what is true."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from homeport.safety.selectors import ReadingNow


@dataclass(frozen=True, slots=True)
class Told:
    """``reads``: whether anybody is reading now, in a sentence or two. ``now``: whether somebody is."""

    now: bool
    reads: str


def told(reading: ReadingNow, zone: str = "") -> Told:
    """The words for this moment. ``zone``: the person's own; times are given in it, and it is named where it differs."""
    own = ZoneInfo(zone) if zone else reading.zone
    if reading.now and reading.until is not None:
        minutes = int(reading.within.total_seconds() // 60)
        until = _at(reading.until, own, reading.zone, with_day=False)
        there = _("Somebody is there to read answers until %(until)s.") % {"until": until}
        soon = ngettext(
            "If one should not wait, they aim to look within %(minutes)s minute.",
            "If one should not wait, they aim to look within %(minutes)s minutes.",
            minutes,
        )
        return Told(True, f"{there} {soon % {'minutes': minutes}}")
    if reading.next_at is not None:
        when = _at(reading.next_at, own, reading.zone, with_day=True)
        return Told(
            False,
            _("Nobody is reading answers right now. The next time somebody does is %(when)s.")
            % {"when": when},
        )
    return Told(False, _("Nobody may be reading this right now. It can take days until somebody does."))


def _at(moment: datetime, own: ZoneInfo, practice: ZoneInfo, *, with_day: bool) -> str:
    here = moment.astimezone(own)
    text = formats.date_format(here, "l j F, H:i") if with_day else formats.date_format(here, "H:i")
    if here.utcoffset() == moment.astimezone(practice).utcoffset():
        return text
    return _("%(time)s (%(zone)s time)") % {
        "time": text,
        "zone": own.key.rpartition("/")[2].replace("_", " "),
    }
