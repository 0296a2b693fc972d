"""The numbers of a result in words: the table beside the map, the chances, and how it was worked out."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from homeport.content.instruments.bank import band_words, languages
from homeport.psychometrics import Part, Style
from homeport.psychometrics.words import bands_phrase, chance
from homeport.web.visitor.map_drawing import corners
from homeport.web.visitor.questions import RULES
from homeport.web.visitor.reading import Axis, Reading, percentile
from homeport.web.visitor.texts import frame

STYLES: tuple[Style, ...] = ("secure", "anxious", "avoidant", "fearful")  # in the order of the map's corners


@dataclass(frozen=True, slots=True)
class Row:
    """One dimension in the table: its everyday name, the field's name, the number, its margin and its meaning."""

    name: str
    term: str
    value: str
    margin: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Chance:
    """One area: its name, its chance in words ("58 in 100") and as a share for the bar."""

    name: str
    words: str
    percent: int


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of "How this was worked out"."""

    name: str
    value: str


def translated(part: Part) -> str:
    """A part of the psychometrics library in the reader's language."""
    values = {
        name: translated(value) if isinstance(value, Part) else value for name, value in part.values.items()
    }
    return _(part.message).format(**values)


def rows(reading: Reading, language: str) -> tuple[Row, ...]:
    """The table: worry, then distance."""
    names = (
        (reading.anxiety, _("Worry about being left"), _("attachment anxiety")),
        (reading.avoidance, _("Keeping a distance"), _("attachment avoidance")),
    )
    return tuple(_row(axis, name, term, reading, language) for axis, name, term in names)


def _row(axis: Axis, name: str, term: str, reading: Reading, language: str) -> Row:
    if axis.percentile is not None:
        low, high = (percentile(end) for end in (axis.low, axis.high))
        margin = _("%(low)d to %(high)d in 100") % {"low": low, "high": high}
        return Row(name, term, _("%(count)d in 100") % {"count": axis.percentile}, margin, "")
    scale = reading.key.answers_for(reading.key.item_ids[0])
    ends = {"low": max(axis.low, scale.minimum), "high": min(axis.high, scale.maximum)}
    value = _("%(mean).1f of %(top)d") % {"mean": axis.value, "top": scale.maximum}
    return Row(name, term, value, _("%(low).1f to %(high).1f") % ends, _meaning(axis, language))


def _meaning(axis: Axis, language: str) -> str:
    """What a mean says: the words of its band, after the margin where that reaches into a second one."""
    words = band_words(axis.scale, axis.value, language if language in languages() else "en").text
    if len(axis.touched) == 1:
        return words
    phrase = translated(bands_phrase(axis.touched))
    return (
        f"{phrase[:1].upper()}{phrase[1:]}."
        if len(axis.touched) == 3
        else f"{phrase[:1].upper()}{phrase[1:]}. {words}"
    )


def unit(reading: Reading) -> str:
    """The head of the table's column of numbers."""
    return _("Higher than") if reading.calibrated else _("Your answers")


def chances(reading: Reading, *, named: bool) -> tuple[Chance, ...]:
    """The four areas, likeliest first; () for questions that are not calibrated."""
    if reading.styles is None:
        return ()
    names = dict(zip(STYLES, (corner.name for corner in corners(named=named)), strict=True))
    ordered = sorted(reading.styles.items(), key=lambda pair: -pair[1])
    return tuple(
        Chance(names[style], translated(chance(share)), round(100 * share)) for style, share in ordered
    )


def compared(reading: Reading) -> str:
    """Whom chances are counted among, where the areas are cut, how far that is settled; "" without chances."""
    if not reading.calibrated:
        return ""
    calibration = reading.key.calibration("anxiety", reading.run.format)
    assert calibration is not None
    settled = "provisional" not in calibration.label
    return str(frame.COMPARED) if settled else f"{frame.COMPARED} {frame.PROVISIONAL}"


def facts(reading: Reading, *, minor: bool) -> tuple[Fact, ...]:
    """Everything needed to check a result: instrument, version, hash, method, cut and sources with their marks."""
    key = reading.key
    written = key.source.citation
    if key.source.mark.provisional and reading.calibrated:
        written = _("%(source)s (still to be checked)") % {"source": written}
    shared = (
        Fact(_("Questions"), f"{key.title} ({key.reference})"),
        Fact(_("Written by"), written),
        Fact(_("Fingerprint of the scoring key"), key.hash),
        Fact(_("Fingerprint of the wording"), reading.wording_hash),
    )
    if reading.calibrated:
        return (*shared, *_calibrated_facts(reading))
    # Young people read no style words at all.
    names = () if minor else (Fact(_("Names of the corners"), str(frame.CORNER_NAMES)),)
    return (*shared, *_sketch_facts(reading), *names)


def _sketch_facts(reading: Reading) -> tuple[Fact, ...]:
    bands = reading.key.scale("anxiety").bands[0]
    return (
        Fact(
            _("How"),
            _("The mean of your answers on each scale. Half of the lines count the other way round."),
        ),
        Fact(
            _("Margin"),
            _(
                "1.96 times the spread of your own answers, divided by the root of their number. The spread is never "
                "taken as less than what whole numbers hide."
            ),
        ),
        Fact(_("Lines between low, middle and high"), f"{bands.source}."),
        Fact(_("Standing"), _("Not yet validated. There are no percentages, on purpose.")),
    )


def _calibrated_facts(reading: Reading) -> tuple[Fact, ...]:
    calibration = reading.key.calibration("anxiety", reading.run.format)
    assert calibration is not None
    worry, distance = reading.anxiety, reading.avoidance
    estimates = _(
        "Anxiety %(a).2f (error %(ae).2f), avoidance %(v).2f (error %(ve).2f), in standard deviations."
    )
    return (
        Fact(
            _("How"),
            _(
                "Graded response model. Each question was picked to tell most, until the error was %(se).2f "
                "or none were left."
            )
            % {"se": RULES.se},
        ),
        Fact(
            _("Estimates"),
            estimates % {"a": worry.value, "ae": worry.se, "v": distance.value, "ve": distance.se},
        ),
        Fact(_("Compared with"), f"{calibration.sample}, N {calibration.n:,}. {calibration.source}."),
        Fact(_("Standing of these numbers"), calibration.label),
        Fact(
            _("Where the areas are cut"),
            _("At the means of that group (0 on both scales). Another cut gives other chances."),
        ),
    )
