"""What `homeport score`, `calibrate` and `simulate` share: their arguments, a progress bar, the way they speak."""

import argparse
import json
import math
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from homeport.content.instruments import Key, load_key
from homeport.core.errors import HomeportError

REDRAWN = 0.2  # seconds
WIDTH = 30


def add_file_arguments(parser: argparse.ArgumentParser) -> None:
    """The instrument, the file of answers, and how the file is to be read."""
    parser.add_argument("name", metavar="NAME", help="the instrument: an id or a short name, such as ecr")
    parser.add_argument("file", metavar="FILE", type=Path, help="the answers: CSV (also packed) or Parquet")
    parser.add_argument(
        "--format",
        default="",
        help="the answers the form had, where there are several: a name, 5-point, or 1-5 (default: told by the answers)",
    )
    parser.add_argument(
        "--order",
        default="",
        help="the order of numbered questions, where several circulate (default: told by alpha)",
    )
    parser.add_argument("--json", action="store_true", help="one machine-readable result on standard output")


def add_parameters_argument(parser: argparse.ArgumentParser) -> None:
    """Item parameters other than the packaged ones."""
    parser.add_argument("--parameters", type=Path, help="item parameters made by homeport calibrate --out")


def key_for(arguments: argparse.Namespace) -> Key:
    """The key that was asked for, with the parameters that were given. Raises HomeportError."""
    key = load_key(arguments.name)
    path = getattr(arguments, "parameters", None)
    if path is None:
        return key
    from homeport.psychometrics.files.parameters import with_parameters

    return with_parameters(key, path)


def say(*lines: str) -> None:
    """A message: to standard error, so that standard output holds the result alone."""
    for line in lines:
        print(line, file=sys.stderr, flush=True)  # noqa: T201


def give(result: Mapping[str, Any], lines: Sequence[str], *, as_json: bool) -> None:
    """The result, on standard output: one line of JSON, or lines to read."""
    print(json.dumps(_plain(result), allow_nan=False) if as_json else "\n".join(lines))  # noqa: T201


def figure(value: float | None, digits: int = 3) -> str:
    """A number for a table; a dash where there is none."""
    return "-" if value is None or not math.isfinite(value) else f"{value:.{digits}f}"


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines of a table: the first column to the left, the others to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            [
                row[0].ljust(widths[0]),
                *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
            ]
        ).rstrip()
        for row in rows
    ]


class Progress:
    """A bar on standard error while it is a terminal; otherwise nothing."""

    def __init__(self, doing: str) -> None:
        self._doing, self._drawn = doing, 0.0
        self._shown = sys.stderr.isatty()

    def __call__(self, share: float, rows: int) -> None:
        """Draw, five times a second at most."""
        moment = time.monotonic()
        if not self._shown or moment - self._drawn < REDRAWN:
            return
        self._drawn = moment
        full = round(share * WIDTH)
        sys.stderr.write(f"\r{self._doing} [{'#' * full}{'.' * (WIDTH - full)}] {share:4.0%} {rows:,} rows ")
        sys.stderr.flush()

    def clear(self) -> None:
        """Take the bar away, so that what is said next stands on a line of its own."""
        if self._drawn:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()


@contextmanager
def tidy_end() -> Iterator[None]:
    """Let a polite end from outside (SIGTERM, a closed terminal) unwind as Ctrl-C does, so that drafts are removed."""

    def leave(number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(128 + number)

    before = {number: signal.signal(number, leave) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    except MemoryError:
        raise HomeportError("There is not enough memory for a file of this size.") from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _plain(value: Any) -> Any:
    """Values that JSON knows; what is no number becomes null."""
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
