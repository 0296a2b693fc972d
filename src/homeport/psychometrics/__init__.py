"""Measuring, as a library of its own: scoring, profiles, adaptive testing, change, calibration.

NumPy is all it needs; calibration and differential item functioning also want the extra ``science``. Nothing here
knows Django: what comes in are plain numbers, arrays and mappings.
"""

from homeport.psychometrics.adaptive import AdaptiveRules, AdaptiveState, AdaptiveStep, AdaptiveTest
from homeport.psychometrics.bank import ItemBank
from homeport.psychometrics.estimation import Estimates, eap, eap_many
from homeport.psychometrics.graded import Estimate
from homeport.psychometrics.profile import AttachmentProfile, Ellipse, PushPull, Style, attachment_profile

__all__ = [
    "AdaptiveRules",
    "AdaptiveState",
    "AdaptiveStep",
    "AdaptiveTest",
    "AttachmentProfile",
    "Ellipse",
    "Estimate",
    "Estimates",
    "ItemBank",
    "PushPull",
    "Style",
    "attachment_profile",
    "eap",
    "eap_many",
]
