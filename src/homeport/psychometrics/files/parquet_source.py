"""Parquet tables, read some thousand rows at a time."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from homeport.core.errors import HomeportError
from homeport.psychometrics.files.arrow import arrow
from homeport.psychometrics.files.cells import shown
from homeport.psychometrics.files.source import Batch, checked_names

ROWS = 16_384


class ParquetSource:
    """A Parquet file. See :class:`homeport.psychometrics.files.source.Source`."""

    note = ""

    def __init__(self, path: Path) -> None:
        """Raises HomeportError when the file is damaged."""
        self._name, self._read = path.name, 0
        pyarrow = arrow()
        try:
            # Without the two options a whole row group is held at once, and one group may be the whole file.
            self._file = arrow("parquet").ParquetFile(path, pre_buffer=False, buffer_size=1 << 16)
            self.names = checked_names(self._file.schema_arrow.names, path.name)
        except (pyarrow.ArrowException, OSError, ValueError) as error:
            raise HomeportError(self._said(error)) from None

    @property
    def share(self) -> float:
        """How much of the file has been read, 0 to 1."""
        return min(self._read / max(int(self._file.metadata.num_rows), 1), 1.0)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def batches(self, answers: Sequence[int], texts: Sequence[int]) -> Iterator[Batch]:
        """The rows, 16,384 at a time."""
        pyarrow = arrow()
        written = self._file.schema_arrow.names
        wanted = list(dict.fromkeys([*answers, *texts]))
        try:
            for batch in self._file.iter_batches(ROWS, columns=[written[column] for column in wanted]):
                self._read += batch.num_rows
                by_name = dict(zip(batch.schema.names, batch.columns, strict=True))
                yield Batch(
                    batch.num_rows,
                    [by_name[written[column]] for column in answers],
                    [by_name[written[column]] for column in texts],
                )
        except (pyarrow.ArrowException, OSError) as error:
            raise HomeportError(self._said(error)) from None

    def _said(self, error: BaseException) -> str:
        lines = str(error).splitlines() or [type(error).__name__]
        return f"{self._name} cannot be read as Parquet: {shown(lines[0], 120).rstrip('.')}."
