"""What the screens of the assessment show."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from homeport.web.visitor import questions, relationships
from homeport.web.visitor.reading import TooFew, read
from homeport.web.visitor.seal import seal
from homeport.web.visitor.state import Journey
from homeport.web.visitor.steps import Progress, Screen, Turn, progress


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a question."""

    value: int
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One person to think of."""

    id: str
    label: str
    hint: str
    chosen: bool


def sealed(journey: Journey) -> str:
    """The hidden field."""
    return seal(journey)


def context(turn: Turn, language: str) -> dict[str, Any]:
    """The template context of a turn's screen."""
    made = {"visit": seal(turn.journey), "complaint": turn.complaint}
    if turn.screen is Screen.QUESTION:
        made.update(_question(turn.journey, language))
    elif turn.screen is Screen.CHOOSE:
        made["choices"] = _choices(turn.journey)
    elif turn.screen is Screen.REST:
        made.update(_rest(turn.journey, language))
    return made


def _question(journey: Journey, language: str) -> dict[str, Any]:
    run = journey.run
    form = questions.questionnaire(run, language)
    assert run.asking is not None
    kept = (run.later or {}).get(run.asking)
    standing = progress(run, form)
    return {
        "whom": _whom(journey),
        "text": form.words.items[run.asking],
        "instruction": form.words.instruction if not run.answers else "",
        "options": [Option(value, label, value == kept) for value, label in form.words.options[run.asking]],
        "count": count_line(standing),
        "done": round(100 * standing.share),
        "words_language": form.words.language if form.words.language != language else "",
    }


def count_line(standing: Progress) -> str:
    """Such as "Question 7 of 24", or "Question 7, about 4 to 6 left"."""
    if standing.total is not None:
        return _("Question %(number)d of %(total)d") % {"number": standing.number, "total": standing.total}
    values = {"number": standing.number, "fewest": standing.fewest, "most": standing.most}
    if standing.most == 1:
        return _("Question %(number)d, perhaps the last one") % values
    if standing.fewest == standing.most:
        return _("Question %(number)d, about %(most)d left") % values
    return _("Question %(number)d, about %(fewest)d to %(most)d left") % values


def _whom(journey: Journey) -> str:
    about = _("About %(who)s") % {"who": relationships.relationship(journey.run.relationship).who}
    if len(journey.runs) == 1:
        return about
    return _("%(about)s, person %(at)d of %(all)d") % {
        "about": about,
        "at": journey.at + 1,
        "all": len(journey.runs),
    }


def _choices(journey: Journey) -> list[Choice]:
    chosen = {run.relationship for run in journey.runs}
    return [
        Choice(each.id, str(each.choice), str(each.hint), each.id in chosen) for each in relationships.ALL
    ]


def _rest(journey: Journey, language: str) -> dict[str, Any]:
    run = journey.run
    outcome = read(run, questions.questionnaire(run, language))
    following = journey.runs[journey.at + 1] if journey.at + 1 < len(journey.runs) else None
    skipped = run.passed_over
    return {
        "who": relationships.relationship(run.relationship).who,
        "next_who": relationships.relationship(following.relationship).who if following else "",
        "skipped": skipped,
        "skipped_line": ngettext(
            "You skipped %(count)d question.", "You skipped %(count)d questions.", skipped
        )
        % {"count": skipped},
        "missing": outcome.missing if isinstance(outcome, TooFew) else 0,
    }
