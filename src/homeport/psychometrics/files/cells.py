"""From the cells of one column to whole numbers, without ever failing on a cell.

An answer is a small whole number. Everything else gets one of two codes, and what it was is counted.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from homeport.core.errors import HomeportError
from homeport.psychometrics.files.arrow import arrow

Codes = NDArray[np.int16]
EMPTY = -32768  # nothing stands there, or a word for nothing
UNREADABLE = -32767  # something stands there that is no whole number, or one far outside any answer scale
LARGEST = 30_000
EMPTY_WORDS = frozenset({"", "na", "n/a", "#n/a", "nan", "null", "none", "."})
_WHOLE = re.compile(r"[+-]?[0-9]{1,9}(?:\.0{0,9})?")
SHOWN = 40  # characters of a strange text that a message quotes


@dataclass(frozen=True)
class Cells:
    """codes: (rows,). strange: how often each unreadable text stood there."""

    codes: Codes
    strange: Counter[str] = field(default_factory=Counter)


def understand(array: Any) -> Cells:
    """The cells of an Arrow array: whole numbers, dictionaries, texts, or decimal numbers that are whole.

    Raises HomeportError for a column of another kind (dates, lists).
    """
    types = arrow("types")
    kind = array.type
    if types.is_dictionary(kind):
        return _dictionary(array)
    if types.is_integer(kind) or types.is_floating(kind):
        return _numbers(array)
    if types.is_null(kind):
        return Cells(np.full(len(array), EMPTY, dtype=np.int16))
    if types.is_string(kind) or types.is_large_string(kind) or types.is_binary(kind):
        return _dictionary(array.dictionary_encode())
    if types.is_decimal(kind):
        return _numbers(array.cast(arrow().float64()))
    raise HomeportError(f"A column of answers holds {kind}, not numbers.")


def code_of(text: str) -> int:
    """The code of one text: "3" and " 3.0" are 3, "NA" is EMPTY, "3.5", "1e400" and "often" are UNREADABLE."""
    bare = text.strip()
    if bare.lower() in EMPTY_WORDS:
        return EMPTY
    if _WHOLE.fullmatch(bare):
        value = int(float(bare))
        return value if abs(value) <= LARGEST else UNREADABLE
    return UNREADABLE


def shown(value: object, most: int = SHOWN) -> str:
    """A strange text as a message may quote it: short, and without characters that would steer a terminal."""
    text = value.decode("utf-8", errors="replace") if isinstance(value, bytes) else str(value)
    printable = "".join(letter if letter.isprintable() else "?" for letter in text[: most + 1])
    return printable if len(printable) <= most else printable[:most] + "…"


def present(array: Any) -> NDArray[np.bool_] | None:
    """Which cells hold something, (rows,); None where all do."""
    validity = array.buffers()[0]
    if array.null_count == 0 or validity is None:
        return None if array.null_count == 0 else np.zeros(len(array), dtype=bool)
    bits = np.unpackbits(np.frombuffer(validity, dtype=np.uint8), bitorder="little")
    return bits[array.offset : array.offset + len(array)].astype(bool)


def _dictionary(array: Any) -> Cells:
    entries = array.dictionary
    places = _values(array.indices)
    types = arrow("types")
    if types.is_integer(entries.type) or types.is_floating(entries.type):
        table, texts = _numbers(entries).codes, entries.to_pylist()
    else:
        texts = ["" if entry is None else entry for entry in entries.to_pylist()]
        table = np.array([code_of(_decoded(text)) for text in texts], dtype=np.int16)
    told = present(array)
    if not len(table):
        return Cells(np.full(len(array), EMPTY, dtype=np.int16))
    codes = table[places] if told is None else np.where(told, table[np.where(told, places, 0)], EMPTY)
    strange: Counter[str] = Counter()
    if (table == UNREADABLE).any():
        counts = np.bincount(places if told is None else places[told], minlength=len(table))
        for place in np.flatnonzero((table == UNREADABLE) & (counts > 0)):
            strange[shown(texts[place])] += int(counts[place])
    return Cells(codes.astype(np.int16, copy=False), strange)


def _numbers(array: Any) -> Cells:
    values = _values(array)
    told = present(array)
    if np.issubdtype(values.dtype, np.floating):
        empty = np.isnan(values)
        whole = np.abs(np.where(empty, 0, values)) <= LARGEST
        whole &= np.floor(np.where(whole, values, 0.5)) == np.where(whole, values, 0)
    else:
        empty = np.zeros(len(values), dtype=bool)
        # Both ends, since the smallest 64-bit number has no absolute value.
        whole = (values <= LARGEST) & (values >= (0 if values.dtype.kind == "u" else -LARGEST))
    codes = np.where(whole, np.where(whole, values, 0), UNREADABLE).astype(np.int16)
    codes[empty] = EMPTY
    if told is not None:
        codes[~told] = EMPTY
    strange: Counter[str] = Counter()
    odd = codes == UNREADABLE
    if odd.any():
        found, counts = np.unique(values[odd], return_counts=True)
        strange.update({f"{value:g}": int(count) for value, count in zip(found, counts, strict=True)})
    return Cells(codes, strange)


def _values(array: Any) -> NDArray[Any]:
    """The numbers of an array, its gaps holding anything. Straight from its memory: ``to_numpy`` would load pandas."""
    kind = np.dtype(array.type.to_pandas_dtype())
    data = array.buffers()[1]
    if data is None:
        return np.zeros(len(array), dtype=kind)
    return np.frombuffer(data, dtype=kind)[array.offset : array.offset + len(array)]


def _decoded(text: object) -> str:
    return text.decode("utf-8", errors="replace") if isinstance(text, bytes) else str(text)
