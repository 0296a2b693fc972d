"""Measuring, as a library of its own: scoring, profiles, adaptive testing, change, calibration.

NumPy is all it needs; calibration and differential item functioning also want the extra ``science``. Nothing
here knows Django: what comes in are plain numbers, arrays and mappings.
"""

from homeport.psychometrics.adaptive import AdaptiveState, AdaptiveStep, AdaptiveTest
from homeport.psychometrics.apart import Difference, compare_relationships
from homeport.psychometrics.bank import ItemBank
from homeport.psychometrics.change import ChangeThreshold, adaptive_change, reliable_change
from homeport.psychometrics.engine import AdaptiveRules
from homeport.psychometrics.estimation import Estimates, eap, eap_many
from homeport.psychometrics.graded import Estimate
from homeport.psychometrics.plane import Ellipse, normal_styles
from homeport.psychometrics.profile import AttachmentProfile, attachment_profile
from homeport.psychometrics.pushpull import PushPull
from homeport.psychometrics.reliability import alpha, omega
from homeport.psychometrics.replaying import Replay, ReplaySummary, replay, summarise
from homeport.psychometrics.scoring import MissingRule, ScaleItem, ScaleRule, ScaleScore, score, score_many
from homeport.psychometrics.words import Part, Style

__all__ = [
    "AdaptiveRules",
    "AdaptiveState",
    "AdaptiveStep",
    "AdaptiveTest",
    "AttachmentProfile",
    "ChangeThreshold",
    "Difference",
    "Ellipse",
    "Estimate",
    "Estimates",
    "ItemBank",
    "MissingRule",
    "Part",
    "PushPull",
    "Replay",
    "ReplaySummary",
    "ScaleItem",
    "ScaleRule",
    "ScaleScore",
    "Style",
    "adaptive_change",
    "alpha",
    "attachment_profile",
    "compare_relationships",
    "eap",
    "eap_many",
    "normal_styles",
    "omega",
    "reliable_change",
    "replay",
    "score",
    "score_many",
    "summarise",
]
