"""A CSV as rows of named cells."""

import csv
import io
import re

from homeport.catalogue.readers.instrument import NotAnInstrument

MOST_COLUMNS = 200
MOST_ROWS = 5_000
LONGEST_LINE = 50_000


def separator_of(first_line: str) -> str:
    """The separator of a heading line: the one that parts it most often outside quotes."""
    bare = re.sub(r'"[^"]*"', "", first_line)
    return max(",;\t", key=bare.count)


def read_table(text: str) -> tuple[list[str], list[dict[str, str]]]:
    """The headings, simplified (see :func:`simple`), and each row by heading. Empty rows are left out.

    Raises NotAnInstrument for too many rows or columns, a heading that is there twice, an unclosed quote, and a row
    with more cells than headings: its answers would slide under the wrong heading.
    """
    text = text.lstrip("\ufeff\r\n")
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=separator_of(text[:LONGEST_LINE].split("\n", 1)[0]),
        strict=True,
    )
    headings: list[str] = []
    rows: list[dict[str, str]] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not headings:
                headings = _headings(cells)
            elif any(cell.strip() for cell in cells[len(headings) :]):
                raise NotAnInstrument(
                    f"Line {reader.line_num} has {len(cells)} cells under {len(headings)} headings; "
                    "a comma or quote is out of place."
                )
            else:
                padded = cells + [""] * (len(headings) - len(cells))
                rows.append(dict(zip(headings, padded, strict=False)))
            if len(rows) > MOST_ROWS:
                raise NotAnInstrument(
                    f"The table has more than {MOST_ROWS:,} rows: it is no data dictionary."
                )
    except csv.Error as error:
        raise NotAnInstrument(f"The table breaks off at line {reader.line_num}: {error}.") from None
    return headings, rows


def _headings(cells: list[str]) -> list[str]:
    named = max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0)
    cells = cells[:named]  # spreadsheets leave empty columns at the end
    if len(cells) > MOST_COLUMNS:
        raise NotAnInstrument(f"The table has {len(cells):,} columns: it is no data dictionary.")
    names = [simple(cell) or f"column{place}" for place, cell in enumerate(cells, 1)]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise NotAnInstrument(f"The table has two columns called {twice[:60]!r}.")
    return names


def simple(heading: str) -> str:
    """A heading without what varies: "Variable / Field Name" and "variable_field_name" are one."""
    return re.sub(r"[^a-z0-9]+", "_", heading.lower().split("(")[0]).strip("_")
