"""What a scoring key says. A key holds numbers and rules, never the wording of an item.

Everything here is an immutable value, built and checked by ``load_key``. Where a figure is shown, its ``mark``
goes with it: ``mark.provisional`` means the page says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from homeport.content.instruments.figures import Bands, Caseness, Change, Norm, Reliability
from homeport.content.instruments.marks import Mark

# Scoring rules are named functions of `homeport.psychometrics`; a key names one, it never contains one.
Method = Literal["mean", "sum", "rfq8-certainty", "rfq8-uncertainty"]
AlgorithmName = Literal["phq9", "pcl5", "itq"]
Direction = Literal["lower-is-better", "higher-is-better"]
Standing = Literal["published", "experimental", "not-validated"]
ShipWording = Literal["yes", "verbatim", "non-commercial", "ask", "no", "own"]


@dataclass(frozen=True, slots=True)
class AnswerScale:
    """The values an answer may take, ascending, for example 0, 1, 2, 3. Labels belong to the wording."""

    name: str
    values: tuple[int, ...]

    @property
    def minimum(self) -> int:
        """The lowest value."""
        return self.values[0]

    @property
    def maximum(self) -> int:
        """The highest value."""
        return self.values[-1]

    def reverse(self, value: int) -> int:
        """``maximum + minimum - value``: the value of a reversed item."""
        return self.maximum + self.minimum - value


@dataclass(frozen=True, slots=True)
class Item:
    """One question by its stable id. ``number`` is its place in the first order (1-based)."""

    id: str
    number: int
    reversed: bool
    scales: tuple[str, ...]  # ids of the scales that use it; empty only with `unscored`
    answers: str | None  # name of the item's own answer scale; None: the response format of the form
    tags: tuple[str, ...]
    unscored: str  # why no scale uses it; "" when one does
    same_as: str | None  # "attachment.ecr:q02" where the item is another key's item
    codes: Mapping[str, str]  # for example {"loinc": "44260-8"}
    fits: tuple[str, ...]  # slots the item reads naturally for; () means every slot of the key

    @property
    def risk(self) -> bool:
        """True for an answer that must reach a human. It is never guessed when missing."""
        return "risk" in self.tags


@dataclass(frozen=True, slots=True)
class MissingRule:
    """A score is due when at least ``at_least`` items are answered and no risk item of the scale is missing.

    A mean is then the mean of the answered items; a sum is ``mean of the answered * number of items``. With
    ``at_least`` equal to the number of items nothing is ever filled in.
    """

    at_least: int
    mark: Mark
    note: str


@dataclass(frozen=True, slots=True)
class Scale:
    """One score: which items, how they are joined, and everything needed to read the number.

    ``score = multiplier * method(keyed answers)``. Figures name their response format ("" means any).
    """

    id: str
    title: str
    items: tuple[str, ...]
    method: Method
    multiplier: float
    direction: Direction
    missing: MissingRule
    mark: Mark  # of the item list and the reversals
    report: bool  # False: kept for importing old results, never shown to a person as a result
    minimum: Mapping[str, float]  # lowest possible score by response format
    maximum: Mapping[str, float]
    bands: tuple[Bands, ...]
    norms: tuple[Norm, ...]
    reliabilities: tuple[Reliability, ...]
    changes: tuple[Change, ...]  # the first is the one used; others are shown beside it
    cases: tuple[Caseness, ...]
    note: str
    codes: Mapping[str, str]

    @property
    def change(self) -> Change | None:
        """The change threshold in use, or None where none is agreed."""
        return self.changes[0] if self.changes else None


@dataclass(frozen=True, slots=True)
class Algorithm:
    """A named classification in `homeport.psychometrics`, given the scored items in the order of their numbers."""

    name: AlgorithmName
    outcomes: tuple[str, ...]
    mark: Mark
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Order:
    """One order in which the items circulate: item ids, first to last."""

    name: str
    items: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Form:
    """A fixed short form: for these slots, these items in this order."""

    name: str
    slots: tuple[str, ...]
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemParameters:
    """Graded response model, logistic (D = 1): slope ``a``, ascending thresholds ``b`` after reversal."""

    item: str
    a: float
    b: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Item parameters of one scale with their provenance. ``formats``: the response formats they hold for."""

    scale: str
    formats: tuple[str, ...]
    model: Literal["graded"]
    n: int
    sample: str
    source: str
    label: str  # shown beside every estimate, for example "provisional, web sample, 5-point"
    mark: Mark
    provisional: bool  # True: say so wherever an estimate is shown
    marginal_reliability: float | None
    items: tuple[ItemParameters, ...]

    def item(self, item_id: str) -> ItemParameters:
        """The parameters of one item. Raises KeyError for an item without them."""
        for parameters in self.items:
            if parameters.item == item_id:
                return parameters
        raise KeyError(item_id)


