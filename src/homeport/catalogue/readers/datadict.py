"""Data dictionaries kept beside REDCap instruments: one row a variable, with its allowed values and their labels."""

from homeport.catalogue.readers import numbering
from homeport.catalogue.readers.instrument import (
    LONGEST_TEXT,
    NotAnInstrument,
    ReadInstrument,
    ReadItem,
    Remarks,
)
from homeport.catalogue.readers.redcap import choice_list
from homeport.catalogue.readers.table import read_table
from homeport.catalogue.readers.text import decode, whole_number, words

KIND = "data-dictionary"
_NEEDED = ("variable", "detail", "allowedvalues", "valueinfo")


def is_datadict(headings: list[str]) -> bool:
    """Whether these simplified headings are those of such a dictionary."""
    return all(name in headings for name in _NEEDED)


def read_datadict(data: bytes) -> ReadInstrument:
    """The questions of a dictionary; scores and percentages are dropped. Raises NotAnInstrument."""
    remarks = Remarks()
    headings, rows = read_table(decode(data, remarks))
    if not is_datadict(headings):
        raise NotAnInstrument("The table lacks variable, detail, allowedValues or valueInfo.")
    items: list[ReadItem] = []
    seen: set[str] = set()
    for row in rows:
        code = words(row["variable"], remarks, 200)
        if code in seen:
            raise NotAnInstrument(f"The variable {code!r} is there twice.")
        seen.add(code)
        item = _item(code, row, remarks)
        if item is not None:
            items.append(item)
    numbers = numbering.numbers_in([item.code for item in items])
    name = _common_name([item.code for item in items])
    return ReadInstrument(
        kind=KIND,
        title=name,
        names=(name,) if name else (),
        items=remarks.attached(
            ReadItem(item.code, item.text, item.options, number)
            for item, number in zip(items, numbers, strict=True)
        ),
        dropped=tuple(remarks.dropped),
        doubts=remarks.all_doubts(),
    )


def _item(code: str, row: dict[str, str], remarks: Remarks) -> ReadItem | None:
    if row.get("provenance", "").strip().lower().startswith("code"):
        remarks.drop(code, "computed from other answers")
        return None
    if row.get("activestatus", "").strip() == "0":
        remarks.drop(code, "no longer in use, by the dictionary's own mark")
        return None
    if row["valueinfo"].strip().upper() in {"", "NA", "N/A"}:
        remarks.drop(code, "it has no answers to choose from")
        return None
    text = words(row["detail"], remarks, LONGEST_TEXT)
    if not text:
        remarks.drop(code, "it has no text")
        return None
    options = choice_list(code, row["valueinfo"], remarks)
    allowed = {whole_number(part) for part in row["allowedvalues"].split(",")}
    if allowed != {option.value for option in options}:
        remarks.doubt_item(
            code, f"{code} allows {row['allowedvalues'].strip()[:60]!r}, which is not what its answers offer."
        )
    return ReadItem(code, text, options)


def _common_name(codes: list[str]) -> str:
    """What all codes begin with, up to the last mark between words: `erq` of `erq_i1`, `erq_i2`."""
    if not codes:
        return ""
    first, last = min(codes), max(codes)
    length = next(
        (i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last))
    )
    head = first[:length]
    return head.rsplit("_", 1)[0] if "_" in head else head
