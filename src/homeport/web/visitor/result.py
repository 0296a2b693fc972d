"""The result page: every sentence and number it shows, from the readings of a visit."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from homeport.content.articles import Article, find_article
from homeport.web.visitor import map_drawing, numbers, questions, relationships
from homeport.web.visitor.map_drawing import Map
from homeport.web.visitor.numbers import Chance, Fact, Row
from homeport.web.visitor.reading import Difference, Reading, TooFew, differences, read
from homeport.web.visitor.state import Journey
from homeport.web.visitor.texts import frame
from homeport.web.visitor.texts.places import PLACES
from homeport.web.visitor.texts.shape import PlaceText
from homeport.web.visitor.words import Words


@dataclass(frozen=True, slots=True)
class Aspect:
    """How it tends to look in one kind of moment."""

    emblem: str
    title: str
    text: Words


@dataclass(frozen=True, slots=True)
class Person:
    """The result about one relationship."""

    id: str
    number: int
    title: Words
    about: str  # "about your mother"
    headline: Words
    lead: str
    counted: str
    map: Map
    calibrated: bool
    unit: str
    rows: tuple[Row, ...]
    sure_title: str
    sure: str
    chances: tuple[Chance, ...]
    areas_note: Words | str
    compared: str  # whom the chances are counted among, and how far they are settled; "" where there are none
    push_pull: bool
    push_pull_text: Words
    deeper: int  # heading level of the parts inside
    strength: Words
    aspects: tuple[Aspect, ...]
    helps: tuple[Words, ...]
    articles: tuple[Article, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A relationship with too few answers for a place on the map."""

    title: Words
    text: str


@dataclass(frozen=True, slots=True)
class Result:
    """The whole page. ``maps``: relationships side by side, one map for each set of questions."""

    people: tuple[Person, ...]
    missing: tuple[Missing, ...]
    maps: tuple[Map, ...]
    differences: tuple[str, ...]
    lead: Words | str
    apart: Words
    mixed: bool
    standing: str
    minor: bool
    intro: Words | str
    not_said: tuple[Words, ...]
    young_reads: tuple[Article, ...]
    may_give: bool

    @property
    def alone(self) -> Person | None:
        """The one relationship, where there is just one."""
        return self.people[0] if len(self.people) == 1 else None


def result(journey: Journey, language: str) -> Result:
    """Read every relationship of a visit. Raises StateError when its questions are not here any more."""
    forms = [questions.questionnaire(run, language) for run in journey.runs]
    outcomes = [read(run, form) for run, form in zip(journey.runs, forms, strict=True)]
    readings = [outcome for outcome in outcomes if isinstance(outcome, Reading)]
    several = len(readings) > 1
    people = tuple(
        _person(reading, number if several else 0, minor=journey.minor, language=language)
        for number, reading in enumerate(readings, start=1)
    )
    apart = tuple(_difference(each) for each in differences(readings))
    kinds = sorted({reading.key.reference for reading in readings})
    own = [
        form.words.standing
        for form, outcome in zip(forms, outcomes, strict=True)
        if form.words.standing and isinstance(outcome, Reading)
    ]
    return Result(
        people=people,
        missing=tuple(_missing(outcome) for outcome in outcomes if isinstance(outcome, TooFew)),
        maps=_maps(readings, kinds, minor=journey.minor) if several else (),
        differences=apart,
        lead=_lead(apart, mixed=len(kinds) > 1),
        apart=frame.APART,
        mixed=len(kinds) > 1,
        standing=own[0] if own else "",
        minor=journey.minor,
        intro=frame.YOUNG_INTRO if journey.minor else "",
        not_said=frame.NOT_SAID_YOUNG if journey.minor else frame.NOT_SAID,
        young_reads=_articles(frame.YOUNG_READS, language) if journey.minor else (),
        # Calibration needs grown-ups' answers to our own questions, and each visit gives once.
        may_give=bool(own) and not journey.minor and not journey.given,
    )


