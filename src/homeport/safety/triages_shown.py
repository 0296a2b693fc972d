"""How interviews on suicide are shown to those who look after a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from homeport.safety.models import TriageRecord
from homeport.safety.rules import Triage

# The colour of each outcome's pill.
TONES = {Triage.HIGH: "coral", Triage.MODERATE: "sun", Triage.LOW: "plain", Triage.NONE: "plain"}
BEHAVIOUR = 6


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the interview, by its number. ``said``: yes or no; None where it was not asked."""

    number: int
    said: bool | None
    words: str


@dataclass(frozen=True, slots=True)
class ShownTriage:
    """One interview in the list. ``elsewhere``: it was written down in another case of the same person."""

    id: UUID
    at: datetime
    by: str
    outcome: str
    tone: str
    points: tuple[Point, ...]
    alert_id: UUID | None
    elsewhere: bool


def shown_triages(
    rows: Iterable[TriageRecord], names: Mapping[UUID, str], case_id: UUID
) -> list[ShownTriage]:
    """Each of them, in the order in which they come. ``names``: of those who asked, by id."""
    return [
        ShownTriage(
            id=row.pk,
            at=row.created_at,
            by=names.get(row.author_id, ""),
            outcome=outcomes()[Triage(row.outcome)][0],
            tone=TONES[Triage(row.outcome)],
            points=points_of(row),
            alert_id=row.alert_id,
            elsewhere=row.case_id != case_id,
        )
        for row in rows
    ]


def points_of(row: TriageRecord) -> tuple[Point, ...]:
    """All six points with what was said to each; of the sixth also whether it lies within three months."""
    said = row.said
    answers = {int(number): answer for number, answer in said["answers"].items()}
    return tuple(
        Point(number, answers.get(number), _words(number, answers.get(number), said["recent"]))
        for number in range(1, BEHAVIOUR + 1)
    )


def _words(number: int, said: bool | None, recent: bool | None) -> str:
    if said is None:
        return _("Not asked")
    if not said:
        return _("No")
    if number == BEHAVIOUR and recent is not None:
        return _("Yes, within three months") if recent else _("Yes, more than three months ago")
    return _("Yes")


def outcomes() -> dict[Triage, tuple[str, list[str]]]:
    """What each outcome is called, and what is usually done then."""
    return {
        Triage.HIGH: (
            _("High: look after them now"),
            [
                _(
                    "Have them seen at once by somebody who can decide on an emergency. Do not leave them alone."
                ),
                _(
                    "If they may be in danger and you cannot reach them: the emergency number, and whom they named to call."
                ),
            ],
        ),
        Triage.MODERATE: (
            _("Moderate: today"),
            [
                _("Have them assessed the same day by somebody trained for it."),
                _("Make or renew their safety plan with them."),
            ],
        ),
        Triage.LOW: (
            _("Low: go on looking"),
            [_("Look at it yourself, speak of it with them, and give them lines to call.")],
        ),
        Triage.NONE: (
            _("Nothing was said"),
            [_("That is no proof of safety. Ask again, each time you meet.")],
        ),
    }
