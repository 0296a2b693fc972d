"""Text tables: parsed in blocks by pyarrow, every answer column as a dictionary of the texts that stand in it.

A dictionary is small (an answer is one of five or seven), takes any text without failing, and lets each distinct
text be understood once.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from homeport.core.errors import HomeportError
from homeport.psychometrics.files.arrow import arrow
from homeport.psychometrics.files.cells import shown
from homeport.psychometrics.files.source import Batch, checked_names
from homeport.psychometrics.files.tap import Tap

BLOCK = 1 << 20  # bytes parsed at a time: about thirteen thousand rows of 36 answers
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_SAID = re.compile(r'"?sep=([,;\t|])"?')  # Excel's own first line
_RAGGED = re.compile(r"(?:Row #(\d+): )?Expected (\d+) columns, got (\d+)")
_QUOTED = re.compile(r'"[^"]*"')


class CsvSource:
    """A table of text. See :class:`homeport.psychometrics.files.source.Source`."""

    def __init__(self, path: Path) -> None:
        """Raises HomeportError when this is no table of text."""
        self._file = path.name
        arrow("csv")
        self._tap = Tap(path)
        try:
            header = _text(self._tap.header)
            if said := _SAID.fullmatch(header):
                header = _text(self._tap.next_header())
            bare = _QUOTED.sub("", header)
            self._delimiter = said[1] if said else max(_DELIMITERS, key=bare.count)
            self.names = checked_names(self._split(header), path.name)
        except HomeportError:
            self.close()
            raise
        self.note = (
            f"{path.name} is read as separated by {_DELIMITERS[self._delimiter]}."
            if self._delimiter != ","
            else ""
        )

    @property
    def share(self) -> float:
        """How much of the file has been read, 0 to 1."""
        return self._tap.share

    def close(self) -> None:
        """Let go of the file."""
        self._tap.close()

    def batches(self, answers: Sequence[int], texts: Sequence[int]) -> Iterator[Batch]:
        """The rows, about thirteen thousand at a time."""
        if self._tap.empty:
            return
        pyarrow = arrow()
        places = {column: place for place, column in enumerate(dict.fromkeys([*answers, *texts]))}
        rows = 0
        try:
            for batch in self._reader(list(places), set(texts)):
                rows += batch.num_rows
                columns = batch.columns
                yield Batch(
                    batch.num_rows,
                    [columns[places[column]] for column in answers],
                    [columns[places[column]] for column in texts],
                )
        except (pyarrow.ArrowInvalid, OSError) as error:
            raise HomeportError(self._tap.fault() or self._said(str(error))) from None
        # An odd quotation mark is harmless inside a word; where it has drawn lines together, rows are lost.
        if self._tap.swallowing and self._tap.line_ends() > rows:
            raise HomeportError(f"{self._file} has a quotation mark that is opened and never closed.")

    def _reader(self, columns: list[int], texts: set[int]) -> Any:
        pyarrow, text_table = arrow(), arrow("csv")
        few = pyarrow.dictionary(pyarrow.int32(), pyarrow.binary())
        return text_table.open_csv(
            pyarrow.PythonFile(self._tap, "r"),
            # One thread: only then does a ragged row know its number, and parsing is a twentieth of the work.
            read_options=text_table.ReadOptions(
                block_size=BLOCK,
                use_threads=False,
                column_names=[str(place) for place in range(len(self.names))],
            ),
            parse_options=text_table.ParseOptions(delimiter=self._delimiter, newlines_in_values=True),
            convert_options=text_table.ConvertOptions(
                include_columns=[str(column) for column in columns],
                column_types={
                    str(column): pyarrow.string() if column in texts else few for column in columns
                },
            ),
        )

    def _split(self, header: str) -> list[str]:
        try:
            return next(csv.reader(io.StringIO(header, newline=""), delimiter=self._delimiter), [])
        except csv.Error:
            raise HomeportError(f"The first line of {self._file} holds no names of columns.") from None

    def _said(self, text: str) -> str:
        """What pyarrow says, for a person."""
        if ragged := _RAGGED.search(text):
            where = f"Row {ragged[1]}" if ragged[1] else "A row"
            return (
                f"{where} of {self._file} has {ragged[3]} values; its first line names {ragged[2]} columns."
            )
        if "straddling" in text:
            return (
                f"{self._file} has a row longer than a million characters: a quotation mark may be opened and "
                "never closed."
            )
        if "UTF8" in text:
            return f"{self._file} has a column to keep that is not in UTF-8: save the file as UTF-8."
        return f"{self._file} cannot be read as a table: {shown(text.splitlines()[0], 120).rstrip('.')}."


def _text(header: bytes) -> str:
    """Names of columns: UTF-8, or the Western code page that older programs write."""
    try:
        return header.decode()
    except UnicodeDecodeError:
        return header.decode("cp1252", errors="replace")
