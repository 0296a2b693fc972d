"""The same for people to read: each section with its title, each value with what it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

Line = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Section:
    """``pieces``: lists of (what it is, what it says)."""

    title: str
    pieces: list[list[Line]]


def sections(gathered: dict[str, Any]) -> list[Section]:
    """Everything that was gathered, but for the format's own number."""
    titles = {
        "about_you": _("About you"), "sign_in": _("Your sign-in"), "emergency_contact": _("Whom to call"),
        "roles": _("What you are here"), "cases": _("Cases you take part in"), "signed": _("What you signed"),
        "permissions": _("To whom your record may be given"), "consents": _("Consents to treatment"),
        "guardianships": _("Guardians"), "invitations": _("Invitations"), "work": _("Your work here"),
        "kept_results": _("Results you kept"),
        "times": _("Your times: answers, waiting, reminders"), "who_looked": _("Who looked at your record"),
    }  # fmt: skip
    found = [Section(title, _pieces(gathered[name])) for name, title in titles.items()]
    written = [
        Section(kind[:1].upper() + kind[1:], _pieces(rows)) for kind, rows in gathered["material"].items()
    ]
    return [*found[:-1], *written, found[-1]]


def _pieces(value: Any) -> list[list[Line]]:
    if not value:
        return []
    rows = value if isinstance(value, list) else [value]
    return [piece for row in rows if (piece := list(_lines(row)))]


def _lines(row: dict[str, Any], above: str = "") -> Iterable[Line]:
    for name, value in row.items():
        what = f"{above}{_words(name)}"
        if isinstance(value, dict):
            yield from _lines(value, f"{what}: ")
        elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
            for number, each in enumerate(value, 1):
                yield from _lines(each, f"{what} {number}: ")
        elif value not in (None, "", []) and name != "id":
            yield what, said(value)


def _words(name: str) -> str:
    return name.removesuffix("_at").replace("_", " ")


def said(value: Any) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(said, value))
    moment = _moment(value) if isinstance(value, str) else None
    if isinstance(moment, datetime):
        return date_format(timezone.localtime(moment), "j F Y, H:i")
    return date_format(moment, "j F Y") if moment else str(value)


def _moment(text: str) -> datetime | date | None:
    """A moment or a day that one of our own columns wrote; None for words that somebody wrote."""
    if len(text) > 32 or not text[:4].isdigit():
        return None
    try:
        found = parse_datetime(text) if "T" in text else parse_date(text)
    except ValueError:
        return None
    return None if isinstance(found, datetime) and found.tzinfo is None else found
