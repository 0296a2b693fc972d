"""From the content of a YAML file to a key. What a field may hold is decided here; what must agree, in `coherence`."""

import re
from dataclasses import dataclass
from typing import Any, get_args

from homeport.content.instruments.build_figures import (
    build_bands,
    build_caseness,
    build_change,
    build_norm,
    build_reliability,
    calibration_of,
    mark_of,
)
from homeport.content.instruments.canonical import digest
from homeport.content.instruments.coherence import check
from homeport.content.instruments.schema import (
    Ages,
    Algorithm,
    AlgorithmName,
    AnswerScale,
    Companion,
    Direction,
    Form,
    Item,
    ItemParameters,
    Key,
    Licence,
    Method,
    MissingRule,
    Note,
    Order,
    Scale,
    ShipWording,
    Source,
    Standing,
)
from homeport.content.instruments.strict import Fields

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_NAMESPACED = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*")


def build_key(content: Any, where: str) -> Key:
    """The key a YAML file says. Raises ContentError naming the place for anything unknown, missing or at odds."""
    fields = Fields(content, where)
    answer_scales = {entry.name: entry for entry in map(_answer_scale, fields.each("answer_scales"))}
    formats = fields.texts("formats")
    if missing := [name for name in formats if name not in answer_scales]:
        fields.fail(f"the response format {missing[0]!r} is not an answer scale.")
    items = tuple(_item(entry, number) for number, entry in enumerate(fields.each("items"), start=1))
    form = _Form(formats, answer_scales, items)
    key = Key(
        id=_shaped(fields, "id", _NAMESPACED),
        version=fields.integer("version"),
        title=fields.text("title"),
        abbreviation=fields.text("abbreviation"),
        aliases=fields.texts("aliases"),
        measures=fields.text("measures"),
        standing=fields.choice("standing", get_args(Standing)),
        formats=formats,
        answer_scales=answer_scales,
        presentation=fields.choice("presentation", ("fixed", "random")),
        period=fields.text("period"),
        items=items,
        orders=(_first_order(fields, items), *(_order(entry) for entry in fields.each("more_orders", []))),
        slots=fields.texts("slots", []),
        forms=tuple(_fixed_form(entry) for entry in fields.each("forms", [])),
        scales=tuple(_scale(entry, form) for entry in fields.each("scales")),
        algorithms=tuple(_algorithm(entry) for entry in fields.each("algorithms", [])),
        calibrations=tuple(calibration_of(entry, _parameters) for entry in fields.each("calibrations", [])),
        source=_source(fields.within("source")),
        licence=_licence(fields.within("licence")),
        codes=fields.words("codes", {}),
        ages=_ages(fields.within("ages")),
        notes=tuple(_note(entry) for entry in fields.each("notes", [])),
        companions=tuple(_companion(entry) for entry in fields.each("companions", [])),
        hash=digest(content),
    )
    fields.done()
    check(key, where)
    return key


@dataclass(frozen=True, slots=True)
class _Form:
    """What a scale needs to know of the whole: which items, answered how."""

    formats: tuple[str, ...]
    answer_scales: dict[str, AnswerScale]
    items: tuple[Item, ...]

    def extremes(self, items: list[Item], name: str) -> tuple[list[int], list[int]]:
        """Lowest and highest answers of these items in one response format."""
        scales = [self.answer_scales[item.answers or name] for item in items]
        return [scale.minimum for scale in scales], [scale.maximum for scale in scales]


def _shaped(fields: Fields, name: str, shape: re.Pattern[str]) -> str:
    value = fields.text(name)
    if not shape.fullmatch(value):
        fields.fail(f"{value!r} is not an id (lower-case letters, digits and hyphens).")
    return value


def _answer_scale(fields: Fields) -> AnswerScale:
    values = fields.items("values")
    if len(values) < 2 or not all(isinstance(value, int) and not isinstance(value, bool) for value in values):
        fields.fail("'values' must be at least two whole numbers.")
    if values != sorted(set(values)):
        fields.fail("'values' must ascend without repetition.")
    scale = AnswerScale(_shaped(fields, "name", _ID), tuple(values))
    fields.done()
    return scale


def _item(fields: Fields, number: int) -> Item:
    unscored = fields.text("unscored", "")
    item = Item(
        id=_shaped(fields, "id", _ID),
        number=number,
        reversed=fields.flag("reversed", False) if unscored else fields.flag("reversed"),
        scales=fields.texts("scales", []),
        answers=fields.text("answers") if fields.has("answers") else fields.raw("answers", None),
        tags=fields.texts("tags", []),
        unscored=unscored,
        same_as=fields.text("same_as") if fields.has("same_as") else fields.raw("same_as", None),
        codes=fields.words("codes", {}),
        fits=fields.texts("fits", []),
    )
    fields.done()
    return item


