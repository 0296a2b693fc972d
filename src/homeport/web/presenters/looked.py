"""Who looked at one's record, told day by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from homeport.audit.models import AuditEvent
from homeport.audit.verbs import Verb


@dataclass(slots=True)
class Look:
    """One person on one day, and at what they looked, each thing named once.

    No time of day: when a clinician opens a case can follow from what another person in it did.
    """

    day: date
    who: str
    whats: list[str]
    is_emergency: bool = False


def looks(events: Iterable[AuditEvent], names: dict[UUID, str]) -> list[Look]:
    """The events, the latest first, as one line a person and day."""
    found: dict[tuple[object, object], Look] = {}
    for event in events:
        day = timezone.localtime(event.at).date()
        key = (day, event.person_id or event.via)
        look = found.setdefault(key, Look(day, _name(event, names), []))
        look.is_emergency = look.is_emergency or event.verb == Verb.BREAK_GLASS
        what = _what(event)
        if what not in look.whats:
            look.whats.append(what)
    return list(found.values())


def _name(event: AuditEvent, names: dict[UUID, str]) -> str:
    if event.person_id is None:
        return _("This site, by itself")
    return names.get(event.person_id, _("Somebody who has left"))


def _what(event: AuditEvent) -> str:
    if event.verb == Verb.BREAK_GLASS:
        return _("opened your record in an emergency")
    labels = {
        "journal_entry": _("journal entries you shared"),
        "session_note": _("session notes"),
    }
    what = labels.get(event.material, event.material.replace("_", " "))
    return _("took along: %(what)s") % {"what": what} if event.verb == Verb.EXPORT else what
