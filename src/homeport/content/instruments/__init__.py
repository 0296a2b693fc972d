"""Scoring keys, golden vectors and Homeport's own attachment item bank.

A key says how answers become scores; it holds no wording. The one wording packaged here is our own bank's.
"""

from homeport.content.instruments.bank import form_for, own_wording, render
from homeport.content.instruments.figures import (
    Band,
    Bands,
    Caseness,
    Change,
    ChangeFormula,
    Norm,
    Reliability,
)
from homeport.content.instruments.marks import Mark
from homeport.content.instruments.schema import (
    Ages,
    Algorithm,
    AnswerScale,
    Calibration,
    Companion,
    Form,
    Item,
    ItemParameters,
    Key,
    Licence,
    MissingRule,
    Note,
    Order,
    Scale,
    Source,
)
from homeport.content.instruments.shelf import (
    GoldenVector,
    all_keys,
    golden_vectors,
    key_versions,
    load_key,
    resolve,
)
from homeport.content.instruments.wording import Wording, WordingSource, misfits

__all__ = [
    "Ages",
    "Algorithm",
    "AnswerScale",
    "Band",
    "Bands",
    "Calibration",
    "Caseness",
    "Change",
    "ChangeFormula",
    "Companion",
    "Form",
    "GoldenVector",
    "Item",
    "ItemParameters",
    "Key",
    "Licence",
    "Mark",
    "MissingRule",
    "Norm",
    "Note",
    "Order",
    "Reliability",
    "Scale",
    "Source",
    "Wording",
    "WordingSource",
    "all_keys",
    "form_for",
    "golden_vectors",
    "key_versions",
    "load_key",
    "misfits",
    "own_wording",
    "render",
    "resolve",
]
