"""Whom and what a therapist chooses between when they book: no two choices read alike.

Only for those who treat the people named: whoever takes part reads less.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from homeport.cases.models import Participant
from homeport.cases.selectors import Together

Reading = TypeVar("Reading", bound=Hashable)


@dataclass(frozen=True, slots=True)
class CaseChoice:
    """One case to book in. ``about``: what kind it is, and since when where that alone tells it from another."""

    together: Together
    names: str
    about: str


def tell_apart(choices: Sequence[Sequence[Reading]]) -> list[Reading]:
    """For each choice the first of its readings that no other has, the last where none is its own.

    ``choices``: the readings of each, from the shortest to the longest, as many for one as for the other.
    """
    held = [Counter(column) for column in zip(*choices, strict=True)]
    return [
        next((each for counted, each in zip(held, readings, strict=True) if counted[each] == 1), readings[-1])
        for readings in choices
    ]


def cases_apart(cases: Iterable[Together]) -> list[CaseChoice]:
    """The cases as one chooses between them, in their order."""
    found = list(cases)
    told = tell_apart([_readings(each) for each in found])
    return [CaseChoice(each, *reading) for each, reading in zip(found, told, strict=True)]


def people_apart(parts: Iterable[Participant]) -> list[tuple[str, str]]:
    """These people as a form offers them, each once: id and name, with what tells one from another of the same name."""
    each_once: dict[str, Participant] = {}
    for part in parts:
        each_once.setdefault(str(part.person_id), part)
    told = tell_apart([_names(part) for part in each_once.values()])
    return list(zip(each_once, told, strict=True))


def _readings(together: Together) -> list[tuple[str, str]]:
    names = ", ".join(part.person.shown_name for part in together.participants)
    kind = str(together.case.get_kind_display())
    return [(names, kind), *((names, f"{kind} · {since}") for since in _since(together.case.opened_at))]


def _names(part: Participant) -> list[str]:
    name, role = part.person.shown_name, str(part.get_role_display())
    of_role = f"{name} · {role}"
    return [name, of_role, *(f"{of_role} · {since}" for since in _since(part.from_at))]


def _since(moment: datetime) -> list[str]:
    here = timezone.localtime(moment)
    return [
        _("since %(day)s") % {"day": formats.date_format(here, written)}
        for written in ("j F Y", "j F Y, H:i")
    ]