def _person(reading: Reading, number: int, *, minor: bool, language: str) -> Person:
    relationship = relationships.relationship(reading.relationship)
    text = PLACES[reading.anxiety.level, reading.avoidance.level]
    named = reading.calibrated and not minor
    slugs = (("push-pull",) if reading.push_pull else ()) + text.articles
    sure_title, sure = _sure(reading)
    return Person(
        id=reading.relationship,
        number=number,
        title=relationship.title,
        about=_("About %(who)s") % {"who": relationship.who},
        headline=text.headline,
        lead=text.lead % {"who": relationship.who},
        counted=_counted(reading),
        map=map_drawing.draw(
            [reading],
            [str(relationship.title)],
            key=f"m-{reading.relationship}",
            named=named,
            numbers=[number],
        ),
        calibrated=reading.calibrated,
        unit=numbers.unit(reading),
        rows=numbers.rows(reading, language),
        sure_title=sure_title,
        sure=sure,
        chances=numbers.chances(reading, named=named),
        areas_note=frame.AREAS_NOT_KINDS,
        compared=numbers.compared(reading),
        push_pull=reading.push_pull,
        push_pull_text=frame.PUSH_PULL,
        deeper=4 if number else 3,
        strength=text.strength,
        aspects=_aspects(text),
        helps=text.helps,
        articles=() if minor else _articles(slugs[:3], language),
        facts=numbers.facts(reading, minor=minor),
    )


def _aspects(text: PlaceText) -> tuple[Aspect, ...]:
    return (
        Aspect("rings", _("When you are close"), text.closeness),
        Aspect("bridge", _("When you argue"), text.conflict),
        Aspect("moon", _("When you are apart"), text.distance),
        Aspect("rain", _("When life is hard"), text.stress),
    )


def _lead(apart: tuple[str, ...], *, mixed: bool) -> Words | str:
    """The first sentence over several relationships."""
    if apart:
        return f"{apart[0]} {frame.DIFFERENT}"
    return frame.APART if mixed else frame.ALIKE


def _counted(reading: Reading) -> str:
    asked = ngettext(
        "You answered %(count)d question.", "You answered %(count)d questions.", reading.answered
    ) % {"count": reading.answered}
    return f"{asked} {frame.SURE_CALIBRATED if reading.calibrated else frame.SURE_SKETCH}"


def _sure(reading: Reading) -> tuple[str, str]:
    if not reading.calibrated:
        return _("What your answers add up to"), ""
    if reading.between is not None:
        return _("Between two areas"), str(frame.BETWEEN)
    return _("Mostly in one area"), str(frame.MOSTLY)


def _missing(outcome: TooFew) -> Missing:
    relationship = relationships.relationship(outcome.relationship)
    needed = ngettext(
        "With %(count)d more answer we can draw the map.",
        "With %(count)d more answers we can draw the map.",
        outcome.missing,
    ) % {"count": outcome.missing}
    return Missing(relationship.title, needed)


def _maps(readings: list[Reading], kinds: list[str], *, minor: bool) -> tuple[Map, ...]:
    """One map for each set of questions: places from different questions do not belong on one."""
    numbered = {reading.relationship: number for number, reading in enumerate(readings, start=1)}
    drawn: list[Map] = []
    for kind in kinds:
        together = [reading for reading in readings if reading.key.reference == kind]
        titles = [str(relationships.relationship(reading.relationship).title) for reading in together]
        drawn.append(
            map_drawing.draw(
                together,
                titles,
                key=f"all-{len(drawn) + 1}",
                named=together[0].calibrated and not minor,
                numbers=[numbered[reading.relationship] for reading in together],
            )
        )
    return tuple(drawn)


def _difference(difference: Difference) -> str:
    first, second = (relationships.relationship(each).who for each in (difference.first, difference.second))
    return _("About %(first)s and about %(second)s you answered quite differently.") % {
        "first": first,
        "second": second,
    }


def _articles(slugs: tuple[str, ...], language: str) -> tuple[Article, ...]:
    found = (find_article(slug, language) for slug in slugs)
    return tuple(article for article in found if article is not None)
