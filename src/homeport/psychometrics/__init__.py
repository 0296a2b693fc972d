"""Measuring, as a library of its own: scoring, profiles, adaptive testing, change, calibration.

NumPy is all it needs; calibration and differential item functioning also want the extra ``science``. Nothing
here knows Django: what comes in are plain numbers, arrays and mappings.
"""

from homeport.psychometrics.adaptive import AdaptiveState, AdaptiveStep, AdaptiveTest
from homeport.psychometrics.bank import ItemBank
from homeport.psychometrics.engine import AdaptiveRules
from homeport.psychometrics.estimation import Estimates, eap, eap_many
from homeport.psychometrics.graded import Estimate
from homeport.psychometrics.plane import Ellipse, normal_styles
from homeport.psychometrics.profile import AttachmentProfile, attachment_profile
from homeport.psychometrics.pushpull import Difference, PushPull, compare_relationships
from homeport.psychometrics.replaying import Replay, ReplaySummary, replay, summarise
from homeport.psychometrics.words import Part, Style

__all__ = [
    "AdaptiveRules",
    "AdaptiveState",
    "AdaptiveStep",
    "AdaptiveTest",
    "AttachmentProfile",
    "Difference",
    "Ellipse",
    "Estimate",
    "Estimates",
    "ItemBank",
    "Part",
    "PushPull",
    "Replay",
    "ReplaySummary",
    "Style",
    "attachment_profile",
    "compare_relationships",
    "eap",
    "eap_many",
    "normal_styles",
    "replay",
    "summarise",
]
