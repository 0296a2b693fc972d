"""The attachment profile: where a person stands on anxiety and avoidance, how sure that is, and in what area.

The four style words are areas of the plane, cut at the means of the calibration sample (0 on both scales). A style
is the posterior mass of its area, never a verdict; where none holds .80 the profile is "between" two.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from homeport.psychometrics.bank import ItemBank
from homeport.psychometrics.graded import Estimate

Style = Literal["secure", "anxious", "avoidant", "fearful"]
STYLES: tuple[Style, ...] = ("secure", "anxious", "avoidant", "fearful")
CERTAIN = 0.80


@dataclass(frozen=True)
class Ellipse:
    """A region that holds the person with chance ``level``, in the units of the scales.

    centre: (anxiety, avoidance). semi_major, semi_minor: half axes. angle: of the major axis, degrees
    counter-clockwise from the anxiety axis, above -90 and at most 90.
    """

    centre: tuple[float, float]
    semi_major: float
    semi_minor: float
    angle: float
    level: float


@dataclass(frozen=True)
class PushPull:
    """Push-pull, a reading of its own: wanting closeness and fleeing it.

    both_raised: both scales lie above their cut, each with a chance of .80 or more. contradiction: how far the
    answers to questions worded one way pull against those worded the other way, as a z value (None: too few
    to tell). contradicts: beyond 1.96. differs: two relationships whose profiles differ beyond chance.
    """

    both_raised: bool
    contradiction: float | None
    contradicts: bool
    differs: tuple[str, str] | None = None

    @property
    def present(self) -> bool:
        """Both raised and contradictory answers, or profiles that differ across relationships."""
        return (self.both_raised and self.contradicts) or self.differs is not None


@dataclass(frozen=True)
class AttachmentProfile:
    """anxiety, avoidance: estimates. correlation: of the two in the posterior. styles: chances, summing to 1.

    cut: where the areas are cut, on (anxiety, avoidance). between: the two likeliest styles when none holds
    .80, likeliest first; None otherwise. ellipse: the uncertainty region. answered: questions on each scale.
    """

    anxiety: Estimate
    avoidance: Estimate
    correlation: float
    styles: Mapping[Style, float]
    cut: tuple[float, float]
    between: tuple[Style, Style] | None
    ellipse: Ellipse
    push_pull: PushPull
    answered: tuple[int, int]

    @property
    def leading(self) -> Style:
        """The likeliest style. Never to be shown without its chance, nor alone when ``between`` is set."""
        return max(self.styles, key=lambda style: self.styles[style])

    @property
    def sentence(self) -> str:
        """One plain English sentence that says no more than the numbers do."""
        raise NotImplementedError


def attachment_profile(
    answers: Mapping[str, float | None],
    anxiety: ItemBank,
    avoidance: ItemBank,
    *,
    correlation: float = 0.0,
    cut: tuple[float, float] = (0.0, 0.0),
    level: float = 0.95,
) -> AttachmentProfile:
    """The profile of one person from raw answers by item id (None or absent: missing).

    correlation: of the two traits in the calibration sample, for the prior. cut: on the scales' own units;
    0 is the calibration sample's mean. level: of the uncertainty region.
    Raises HomeportError when either scale has no answer, or an answer is out of range.
    """
    raise NotImplementedError
