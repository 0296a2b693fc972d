"""From what a person points at to an instrument: what kind of file it is, is told by its content."""

import re
from pathlib import Path
from typing import Any

from homeport.catalogue.readers import codebook, datadict, redcap
from homeport.catalogue.readers.fhir import read_fhir
from homeport.catalogue.readers.instrument import MOST_ITEMS, NotAnInstrument, ReadInstrument, Remarks
from homeport.catalogue.readers.opening import ZIP, Supplied, beside, open_supplied
from homeport.catalogue.readers.reproschema import is_activity, is_part, read_activity
from homeport.catalogue.readers.strict_json import load_json
from homeport.catalogue.readers.table import LONGEST_LINE, read_table
from homeport.catalogue.readers.text import decode

FORMATS = "a FHIR Questionnaire, a ReproSchema folder, a REDCap dictionary or zip, or a codebook"
UNKNOWN = f"This is none of the files that can be read: {FORMATS}."


def read_path(path: Path, *, language: str = "", form: str = "") -> tuple[Supplied, ReadInstrument]:
    """Open what lies at ``path`` and read it. Raises NotAnInstrument in one sentence; writes nothing.

    ``language`` picks one of several in the file; ``form`` one of several forms of a REDCap dictionary.
    """
    supplied = open_supplied(path)
    if supplied.main and _is_reproschema(supplied.files[supplied.main]):
        supplied = beside(path)  # an activity names its items by their place beside it
    return supplied, read(supplied, language=language, form=form)


def read(supplied: Supplied, *, language: str = "", form: str = "") -> ReadInstrument:
    """The instrument in the files supplied. Raises NotAnInstrument."""
    if supplied.main and not _is_reproschema(supplied.files[supplied.main]):
        found = read_file(supplied.files[supplied.main], language=language, form=form)
    else:
        found = _read_several(supplied, language, form)
    if form and not found.kind.startswith(redcap.KIND):
        raise NotAnInstrument("A form can be chosen in a REDCap dictionary alone, and this is none.")
    if not found.items:
        raise NotAnInstrument("It holds no question with answers to choose from.")
    if len(found.items) > MOST_ITEMS:
        raise NotAnInstrument(
            f"It holds {len(found.items):,} questions; no instrument has more than {MOST_ITEMS}."
        )
    codes = [item.code for item in found.items]
    if len(set(codes)) != len(codes):
        twice = next(code for place, code in enumerate(codes) if code in codes[:place])
        raise NotAnInstrument(f"Two questions are called {twice!r}: their answers could not be told apart.")
    return found


def read_file(data: bytes, *, language: str = "", form: str = "") -> ReadInstrument:
    """The instrument in one file. Raises NotAnInstrument."""
    if not data.strip(b"\x00\r\n\t \xef\xbb\xbf"):
        raise NotAnInstrument("The file is empty.")
    if data.startswith(ZIP):
        raise NotAnInstrument("This is a zip inside a zip or folder: give the inner one by itself.")
    remarks = Remarks()
    text = decode(data, remarks)
    start = text.lstrip()[:200].lower()
    if start[:1] in {"{", "["}:
        return _read_json(text, language, remarks)
    if (
        start.startswith(("<?xml", "<questionnaire", "<bundle", "<!doctype", "<!entity"))
        and "html" not in start
    ):
        raise NotAnInstrument("This is XML. A FHIR Questionnaire is read as JSON: export it that way.")
    if codebook.looks_like_html(text):
        return codebook.read_html(text, remarks)
    if _has_headings(text):
        headings, _ = read_table(text)
        return (
            datadict.read_datadict(data)
            if datadict.is_datadict(headings)
            else redcap.read_dictionary(data, form)
        )
    if codebook.looks_like_codebook(text):
        return codebook.read_text(text, remarks)
    raise NotAnInstrument(UNKNOWN)


def _has_headings(text: str) -> bool:
    """Whether the first line names the columns of a dictionary, whatever follows it."""
    first = text.lstrip("\ufeff\r\n")[:LONGEST_LINE].splitlines()[:1]
    names = re.sub(r"[^a-z]+", "_", first[0].lower()) if first else ""
    return ("field" in names and ("field_name" in names or "field_type" in names)) or (
        "variable" in names and "valueinfo" in names
    )


def _read_json(text: str, language: str, remarks: Remarks) -> ReadInstrument:
    content = load_json(text)
    if isinstance(content, list) and len(content) == 1:
        content = content[0]
    if isinstance(content, dict) and "resourceType" in content:
        return read_fhir(content, language, remarks)
    if isinstance(content, dict) and is_part(content):
        raise NotAnInstrument("This is one part of a ReproSchema activity; give the activity's folder.")
    raise NotAnInstrument(UNKNOWN)


def _json(data: bytes) -> Any:
    try:
        return load_json(decode(data, Remarks()))
    except NotAnInstrument:
        return None


def _is_reproschema(data: bytes) -> bool:
    return b'"ui"' in data and b"ctivity" in data and is_activity(_json(data))


def _read_several(supplied: Supplied, language: str, form: str) -> ReadInstrument:
    """A folder or zip: a REDCap instrument, one ReproSchema activity, or one file that can be read alone."""
    # What computers leave in folders and zips of their own accord is no part of what was given.
    files = {
        name: data
        for name, data in supplied.files.items()
        if not name.startswith("__MACOSX/") and not name.rsplit("/", 1)[-1].startswith(".")
    }
    if sum(redcap.is_instrument_csv(name) for name in files) == 1:
        return redcap.read_zip(files, form)
    activities = (
        [supplied.main] if supplied.main else [name for name in files if _is_reproschema(files[name])]
    )
    if len(activities) > 1:
        listed = ", ".join(repr(name[:60]) for name in sorted(activities)[:6])
        raise NotAnInstrument(f"It holds several activities ({listed}); point at the folder of one.")
    if activities:
        return read_activity(files, activities[0], language)
    if len(files) == 1:
        return read_file(next(iter(files.values())), language=language, form=form)
    if not files:
        raise NotAnInstrument("There is no file in it.")
    raise NotAnInstrument(
        f"None of its {len(files)} files is a ReproSchema activity or a REDCap instrument.csv. If one of them is a "
        "questionnaire of another kind, give that file by itself."
    )
