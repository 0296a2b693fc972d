"""The attachment profile: where a person stands on anxiety and avoidance, how sure that is, and in what area.

The four style words are areas of the plane, cut at the means of the calibration sample (0 on both scales). A
style is the posterior mass of its area, never a verdict; where none holds .80 the profile is "between" two.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from homeport.core.errors import HomeportError
from homeport.psychometrics.bank import ItemBank
from homeport.psychometrics.engine import joint_prior
from homeport.psychometrics.graded import Estimate, FloatArray
from homeport.psychometrics.plane import STYLES, Ellipse, area_masses, between, ellipse
from homeport.psychometrics.pushpull import PushPull, read_push_pull
from homeport.psychometrics.words import Part, Style, style_sentence

# Finer than for scoring, so that the mass on either side of a cut is right to a thousandth.
PLANE: FloatArray = np.linspace(-5.0, 5.0, 241)


@dataclass(frozen=True)
class AttachmentProfile:
    """anxiety, avoidance: estimates. correlation: of the two in the posterior. styles: chances, summing to 1.

    cut: where the areas are cut, on (anxiety, avoidance); it decides the chances and is shown beside them.
    between: the two likeliest styles when none holds .80, likeliest first; None otherwise. ellipse: the
    uncertainty region. push_pull: a reading of its own. answered: questions on each scale.
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
        return max(STYLES, key=lambda style: self.styles[style])

    @property
    def sentence_part(self) -> Part:
        """The plain sentence, as a message to translate and the values for its places."""
        return style_sentence(self.styles, self.between)

    @property
    def sentence(self) -> str:
        """One plain English sentence that says no more than the numbers do."""
        return str(self.sentence_part)


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
    Raises HomeportError when either scale has no answer, an answer is out of range, or an item is of neither.
    """
    unknown = [item for item in answers if item not in anxiety and item not in avoidance]
    if unknown:
        raise HomeportError(f"Question {unknown[0]} belongs to neither anxiety nor avoidance.")
    keyed = anxiety.keyed_person(answers), avoidance.keyed_person(answers)
    answered = int((keyed[0] >= 0).sum()), int((keyed[1] >= 0).sum())
    if not all(answered):
        raise HomeportError("A profile needs at least one answer on anxiety and one on avoidance.")
    mass = joint_posterior((anxiety, avoidance), keyed, correlation)
    first, second, across = _moments(mass)
    styles = area_masses(mass, PLANE, cut)
    return AttachmentProfile(
        anxiety=first,
        avoidance=second,
        correlation=across,
        styles=styles,
        cut=cut,
        between=between(styles),
        ellipse=ellipse(first, second, across, level),
        push_pull=read_push_pull((anxiety, avoidance), keyed, (first, second), styles),
        answered=answered,
    )


def joint_posterior(
    banks: tuple[ItemBank, ItemBank], keyed: tuple[np.ndarray, np.ndarray], correlation: float
) -> FloatArray:
    """The posterior over ``PLANE`` x ``PLANE`` (anxiety down, avoidance across), summing to 1."""
    likelihood = []
    for bank, row in zip(banks, keyed, strict=True):
        told = np.flatnonzero(row >= 0)
        log = bank.fine_log_probability(PLANE)[told, row[told]].sum(axis=0)
        likelihood.append(np.exp(log - log.max()))
    mass = likelihood[0][:, None] * joint_prior(correlation, PLANE) * likelihood[1][None, :]
    return np.asarray(mass / mass.sum(), dtype=np.float64)


def _moments(mass: FloatArray) -> tuple[Estimate, Estimate, float]:
    """Both estimates and the correlation of the posterior."""
    rows, columns = mass.sum(axis=1), mass.sum(axis=0)
    first, second = float(rows @ PLANE), float(columns @ PLANE)
    first_se = float(np.sqrt(rows @ (PLANE - first) ** 2))
    second_se = float(np.sqrt(columns @ (PLANE - second) ** 2))
    across = float((PLANE - first) @ mass @ (PLANE - second)) / (first_se * second_se)
    return Estimate(first, first_se), Estimate(second, second_se), across
