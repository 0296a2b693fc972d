"""The result as a tagged PDF (PDF/UA-1), set by Typst from a template of ours.

Whatever a visitor or a practice wrote goes in as JSON data and is set as plain text, never as markup. The fonts are those
inside Typst's own wheel; nothing is looked up on the machine or the network.
"""

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

import typst
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from homeport.core import clock
from homeport.web.visitor.map_drawing import Map
from homeport.web.visitor.result import Person, Result, result
from homeport.web.visitor.state import Journey, StateError

LETTER_COUNTRIES = ("en-us", "en-ca", "fr-ca")


def document(journey: Journey, language: str) -> bytes:
    """The file. Raises StateError where there is nothing to put into it."""
    found = result(journey, language)
    if not found.people:
        raise StateError("There is no result to take along yet.")
    data = json.dumps(_data(found, language), ensure_ascii=False, default=str)
    compiled = typst.compile(
        _template(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        pdf_standards=["ua-1"],
    )
    assert isinstance(compiled, bytes)
    return compiled


@lru_cache(maxsize=1)
def _template() -> bytes:
    return (files("homeport.web") / "typst" / "result.typ").read_bytes()


def _data(found: Result, language: str) -> dict[str, Any]:
    today = clock.today()
    heading = ngettext("You, with %(count)d person", "You, with %(count)d people", len(found.people)) % {
        "count": len(found.people)
    }
    return {
        "title": _("A place on the map"),
        "language": language.split("-", maxsplit=1)[0],
        "paper": "us-letter" if language.lower() in LETTER_COUNTRIES else "a4",
        "footer": _("Homeport, %(day)s. A picture of one day, kept by you alone.")
        % {"day": today.isoformat()},
        "heading": heading,
        "intro": found.intro,
        "people": [_person(person, found) for person in found.people],
        "maps": [_drawing(drawn) for drawn in found.maps],
        "differences": [found.lead, *found.differences[1:]],
        "missing": [f"{each.title}: {each.text}" for each in found.missing],
        "not_said": list(found.not_said),
        "words": _words(),
    }


def _person(person: Person, found: Result) -> dict[str, Any]:
    return {
        "title": person.title,
        "about": person.about,
        "headline": person.headline,
        "lead": person.lead,
        "map": _drawing(person.map),
        "counted": person.counted,
        "sure_title": person.sure_title,
        "sure": person.sure,
        "chances": [[chance.name, chance.words] for chance in person.chances],
        "meanings": [[row.name, row.meaning] for row in person.rows if row.meaning],
        "unit": person.unit,
        "rows": [[row.name, row.value, row.margin] for row in person.rows],
        "note": f"{person.areas_note} {person.compared}" if person.calibrated else found.standing,
        "push_pull": person.push_pull_text if person.push_pull else "",
        "aspects": [[aspect.title, aspect.text] for aspect in person.aspects],
        "strength": person.strength,
        "helps": list(person.helps),
        "facts": [[fact.name, fact.value] for fact in person.facts],
    }


def _drawing(drawn: Map) -> dict[str, str]:
    return {"svg": render_to_string("web/check/map.svg", {"map": drawn}), "alt": drawn.description}


def _words() -> dict[str, str]:
    return {
        "area": _("Area of the map"),
        "chance": _("How likely"),
        "what": _("What"),
        "could_be": _("Could be"),
        "push_pull": _("A pull in two directions"),
        "looks_like": _("What it often looks like"),
        "brings": _("What you bring"),
        "helps": _("What can help"),
        "worked_out": _("How this was worked out"),
        "not_said": _("What this does not say"),
        "help": _(
            "If you need help now, open Homeport and choose “Help now”, or call your emergency number."
        ),
    }
