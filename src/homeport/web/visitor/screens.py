"""What the screens of the assessment show."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from homeport.web.visitor import questions, relationships
from homeport.web.visitor.reading import TooFew, read
from homeport.web.visitor.seal import seal
from homeport.web.visitor.state import Journey
from homeport.web.visitor.stencil import stencil
from homeport.web.visitor.steps import Progress, Screen, Turn, progress


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


def draw(turn: Turn, language: str) -> SafeString:
    """The screen of a turn."""
    if turn.screen is Screen.QUESTION:
        return _question(turn, language)
    context: dict[str, Any] = {"visit": seal(turn.journey), "complaint": turn.complaint}
    if turn.screen is Screen.CHOOSE:
        context["choices"] = _choices(turn.journey)
    elif turn.screen is Screen.REST:
        context.update(_rest(turn.journey, language))
    return render_to_string(f"web/check/{turn.screen}.html", context)


GAPS = ("visit", "whom", "text", "choices", "count", "done", "instruction", "complaint")


def _question(turn: Turn, language: str) -> SafeString:
    journey, run = turn.journey, turn.journey.run
    form = questions.questionnaire(run, language)
    assert run.asking is not None
    kept = (run.later or {}).get(run.asking)
    standing = progress(run, form)
    # What is left out of the page altogether is not a gap: the template decides on it while it is drawn.
    absent = {"instruction": ""} if run.answers else {}
    if not turn.complaint:
        absent["complaint"] = ""
    spoken = form.words.language if form.words.language != language else ""
    gaps = tuple(gap for gap in GAPS if gap not in absent)
    return stencil("web/check/question.html", language, gaps, words_language=spoken, **absent).fill(
        {
            "visit": seal(journey),
            "whom": _whom(journey),
            "text": form.words.items[run.asking],
            "choices": _answers(form.words.options[run.asking], kept),
            "count": count_line(standing),
            "done": round(100 * standing.share),
            "instruction": form.words.instruction,
            "complaint": turn.complaint,
        }
    )


@lru_cache(maxsize=512)
def _answers(options: tuple[tuple[int, str], ...], chosen: int | None) -> SafeString:
    """The answers of a question, drawn once: the same for everybody."""
    return render_to_string("web/check/parts/choices.html", {"options": options, "chosen": chosen})


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
