"""The figures beside a scale: bands, norms, reliability, change, caseness; each with its source and mark."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from homeport.content.instruments.marks import Mark

Comparison = Literal["at-least", "above", "at-most", "below"]


@dataclass(frozen=True, slots=True)
class Band:
    """A named stretch of a scale up to the next band's start. ``start`` itself is in it unless ``open``."""

    id: str
    start: float
    open: bool


@dataclass(frozen=True, slots=True)
class Bands:
    """Bands of one scale in one response format ("" means any), lowest first."""

    format: str
    bands: tuple[Band, ...]
    source: str
    mark: Mark

    def band(self, score: float) -> Band:
        """The band a score falls in; a score below the first start belongs to the first band."""
        found = self.bands[0]
        for band in self.bands[1:]:
            if score > band.start or (score == band.start and not band.open):
                found = band
        return found


@dataclass(frozen=True, slots=True)
class Norm:
    """Mean and standard deviation in a named sample; percentiles where they were read or computed."""

    format: str
    sample: str
    group: str  # "", "women", "18-24", ...
    n: int | None
    mean: float
    sd: float | None
    per_item: bool  # True: mean and sd are of the mean answer, not of the sum
    percentiles: Mapping[int, float]  # percentile -> score
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Reliability:
    """A reliability coefficient; ``high`` is given where a range was reported."""

    kind: Literal["alpha", "omega", "retest"]
    value: float
    high: float | None
    sample: str
    source: str
    mark: Mark
    format: str


@dataclass(frozen=True, slots=True)
class ChangeFormula:
    """``value = 1.96 * sqrt(2) * sd * sqrt(1 - r)``: the reliable change index (Jacobson & Truax 1991)."""

    sd: float
    r: float
    r_type: Literal["alpha", "retest", "latent-retest"]
    value: float
    assumed: bool  # True where the SD is an illustration, not a reading
    mark: Mark  # the weaker of the marks of sd and r: the value itself is computed from them


@dataclass(frozen=True, slots=True)
class Change:
    """The difference that counts as change. Kind "minimal": people notice it, statistics cannot vouch for it."""

    kind: Literal["reliable", "minimal"]
    format: str
    threshold: float
    sample: str
    source: str
    mark: Mark
    note: str
    formulas: tuple[ChangeFormula, ...]
    end_state: float | None  # the score a clinically significant change must reach, where published

    @property
    def provisional(self) -> bool:
        """True where the page must say so: the threshold's own mark, or what it was computed from, is provisional."""
        computed = self.mark is Mark.CALC and bool(self.formulas)
        return self.mark.provisional or (computed and self.formulas[0].mark.provisional)

    @property
    def sd(self) -> float | None:
        """Standard deviation of the first formula."""
        return self.formulas[0].sd if self.formulas else None

    @property
    def r(self) -> float | None:
        """Reliability of the first formula."""
        return self.formulas[0].r if self.formulas else None

    @property
    def r_type(self) -> str | None:
        """Kind of that reliability."""
        return self.formulas[0].r_type if self.formulas else None


@dataclass(frozen=True, slots=True)
class Caseness:
    """A cut-off. A screen is not a diagnosis: ``note`` says what the cut was made for."""

    comparison: Comparison
    cut: float
    group: str
    format: str
    source: str
    mark: Mark
    note: str

    def met(self, score: float) -> bool:
        """Whether a score is on the clinical side of the cut."""
        return {
            "at-least": score >= self.cut,
            "above": score > self.cut,
            "at-most": score <= self.cut,
            "below": score < self.cut,
        }[self.comparison]