def _first_order(fields: Fields, items: tuple[Item, ...]) -> Order:
    name, note = fields.text("order", "published"), fields.text("order_note", "")
    return Order(name, tuple(item.id for item in items), note)


def _order(fields: Fields) -> Order:
    order = Order(_shaped(fields, "name", _ID), fields.texts("items"), fields.text("note", ""))
    fields.done()
    return order


def _fixed_form(fields: Fields) -> Form:
    form = Form(_shaped(fields, "name", _ID), fields.texts("slots"), fields.texts("items"))
    fields.done()
    return form


def _scale(fields: Fields, form: _Form) -> Scale:
    scale_id = _shaped(fields, "id", _ID)
    items = [item for item in form.items if scale_id in item.scales]
    method: Method = fields.choice("method", get_args(Method))
    multiplier = fields.number("multiplier", 1)
    directions: tuple[Direction, ...] = get_args(Direction)
    minimum, maximum = _range(method, multiplier, items, form)
    scale = Scale(
        id=scale_id,
        title=fields.text("title"),
        items=tuple(item.id for item in items),
        method=method,
        multiplier=multiplier,
        direction=fields.choice("direction", directions),
        missing=_missing(fields.within("missing")),
        mark=mark_of(fields),
        report=fields.flag("report", True),
        minimum=minimum,
        maximum=maximum,
        bands=tuple(build_bands(entry) for entry in fields.each("bands", [])),
        norms=tuple(build_norm(entry) for entry in fields.each("norms", [])),
        reliabilities=tuple(build_reliability(entry) for entry in fields.each("reliabilities", [])),
        changes=tuple(build_change(entry) for entry in fields.each("changes", [])),
        cases=tuple(build_caseness(entry) for entry in fields.each("cases", [])),
        note=fields.text("note", ""),
        codes=fields.words("codes", {}),
    )
    fields.done()
    return scale


def _range(
    method: Method, multiplier: float, items: list[Item], form: _Form
) -> tuple[dict[str, float], dict[str, float]]:
    """Lowest and highest possible score in each response format."""
    lowest: dict[str, float] = {}
    highest: dict[str, float] = {}
    for name in form.formats:
        low, high = form.extremes(items, name)
        if method.startswith("rfq8"):
            low, high = [0] * len(items), [3] * len(items)
        share = 1 if method == "sum" else max(len(items), 1)
        lowest[name] = multiplier * sum(low) / share
        highest[name] = multiplier * sum(high) / share
    return lowest, highest


def _missing(fields: Fields) -> MissingRule:
    rule = MissingRule(fields.integer("at_least"), mark_of(fields), fields.text("note", ""))
    fields.done()
    return rule


def _algorithm(fields: Fields) -> Algorithm:
    names: tuple[AlgorithmName, ...] = get_args(AlgorithmName)
    algorithm = Algorithm(
        name=fields.choice("name", names),
        outcomes=fields.texts("outcomes"),
        mark=mark_of(fields),
        source=fields.text("source"),
        note=fields.text("note", ""),
    )
    fields.done()
    return algorithm


def _parameters(fields: Fields) -> ItemParameters:
    parameters = ItemParameters(fields.text("item"), fields.number("a"), fields.numbers("b"))
    if parameters.a <= 0 or list(parameters.b) != sorted(set(parameters.b)):
        fields.fail("a slope is greater than 0 and thresholds ascend.")
    fields.done()
    return parameters


def _source(fields: Fields) -> Source:
    source = Source(fields.text("citation"), fields.text("doi", ""), mark_of(fields))
    fields.done()
    return source


def _licence(fields: Fields) -> Licence:
    ship: tuple[ShipWording, ...] = get_args(ShipWording)
    licence = Licence(fields.choice("ship_wording", ship), fields.text("statement"), mark_of(fields))
    fields.done()
    return licence


def _ages(fields: Fields) -> Ages:
    ages = Ages(
        fields.optional_integer("minimum"),
        fields.optional_integer("maximum"),
        mark_of(fields),
        fields.text("note", ""),
    )
    fields.done()
    return ages


def _note(fields: Fields) -> Note:
    note = Note(fields.text("text"), mark_of(fields), fields.flag("trap", False))
    fields.done()
    return note


def _companion(fields: Fields) -> Companion:
    companion = Companion(_shaped(fields, "id", _ID), fields.words("codes", {}), fields.text("note"))
    fields.done()
    return companion