@dataclass(frozen=True, slots=True)
class Source:
    """Where an instrument was published."""

    citation: str
    doi: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Licence:
    """Whether the published wording may be shipped, and on what ground. Keys hold no wording either way."""

    ship_wording: ShipWording
    statement: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Ages:
    """Ages in years, both ends included; None where open."""

    minimum: int | None
    maximum: int | None
    mark: Mark
    note: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader must know. ``trap`` marks what is often done wrong elsewhere."""

    text: str
    mark: Mark
    trap: bool


@dataclass(frozen=True, slots=True)
class Companion:
    """A question that circulates with the form but is not part of this key: importers drop it and say so."""

    id: str
    codes: Mapping[str, str]
    note: str


@dataclass(frozen=True, slots=True)
class Key:
    """One version of one scoring key. ``hash`` is the SHA-256 of its content, see ``canonical.digest``."""

    id: str
    version: int
    title: str
    abbreviation: str
    aliases: tuple[str, ...]
    measures: str  # trauma, attachment, emotion-regulation, ...
    standing: Standing
    formats: tuple[str, ...]  # names of answer scales usable for the whole form; the first is the default
    answer_scales: Mapping[str, AnswerScale]
    presentation: Literal["fixed", "random"]
    period: str  # what time the questions ask about
    items: tuple[Item, ...]
    orders: tuple[Order, ...]
    slots: tuple[str, ...]  # relationships the items can be asked about; () where the wording fixes it
    forms: tuple[Form, ...]
    scales: tuple[Scale, ...]
    algorithms: tuple[Algorithm, ...]
    calibrations: tuple[Calibration, ...]
    source: Source
    licence: Licence
    codes: Mapping[str, str]
    ages: Ages
    notes: tuple[Note, ...]
    companions: tuple[Companion, ...]
    hash: str

    @property
    def reference(self) -> str:
        """``id@version``: what every stored answer carries."""
        return f"{self.id}@{self.version}"

    @property
    def item_ids(self) -> tuple[str, ...]:
        """All item ids in the order of their numbers."""
        return tuple(item.id for item in self.items)

    def item(self, item_id: str) -> Item:
        """The item with this id. Raises KeyError."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)

    def scale(self, scale_id: str) -> Scale:
        """The scale with this id. Raises KeyError."""
        for scale in self.scales:
            if scale.id == scale_id:
                return scale
        raise KeyError(scale_id)

    def answers_for(self, item_id: str, response_format: str = "") -> AnswerScale:
        """The answer scale of an item under a response format ("" is the default). Raises KeyError."""
        own = self.item(item_id).answers
        if response_format and response_format not in self.formats:
            raise KeyError(response_format)
        return self.answer_scales[own or response_format or self.formats[0]]

    def calibration(self, scale_id: str, response_format: str = "") -> Calibration | None:
        """Item parameters of a scale in a response format, or None: then there is a mean and a band only."""
        wanted = response_format or self.formats[0]
        for calibration in self.calibrations:
            if calibration.scale == scale_id and wanted in calibration.formats:
                return calibration
        return None
