"""What is written to people about a meeting: when it is, in their own zone and language, and never what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from homeport.outbox.wishes import sender_for
from homeport.people.languages import written_language
from homeport.people.models import Person
from homeport.scheduling.calendar.events import Post
from homeport.scheduling.calendar.writing import cancellation, feed, invitation
from homeport.scheduling.entries import called_off, entries, of_person
from homeport.scheduling.links import Act, address_of
from homeport.scheduling.models import Appointment, Series


class News(StrEnum):
    """What happened to a meeting."""

    ASKED = "asked"
    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    REMINDER = "reminder"


# What may still be moved or called off.
CHANGEABLE = frozenset({News.BOOKED, News.MOVED, News.REMINDER})
SAID = 5


@dataclass(frozen=True, slots=True)
class Words:
    """One letter: ``short`` is what a text says."""

    subject: str
    body: str
    short: str


def write(
    appointment: Appointment,
    reader: Person,
    news: News,
    *,
    comes: bool = True,
    following: Sequence[Appointment] = (),
) -> Words:
    """The letter to one reader. It says a day and an hour, and where to look; no name but the reader's own.

    ``comes``: the reader is among those who come, and gets links that move or cancel it without signing in.
    ``following``: the later meetings of a series, of which the first few are said.
    """
    with override(written_language(reader.language)):
        when = in_words(appointment.begins_at, reader.zone, appointment.zone)
        shown = {
            "name": reader.shown_name,
            "when": when,
            "news": news.value,
            "link": f"{settings.ADDRESS}{reverse('appointment', args=[appointment.pk])}",
            "following": [in_words(each.begins_at, reader.zone, each.zone) for each in following[:SAID]],
            "more": max(0, len(following) - SAID),
            **(_acts(appointment, reader) if comes and news in CHANGEABLE else {}),
        }
        return Words(
            subject=_subject(news) % {"day": formats.date_format(_here(appointment, reader), "j F")},
            body=render_to_string("scheduling/mail/meeting.txt", shown),
            short=_short(news) % {"when": when},
        )


def _acts(appointment: Appointment, reader: Person) -> dict[str, str]:
    return {act.value: address_of(appointment, reader.pk, act) for act in Act}


def in_words(moment: datetime, zone: str, usual_zone: str) -> str:
    """Day and hour on the reader's own clock; the zone is said where their clock differs from that of the meeting."""
    here = moment.astimezone(ZoneInfo(zone))
    said = _("%(day)s at %(time)s") % {
        "day": formats.date_format(here, "l, j F"),
        "time": formats.date_format(here, "H:i"),
    }
    if here.utcoffset() == moment.astimezone(ZoneInfo(usual_zone)).utcoffset():
        return said
    city = zone.rpartition("/")[2].replace("_", " ")
    return _("%(when)s (time in %(city)s)") % {"when": said, "city": city}


def calendar_file(
    appointment: Appointment,
    reader: Person,
    news: News,
    written_at: datetime,
    following: Sequence[Appointment] = (),
) -> bytes | None:
    """The entry for the reader's own calendar, under one name for good; None for what is no news to a calendar.

    Of a series always all of it that the reader comes to, or what of it is called off. An invitation holds one name only
    (RFC 5546, 3.2): where a series goes on under another one, both come as a file to take over. What was moved and waits
    for a yes stands at its new time as tentative: a calendar that knew the old time would still show it.
    """
    if news not in _told_to_calendars(appointment) or reader.user is None:
        return None
    rows = [appointment, *following]
    post = Post(settings.DEFAULT_FROM_EMAIL, reader.user.email, sender_for(reader))
    series = _series(appointment, news)
    with override(written_language(reader.language)):
        if not series:
            told = entries(rows, (), written_at)
            if news is News.CANCELLED:
                return cancellation(told, post)
            return invitation(told, post) if len(told) == 1 else feed(told)
        live = [Appointment.Status.BOOKED, *([Appointment.Status.PROPOSED] if news is News.ASKED else [])]
        held = Appointment.objects.filter(of_person(reader), series__in=series, status__in=live).exclude(
            pk__in=[row.pk for row in rows if news is News.CANCELLED]
        )
        if news is News.CANCELLED:
            return cancellation(called_off(rows, series[0], written_at, whole=not held.exists()), post)
        told = entries(held.order_by("begins_at", "pk"), series, written_at)
        return invitation(told, post) if len(series) == 1 else feed(told)


def _told_to_calendars(appointment: Appointment) -> frozenset[News]:
    """Of what they hear: of a time that is only proposed not before it is the new one of something they may know."""
    settled = frozenset({News.BOOKED, News.MOVED, News.CANCELLED})
    return settled | {News.ASKED} if appointment.changes else settled


def _series(appointment: Appointment, news: News) -> list[Series]:
    """The series that the news is about; and, where it has just begun to go on by another rule, the one of before."""
    if appointment.series_id is None:
        return []
    series = Series.objects.get(pk=appointment.series_id)
    if news not in {News.MOVED, News.ASKED} or series.follows_id is None or series.changes:
        return [series]
    return [series, *Series.objects.filter(pk=series.follows_id)]


def _here(appointment: Appointment, reader: Person) -> datetime:
    return appointment.begins_at.astimezone(ZoneInfo(reader.zone))


def _subject(news: News) -> str:
    return {
        News.ASKED: _("Does %(day)s suit you?"),
        News.BOOKED: _("Set for %(day)s"),
        News.MOVED: _("New time: %(day)s"),
        News.CANCELLED: _("Not on %(day)s"),
        News.REMINDER: _("A reminder for %(day)s"),
    }[news]


def _short(news: News) -> str:
    return {
        News.ASKED: _("Does %(when)s suit you? Please sign in and say so."),
        News.BOOKED: _("Set for %(when)s."),
        News.MOVED: _("New time: %(when)s."),
        News.CANCELLED: _("The meeting on %(when)s does not take place."),
        News.REMINDER: _("A reminder: %(when)s."),
    }[news]
