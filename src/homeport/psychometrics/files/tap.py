"""A text file on its way to the parser: unpacked, turned into UTF-8, its first line taken off, the rest counted."""

import bz2
import codecs
import gzip
import io
import lzma
import re
import zlib
from pathlib import Path
from typing import IO

from homeport.core.errors import HomeportError

HEAD = 1 << 20  # bytes that the line with the column names may have
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_TABLE = (
    (b"PK\x03\x04", "an Excel workbook or a zip archive: save the sheet as CSV first"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook: save the sheet as CSV first"),
    (b"$FL2", "an SPSS file: save it as CSV first"),
    (b"<stata_dta>", "a Stata file: save it as CSV first"),
)
_LINE_END = re.compile(rb"\r\n|\n|\r")
BROKEN = (OSError, EOFError, UnicodeError, zlib.error, lzma.LZMAError)


class Tap(io.RawIOBase):
    """Reads like a file of UTF-8 bytes that begins after the line with the names.

    header: that line, without its end. share: how much of the file has been read, 0 to 1. quotes, lines: seen so far.
    """

    def __init__(self, path: Path) -> None:
        """Raises HomeportError for a file that cannot be opened, is empty, or is no text."""
        self._name, self._fault = path.name, ""
        self._ready, self._ended = bytearray(), False
        self.quotes = self.lines = self._returns = 0
        try:
            self._file = path.open("rb", buffering=0)
            self._size = max(path.stat().st_size, 1)
        except OSError as error:
            raise HomeportError(f"{path} cannot be read: {error.strerror}.") from None
        try:
            self._inner = _unpacked(self._file)
            self._decoder = self._choose_decoder()
            self.header = self._take_header()
        except BROKEN as error:
            self._file.close()
            raise HomeportError(f"{path.name} cannot be read: {_why(error)}.") from None
        except HomeportError:
            self._file.close()
            raise

    def next_header(self) -> bytes:
        """The next line, where the first one was not yet the names. Raises HomeportError when there is none."""
        self.header = self._take_header()
        return self.header

    def readable(self) -> bool:
        """Always."""
        return True

    def close(self) -> None:
        """Let go of the file."""
        if not self.closed:
            self._file.close()
        super().close()

    @property
    def share(self) -> float:
        """How much of the file has been read, 0 to 1."""
        return 1.0 if self._file.closed else min(self._file.tell() / self._size, 1.0)

    @property
    def empty(self) -> bool:
        """Nothing but white space is left."""
        self._fill(HEAD)
        return self._ended and not self._ready.strip()

    @property
    def swallowing(self) -> bool:
        """A quotation mark was opened and never closed, for all that can be told: call at the end."""
        return self.quotes % 2 == 1

    def fault(self) -> str:
        """What broke while the parser was reading; "" when nothing did."""
        return self._fault

    def read(self, size: int = -1) -> bytes:
        """The next bytes: as many as asked for, fewer at the end."""
        wanted = size if size >= 0 else 1 << 62
        try:
            self._fill(wanted)
        except BROKEN as error:
            self._fault = f"{self._name} cannot be read: {_why(error)}."
            raise OSError(self._fault) from None
        given = bytes(memoryview(self._ready)[:wanted])
        del self._ready[:wanted]
        self.quotes += given.count(b'"')
        self.lines += given.count(b"\n")
        self._returns += given.count(b"\r")
        return given

    def line_ends(self) -> int:
        """Lines that ended so far, whichever way the file ends them."""
        return max(self.lines, self._returns)

    def _fill(self, wanted: int) -> None:
        while len(self._ready) < wanted and not self._ended:
            raw = self._inner.read(min(max(wanted - len(self._ready), 1), HEAD))
            self._ended = not raw
            if self._decoder is None:
                self._ready += raw
            else:
                self._ready += self._decoder.decode(raw, final=self._ended).encode()

    def _choose_decoder(self) -> codecs.IncrementalDecoder | None:
        self._decoder = None
        self._fill(HEAD)
        head = bytes(self._ready)
        if not head.strip():
            raise HomeportError(f"{self._name} is empty.")
        for start, kind in _NO_TABLE:
            if head.startswith(start):
                raise HomeportError(f"{self._name} is {kind}.")
        encoding = next((name for mark, name in _BYTE_ORDER_MARKS if head.startswith(mark)), "")
        if not encoding:
            if b"\0" in head:
                raise HomeportError(f"{self._name} is not a table of text: CSV or Parquet is wanted.")
            return None
        decoder = codecs.getincrementaldecoder(encoding)()
        self._ready = bytearray(decoder.decode(head, final=self._ended).encode())
        return decoder

    def _take_header(self) -> bytes:
        self._ready = self._ready.lstrip(b"\r\n")
        if not self._ready.strip():
            raise HomeportError(f"{self._name} is empty.")
        head, start, quotes = bytes(self._ready[:HEAD]), 0, 0
        while found := _LINE_END.search(head, start):
            quotes += head.count(b'"', start, found.start())
            if quotes % 2 == 0:
                del self._ready[: found.end()]
                return head[: found.start()]
            start = found.end()
        if not self._ended or len(self._ready) > HEAD:
            raise HomeportError(
                f"The first line of {self._name} is longer than a line of column names can be."
            )
        self._ready.clear()
        return head


def _unpacked(file: IO[bytes]) -> IO[bytes]:
    """The file itself, or its content where it is packed with gzip, bzip2 or xz."""
    start = file.read(6)
    file.seek(0)
    if start.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=file, mode="rb")  # type: ignore[return-value]  # reads like one
    if start.startswith(b"BZh"):
        return bz2.BZ2File(file)
    if start == b"\xfd7zXZ\x00":
        return lzma.LZMAFile(file)
    return file


def _why(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if isinstance(error, UnicodeError):
        return "its characters do not fit the encoding that it begins with"
    return "it is damaged, or not what its first bytes say"
