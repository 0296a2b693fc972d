"""Opening a file of answers, whatever it is: comma, semicolon or tab separated text (also packed), or Parquet."""

from pathlib import Path

from homeport.core.errors import HomeportError
from homeport.psychometrics.files.csv_source import CsvSource
from homeport.psychometrics.files.parquet_source import ParquetSource
from homeport.psychometrics.files.source import Source


def open_answers(path: Path) -> Source:
    """A file of answers, told by its content. Close it in the end.

    Raises HomeportError: no such file, a folder or a device, no right to read it, empty, or neither kind of table.
    """
    try:
        if path.is_dir():
            raise HomeportError(f"{path} is a folder; a file of answers is wanted.")
        if path.exists() and not path.is_file():
            raise HomeportError(f"{path} is not an ordinary file, which is read from its start to its end.")
        with path.open("rb") as file:
            start = file.read(4)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its name is not possible here"
        raise HomeportError(f"{path} cannot be read: {why}.") from None
    return ParquetSource(path) if start == b"PAR1" else CsvSource(path)
