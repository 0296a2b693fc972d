"""Item parameters as a file: what `homeport calibrate` writes, and `score` and `simulate` take."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from homeport.content.instruments import Calibration, ItemParameters, Key, Mark
from homeport.content.instruments.build_figures import calibration_of
from homeport.content.instruments.strict import Fields, load_yaml
from homeport.core.errors import HomeportError
from homeport.psychometrics.files.calibrate_file import CalibratedFile
from homeport.psychometrics.graded import FloatArray

LARGEST = 1_000_000  # bytes; a file of ours has a few thousand
_HEAD = (
    "# Item parameters made by `homeport calibrate`. Use them with `--parameters FILE`.\n"
    "# Graded response model, logistic (D = 1), thresholds after reversal, theta standard normal in this sample.\n"
)


def parameters_text(found: CalibratedFile, *, sample: str, source: str, label: str) -> str:
    """The file's text. sample, source: where the answers and the numbers come from. label: shown beside estimates."""
    layout = found.everyone.layout
    calibrations = [
        {
            "scale": scale,
            "formats": [layout.format],
            "model": "graded",
            "n": each.fit.people,
            "sample": sample,
            "source": source,
            "label": label,
            "mark": str(Mark.CALC),
            "provisional": True,
            "marginal_reliability": round(each.reliability, 4),
            "items": [
                {"item": item, "a": round(float(a), 4), "b": _numbers(b)}
                for item, a, b in zip(each.fit.bank.items, each.fit.bank.a, each.fit.bank.b, strict=True)
            ],
        }
        for scale, each in found.scales.items()
    ]
    errors = {
        scale: {
            item: {"a": round(float(a), 4), "b": _numbers(b)}
            for item, a, b in zip(each.fit.bank.items, each.fit.a_se, each.fit.b_se, strict=True)
        }
        for scale, each in found.scales.items()
    }
    content = {
        "instrument": layout.key.reference,
        "calibrations": calibrations,
        "standard_errors": errors,
    }
    return _HEAD + yaml.safe_dump(
        content, sort_keys=False, allow_unicode=True, width=110, default_flow_style=None
    )


def with_parameters(key: Key, path: Path) -> Key:
    """The key with the calibrations of a file before its own. Raises HomeportError for a file that does not fit it."""
    try:
        if path.stat().st_size > LARGEST:
            raise HomeportError(f"{path.name} is too large to be a file of item parameters.")
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is not text"
        raise HomeportError(f"{path} cannot be read: {why}.") from None
    fields = Fields(load_yaml(text, path.name), path.name)
    if (said := fields.text("instrument")) != key.reference:
        fields.fail(f"the parameters are those of {said}, not of {key.reference}.")
    found = tuple(_calibration(key, entry) for entry in fields.each("calibrations"))
    fields.raw("standard_errors", None)
    fields.done()
    return replace(key, calibrations=(*found, *key.calibrations))


def _calibration(key: Key, fields: Fields) -> Calibration:
    found = calibration_of(fields, _parameters)
    scale = next((each for each in key.scales if each.id == found.scale), None)
    if scale is None or not set(found.formats) <= set(key.formats):
        fields.fail(f"{key.reference} has no scale {found.scale} in the format {', '.join(found.formats)}.")
    for each in found.items:
        if each.item not in scale.items:
            fields.fail(f"{found.scale} has no question {each.item}.")
        for name in found.formats:
            if len(each.b) >= len(key.answers_for(each.item, name).values):
                fields.fail(f"{each.item} has more thresholds than steps between its answers.")
    return found


def _parameters(fields: Fields) -> ItemParameters:
    found = ItemParameters(fields.text("item"), fields.number("a"), fields.numbers("b"))
    fields.done()
    if found.a <= 0 or not found.b or list(found.b) != sorted(found.b):
        fields.fail("a slope is above zero, and thresholds rise.")
    return found


def _numbers(values: FloatArray | Iterable[float]) -> list[float]:
    return list(_finite(values))


def _finite(values: Iterable[Any]) -> Iterator[float]:
    """Without the padding of items that have fewer thresholds."""
    for value in values:
        if np.isfinite(value):
            yield round(float(value), 4)
