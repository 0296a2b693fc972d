"""Writing columns batch by batch as CSV or Parquet."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from homeport.core.errors import HomeportError
from homeport.psychometrics.files.arrow import arrow
from homeport.psychometrics.files.formulas import harmless, harmless_name
from homeport.psychometrics.files.scorers import DECIMALS, Column

GROUP = 1 << 17  # rows of a Parquet row group
CSV_NAMES, PARQUET_NAMES = (".csv",), (".parquet", ".pq")


class Sink(Protocol):
    """Takes arrays under fixed names."""

    def write(self, arrays: Sequence[Any]) -> None:
        """Append one batch."""

    def close(self) -> None:
        """Finish the file."""


def open_sink(draft: Path, out: Path, names: Sequence[str]) -> Sink:
    """A sink of the kind that the name of ``out`` asks for, writing to ``draft``. Raises HomeportError for another."""
    check_kind(out)
    return (ParquetSink if out.suffix.lower() in PARQUET_NAMES else CsvSink)(draft, names)


def check_kind(out: Path) -> None:
    """Refuse a name that says nothing of its kind. Raises HomeportError."""
    if out.suffix.lower() not in (*CSV_NAMES, *PARQUET_NAMES):
        raise HomeportError(f"{out.name} should end in .csv or .parquet, so that its kind is known.")


class CsvSink:
    """Commas, UTF-8, one line of names; an empty cell is nothing. What a spreadsheet would run is marked as words."""

    def __init__(self, draft: Path, names: Sequence[str]) -> None:
        self._names = list(names)
        line = io.StringIO(newline="")
        csv.writer(line, lineterminator="\n").writerow(map(harmless_name, self._names))
        self._file = arrow().OSFile(str(draft), "wb")
        self._file.write(line.getvalue().encode())
        self._writer: Any = None

    def write(self, arrays: Sequence[Any]) -> None:
        """Append one batch."""
        pyarrow, text_table = arrow(), arrow("csv")
        batch = pyarrow.RecordBatch.from_arrays([harmless(each) for each in arrays], self._names)
        if self._writer is None:
            options = text_table.WriteOptions(include_header=False, quoting_style="needed")
            self._writer = text_table.CSVWriter(self._file, batch.schema, write_options=options)
        try:
            self._writer.write_batch(batch)
        except pyarrow.ArrowInvalid as error:
            raise HomeportError(f"A column to keep cannot be written as CSV: {error}.") from None

    def close(self) -> None:
        """Finish the file."""
        if self._writer is not None:
            self._writer.close()
        self._file.close()


class ParquetSink:
    """Row groups of ``GROUP`` rows."""

    def __init__(self, draft: Path, names: Sequence[str]) -> None:
        self._draft, self._names = draft, list(names)
        self._waiting: list[Any] = []
        self._rows = 0
        self._writer: Any = None

    def write(self, arrays: Sequence[Any]) -> None:
        """Append one batch; it is written with its row group."""
        batch = arrow().RecordBatch.from_arrays(list(arrays), self._names)
        self._waiting.append(batch)
        self._rows += batch.num_rows
        if self._rows >= GROUP:
            self._flush()

    def close(self) -> None:
        """Finish the file."""
        self._flush()
        if self._writer is not None:
            self._writer.close()

    def _flush(self) -> None:
        if not self._waiting:
            return
        table = arrow().Table.from_batches(self._waiting)
        if self._writer is None:
            self._writer = arrow("parquet").ParquetWriter(str(self._draft), table.schema)
        self._writer.write_table(table, row_group_size=GROUP)
        self._waiting, self._rows = [], 0


def as_array(column: Column) -> Any:
    """An Arrow array of a column: NaN becomes nothing. Made from memory: ``pyarrow.array`` would load pandas."""
    pyarrow = arrow()
    values = column.values
    if isinstance(values, list):
        return _words(values)
    if np.issubdtype(values.dtype, np.integer):
        whole = np.ascontiguousarray(values, dtype=np.int64)
        return _from_memory(pyarrow.int64(), whole, None)
    return _from_memory(pyarrow.float64(), np.round(values, DECIMALS), ~np.isnan(values))


def _words(words: Sequence[str | None]) -> Any:
    pyarrow = arrow()
    encoded = [(word or "").encode() for word in words]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    told = np.packbits([word is not None for word in words], bitorder="little")
    parts = [pyarrow.py_buffer(part) for part in (told, ends, b"".join(encoded))]
    return pyarrow.Array.from_buffers(pyarrow.string(), len(words), parts)


def _from_memory(kind: Any, values: NDArray[Any], told: NDArray[np.bool_] | None) -> Any:
    pyarrow = arrow()
    bits = None
    if told is not None and not told.all():
        bits = pyarrow.py_buffer(np.packbits(told, bitorder="little"))
    return pyarrow.Array.from_buffers(
        kind, len(values), [bits, pyarrow.py_buffer(np.ascontiguousarray(values))]
    )
