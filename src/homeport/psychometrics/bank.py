"""A calibrated set of items for one scale, with the tables that make scoring and adaptive testing fast."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from homeport.core.errors import HomeportError
from homeport.psychometrics import graded
from homeport.psychometrics.graded import FloatArray

MISSING = -1
# Mirt's default of 21 points is biased on long scales; 61 on +-5 is not.
NODES: FloatArray = np.linspace(-5.0, 5.0, 61)
# Where information is looked up: steps of .01 are far below any standard error.
FINE_STEP = 0.01
FINE: FloatArray = np.linspace(-5.0, 5.0, 1001)
_FLOOR = 1e-300  # keeps log(0) of a category that does not exist finite: it is only ever multiplied by zero


@dataclass(frozen=True, eq=False)
class ItemBank:
    """The items of one scale under the graded response model (D = 1).

    scale: its name, such as "anxiety". items: ids, in order. a: slopes, (items,). b: thresholds for keyed
    answers >= 1, >= 2, ...; (items, most thresholds), padded with +inf for items with fewer categories.
    reversed: which items count backwards. low: the raw answer that is the lowest category (1 for 1 to 5).
    """

    scale: str
    items: tuple[str, ...]
    a: FloatArray
    b: FloatArray
    reversed: tuple[bool, ...]
    low: int = 0
    _position: dict[str, int] = field(init=False, repr=False, default_factory=dict)
    _fine: dict[str, FloatArray] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Raises HomeportError when the parts do not fit together."""
        object.__setattr__(self, "a", np.ascontiguousarray(self.a, dtype=np.float64))
        object.__setattr__(self, "b", np.ascontiguousarray(self.b, dtype=np.float64))
        graded.check_parameters(self.a, self.b)
        if len(self.items) != self.a.shape[0] or len(self.reversed) != len(self.items):
            raise HomeportError(f"The bank {self.scale} needs one slope and one key for each of its items.")
        if len(set(self.items)) != len(self.items):
            raise HomeportError(f"The bank {self.scale} names an item twice.")
        self._position.update({item: index for index, item in enumerate(self.items)})

    @classmethod
    def of(
        cls,
        scale: str,
        parameters: Mapping[str, tuple[float, Sequence[float]]],
        *,
        reversed_items: Sequence[str] = (),
        low: int = 0,
    ) -> "ItemBank":
        """A bank from ``{item id: (a, (b1, b2, ...))}``; items may differ in their number of thresholds."""
        most = max((len(b) for _, b in parameters.values()), default=0)
        b = np.full((len(parameters), most), np.inf)
        for row, (_, thresholds) in enumerate(parameters.values()):
            b[row, : len(thresholds)] = thresholds
        a = np.array([slope for slope, _ in parameters.values()], dtype=np.float64)
        unknown = set(reversed_items) - set(parameters)
        if unknown:
            raise HomeportError(f"The bank {scale} has no item {min(unknown)} to reverse.")
        return cls(scale, tuple(parameters), a, b, tuple(i in set(reversed_items) for i in parameters), low)

    def __len__(self) -> int:
        return len(self.items)

    def __contains__(self, item: object) -> bool:
        return item in self._position

    def position(self, item: str) -> int:
        """Where the item stands in the bank. Raises HomeportError when it is not one of its items."""
        try:
            return self._position[item]
        except KeyError:
            raise HomeportError(f"The bank {self.scale} has no item {item}.") from None

    @cached_property
    def categories(self) -> NDArray[np.int64]:
        """How many answers each item has, (items,)."""
        return np.asarray(np.isfinite(self.b).sum(axis=1) + 1, dtype=np.int64)

    def keyed(self, item: str, raw: float | None) -> int:
        """The keyed answer (0 = lowest) of one raw answer; -1 for None.

        Raises HomeportError when the item is unknown or the answer is not one of its answers.
        """
        index = self.position(item)
        if raw is None:
            return MISSING
        top = int(self.categories[index]) - 1
        value = int(raw) - self.low if float(raw).is_integer() else MISSING
        if not 0 <= value <= top:
            raise HomeportError(
                f"Question {item} takes a whole number from {self.low} to {self.low + top}; {raw} is none."
            )
        return top - value if self.reversed[index] else value

    def keyed_person(self, raw: Mapping[str, float | None]) -> NDArray[np.int8]:
        """Keyed answers of one person, (items,), from raw answers by item id; what is absent is -1.

        Ids of other banks are passed over, so that one mapping can serve several scales.
        Raises HomeportError for an answer out of range.
        """
        row = np.full(len(self.items), MISSING, dtype=np.int8)
        for index, item in enumerate(self.items):
            if item in raw:
                row[index] = self.keyed(item, raw[item])
        return row

    def keyed_many(self, raw: NDArray[np.generic]) -> NDArray[np.int8]:
        """Keyed answers of many people, (people, items), from raw numbers in the bank's item order.

        NaN and anything that is not one of the item's answers becomes -1: whoever reads a file counts and
        reports those first. Raises HomeportError when the number of columns is not the number of items.
        """
        values = np.asarray(raw)
        if values.ndim != 2 or values.shape[1] != len(self.items):
            raise HomeportError(f"The scale {self.scale} needs {len(self.items)} columns of answers.")
        if not np.issubdtype(values.dtype, np.integer):
            numbers = values.astype(np.float64)
            whole = np.isfinite(numbers) & (np.floor(numbers) == numbers) & (np.abs(numbers) < 30_000)
            values = np.where(whole, numbers, self.low - 1).astype(np.int32)
        top = (self.categories - 1).astype(values.dtype)
        shifted = values - values.dtype.type(self.low)
        inside = (shifted >= 0) & (shifted <= top)
        flipped = np.where(np.array(self.reversed), top - shifted, shifted)
        return np.where(inside, flipped, MISSING).astype(np.int8)

    def probabilities(self, theta: float | FloatArray) -> FloatArray:
        """The chance of each category; S + (items, categories) for theta of shape S."""
        return graded.probabilities(theta, self.a, self.b)

    def information(self, theta: float | FloatArray) -> FloatArray:
        """Information of each item; S + (items,) for theta of shape S."""
        return graded.information(theta, self.a, self.b)

    def expected_scores(self, theta: float | FloatArray) -> FloatArray:
        """Expected keyed answer of each item; S + (items,) for theta of shape S."""
        return graded.expected_scores(theta, self.a, self.b)

    def log_probability_at(self, nodes: FloatArray) -> FloatArray:
        """log P_k at the nodes, (items, categories, nodes)."""
        chance = self.probabilities(nodes)
        return np.ascontiguousarray(np.log(np.maximum(chance, _FLOOR)).transpose(1, 2, 0))

    @cached_property
    def log_probability(self) -> FloatArray:
        """log P_k at the 61 standard nodes, (items, categories, 61). Computed once."""
        return self.log_probability_at(NODES)

    @cached_property
    def information_table(self) -> FloatArray:
        """Information of each item at the places of ``FINE``, (1001, items). Computed once."""
        return self.information(FINE)

    def fine_log_probability(self, nodes: FloatArray) -> FloatArray:
        """As :meth:`log_probability_at`, kept for the next person scored at the same nodes."""
        if "nodes" not in self._fine or self._fine["nodes"] is not nodes:
            self._fine.update(nodes=nodes, table=self.log_probability_at(nodes))
        return self._fine["table"]
