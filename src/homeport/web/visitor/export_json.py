"""The result as a JSON file: a documented, stable format (docs/reference/result-file.md).

A reader may rely on ``format`` and ``format_version``; the version rises when a field changes its meaning or goes.
"""

import json
from typing import Any

from homeport import __version__
from homeport.core import clock
from homeport.web.visitor import questions
from homeport.web.visitor.questions import RULES, AdaptiveForm, Questionnaire
from homeport.web.visitor.reading import Axis, Reading, TooFew, read
from homeport.web.visitor.state import Journey, Run

FORMAT = "homeport-attachment-result"
FORMAT_VERSION = 1


def document(journey: Journey, language: str) -> bytes:
    """The file, UTF-8. Raises StateError when the visit's questions are not here any more."""
    content = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "made_by": f"Homeport {__version__}",
        "made_on": clock.today().isoformat(),
        "language": language,
        "relationships": [_relationship(journey, run, language) for run in journey.runs],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _relationship(journey: Journey, run: Run, language: str) -> dict[str, Any]:
    form = questions.questionnaire(run, language)
    names = {item.number: item.id for item in form.key.items}
    outcome = read(run, form)
    return {
        "relationship": run.relationship,
        "instrument": {
            "id": form.key.id,
            "version": form.key.version,
            "title": form.key.title,
            "key_hash": form.key.hash,
            "standing": form.key.standing,
            "standing_in_words": form.words.standing or None,
            "wording_hash": form.words.hash,
            "wording_language": form.words.language,
            "response_format": run.format,
        },
        "method": _method(journey, run, form),
        "answers": [
            {"item": names[number], "number": number, "value": value} for number, value in run.answers
        ],
        "result": None if isinstance(outcome, TooFew) else _result(outcome),
    }


def _method(journey: Journey, run: Run, form: Questionnaire) -> dict[str, Any]:
    if not isinstance(form, AdaptiveForm):
        return {
            "kind": "fixed-form",
            "form": questions.FORM,
            "score": "mean",
            "error": "standard error of the mean",
        }
    calibration = form.key.calibration("anxiety", run.format)
    return {
        "kind": "adaptive",
        "model": "graded response, D = 1",
        "score": "expected a posteriori",
        "error": "posterior standard deviation",
        "stop_at_error": RULES.se,
        "chosen_among": RULES.exposure,
        "seed": questions.seed_of(journey, run),
        "compared_with": calibration.sample if calibration else "",
        "label": calibration.label if calibration else "",
    }


def _result(reading: Reading) -> dict[str, Any]:
    return {
        "unit": "standard deviations" if reading.calibrated else "mean answer",
        "anxiety": _axis(reading.anxiety, reading.cut[0]),
        "avoidance": _axis(reading.avoidance, reading.cut[1]),
        "areas": None
        if reading.styles is None
        else {style: round(share, 4) for style, share in reading.styles.items()},
        "between": None if reading.between is None else list(reading.between),
        "certain_from": 0.8 if reading.calibrated else None,
        "push_pull": reading.push_pull,
        "region": {"level": reading.region.level},
    }


def _axis(axis: Axis, cut: float) -> dict[str, Any]:
    return {
        "score": round(axis.value, 4),
        "error": round(axis.se, 4),
        "interval_95": [round(axis.low, 4), round(axis.high, 4)],
        "cut": cut,
        "bands": list(axis.touched) or None,
        "percentile": axis.percentile,
        "answered": axis.answered,
    }
