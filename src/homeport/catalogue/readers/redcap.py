"""REDCap: data dictionaries (CSV, as exported by page or by API) and instrument zips."""

import re
from collections.abc import Mapping

from homeport.catalogue.readers import numbering
from homeport.catalogue.readers.instrument import (
    LONGEST_INSTRUCTION,
    LONGEST_LABEL,
    LONGEST_TEXT,
    MOST_OPTIONS,
    NotAnInstrument,
    ReadInstrument,
    ReadItem,
    ReadOption,
    Remarks,
)
from homeport.catalogue.readers.table import read_table
from homeport.catalogue.readers.text import decode, whole_number, words

KIND = "redcap"
# What a dictionary calls a thing, by page ("Variable / Field Name") and by API ("field_name").
_COLUMNS = {
    "name": ("variable_field_name", "field_name"),
    "form": ("form_name",),
    "section": ("section_header",),
    "type": ("field_type",),
    "label": ("field_label",),
    "choices": (
        "choices_calculations_or_slider_labels",
        "choices_or_calculations",
        "select_choices_or_calculations",
    ),
    "logic": ("branching_logic",),
    "note": ("field_annotation",),
    "number": ("question_number",),
}
_HARMLESS = {
    "field_note",
    "text_validation_type_or_show_slider_number",
    "text_validation_min",
    "text_validation_max",
    "identifier",
    "required_field",
    "custom_alignment",
    "matrix_group_name",
    "matrix_ranking",
}
_NOT_QUESTIONS = {
    "calc": "computed by REDCap from other answers",
    "descriptive": "a line of text, not a question",
    "file": "an upload, not a question",
    "signature": "a signature, not a question",
    "notes": "a free text",
    "text": "a free text or number without answers to choose from",
    "sql": "answers drawn from a database",
    "slider": "a line to mark, without numbered answers",
    "checkbox": "several answers at once",
}


def is_dictionary(headings: list[str]) -> bool:
    """Whether these simplified headings are those of a data dictionary."""
    return all(any(name in headings for name in _COLUMNS[part]) for part in ("name", "type", "label"))


def read_dictionary(data: bytes, form: str = "") -> ReadInstrument:
    """One form of a data dictionary. ``form`` picks it where there are several. Raises NotAnInstrument."""
    remarks = Remarks()
    headings, rows = read_table(decode(data, remarks))
    if not is_dictionary(headings):
        raise NotAnInstrument("The table is no REDCap data dictionary: it lacks field name, type or label.")
    known = {name for names in _COLUMNS.values() for name in names} | _HARMLESS
    strange = [name for name in headings if name not in known]
    if strange:
        remarks.doubt(f"Columns that are not REDCap's were passed over: {', '.join(strange[:8])}.")
    column = {part: next((n for n in names if n in headings), "") for part, names in _COLUMNS.items()}
    fields = [{part: row.get(name, "") for part, name in column.items()} for row in rows]
    return _instrument(_one_form(fields, form, remarks), remarks)


def read_zip(files: Mapping[str, bytes], form: str = "") -> ReadInstrument:
    """The instrument zip: `instrument.csv`, the origin's id, perhaps pictures. Raises NotAnInstrument."""
    name = next(name for name in files if is_instrument_csv(name))
    read = read_dictionary(files[name], form)
    remarks = Remarks()
    for other in sorted(set(files) - {name}):
        if other.rsplit("/", 1)[-1].lower() not in {"originid.txt", "authorid.txt", "instrumentid.txt"}:
            remarks.drop(words(other, remarks, 1_000)[:120], "a file beside the dictionary")
    changed = {"kind": "redcap-zip", "dropped": (*read.dropped, *remarks.dropped)}
    return ReadInstrument(**{**{f: getattr(read, f) for f in ReadInstrument.__slots__}, **changed})


def is_instrument_csv(name: str) -> bool:
    """Whether this is the name that REDCap gives the dictionary inside a zip."""
    return name.rsplit("/", 1)[-1].lower() == "instrument.csv"


def _one_form(fields: list[dict[str, str]], wanted: str, remarks: Remarks) -> list[dict[str, str]]:
    forms: dict[str, list[dict[str, str]]] = {}
    for field in fields:
        forms.setdefault(field["form"].strip(), []).append(field)
    if wanted:
        if wanted not in forms:
            raise NotAnInstrument(f"The dictionary has no form {wanted!r}; it has {_listed(forms)}.")
        return forms[wanted]
    asking = {name: of for name, of in forms.items() if any(_asks(field) for field in of)}
    if len(asking) > 1:
        raise NotAnInstrument(f"The dictionary holds several forms: {_listed(asking)}. Choose with --form.")
    if not asking:
        raise NotAnInstrument("The dictionary has no question with answers to choose from.")
    (chosen,) = asking
    for name in forms:
        if name != chosen:
            remarks.drop(words(name, remarks, 1_000), "a form without questions to choose from")
    return forms[chosen]


def _listed(names: Mapping[str, object]) -> str:
    shown = [repr(name[:60]) for name in list(names)[:12]]
    return ", ".join(shown) + (f" and {len(names) - 12} more" if len(names) > 12 else "")


def _asks(field: dict[str, str]) -> bool:
    return field["type"].strip().lower() in {"radio", "dropdown", "select", "yesno", "truefalse"}


def _instrument(fields: list[dict[str, str]], remarks: Remarks) -> ReadInstrument:
    items: list[ReadItem] = []
    names: set[str] = set()
    instruction = ""
    for field in fields:
        code = words(field["name"], remarks, 200)
        if code in names:
            raise NotAnInstrument(f"The field {code!r} is there twice.")
        names.add(code)
        section = words(field["section"], remarks, LONGEST_INSTRUCTION)
        if section and not items and not instruction:
            instruction = section
        elif section and section != instruction:
            remarks.drop(code, f"a heading between questions: “{section[:60]}”")
        item = _item(code, field, remarks)
        if item is None and field["type"].strip().lower() == "descriptive" and not items and not instruction:
            instruction = words(field["label"], remarks, LONGEST_INSTRUCTION)
            remarks.dropped.pop()  # it is kept after all, as the instruction
        elif item is not None:
            items.append(item)
    form = words(fields[0]["form"], remarks, 200)
    return ReadInstrument(
        kind=KIND,
        title=form.replace("_", " "),
        names=(form,),
        instruction=instruction,
        items=remarks.attached(_numbered(items, fields)),
        dropped=tuple(remarks.dropped),
        doubts=remarks.all_doubts(),
    )


def _item(code: str, field: dict[str, str], remarks: Remarks) -> ReadItem | None:
    kind, note = field["type"].strip().lower(), field["note"].upper()
    text = words(field["label"], remarks, LONGEST_TEXT)
    if "@HIDDEN" in note:
        remarks.drop(code, "hidden from the person who answers")
    elif kind in _NOT_QUESTIONS:
        computed = kind == "text" and "@CALC" in note
        remarks.drop(code, "computed by REDCap from other answers" if computed else _NOT_QUESTIONS[kind])
    elif not _asks(field):
        remarks.drop(code, f"of an unknown kind ({words(kind, remarks, 200)[:40] or 'none'})")
    elif not text:
        remarks.drop(code, "it has no text")
    else:
        _doubt_about(code, field, remarks)
        return ReadItem(code, text, _options(code, kind, field["choices"], remarks))
    return None


def _doubt_about(code: str, field: dict[str, str], remarks: Remarks) -> None:
    note = field["note"].upper()
    if field["logic"].strip():
        remarks.doubt_item(
            code, f"{code} is asked only under a condition in REDCap; Homeport asks it of everyone."
        )
    if "@DEFAULT" in note or "@SETVALUE" in note:
        remarks.doubt_item(
            code, f"{code} has an answer filled in beforehand in REDCap; Homeport never does that."
        )
    if "@HIDECHOICE" in note:
        remarks.doubt_item(code, f"{code} hides some of its answers in REDCap.")
    if re.search(r"\[[a-z][a-z0-9_:-]*\]", field["label"]):
        remarks.doubt_item(code, f"{code} puts another answer into its text, which Homeport does not do.")


def _options(code: str, kind: str, choices: str, remarks: Remarks) -> tuple[ReadOption, ...]:
    if kind in {"yesno", "truefalse"}:
        low, high = ("No", "Yes") if kind == "yesno" else ("False", "True")
        remarks.doubt_item(
            code, f"{code} uses REDCap's own labels, which are not in the file: “{low}” and “{high}”."
        )
        return ReadOption(0, low), ReadOption(1, high)
    return choice_list(code, choices, remarks)


def choice_list(code: str, choices: str, remarks: Remarks) -> tuple[ReadOption, ...]:
    """Options written as "0, Never | 1, Often" (or one to a line). Raises NotAnInstrument for a value given twice."""
    parts = [part for part in re.split(r"[|\r\n]", choices) if part.strip()]
    if len(parts) > MOST_OPTIONS:
        raise NotAnInstrument(f"{code} offers {len(parts)} answers; at most {MOST_OPTIONS} can be shown.")
    options = []
    for part in parts:
        given, comma, label = part.partition(",")
        given = given.strip()
        if not comma:
            remarks.doubt_item(
                code, f"{code} has an answer without a comma between value and label: “{given[:40]}”."
            )
            options.append(ReadOption(None, words(given, remarks, LONGEST_LABEL)))
            continue
        options.append(ReadOption(whole_number(given), words(label, remarks, LONGEST_LABEL), given[:40]))
    codes = [option.code for option in options if option.code]
    if len(set(codes)) != len(codes):
        raise NotAnInstrument(f"{code} gives the same value to two answers.")
    return tuple(options)


def _numbered(items: list[ReadItem], fields: list[dict[str, str]]) -> list[ReadItem]:
    said = {field["name"].strip(): whole_number(field["number"]) for field in fields}
    texts, leading = numbering.leading_numbers([item.text for item in items])
    counted = numbering.numbers_in([item.code for item in items])
    explicit = [said.get(item.code) for item in items]
    numbers = explicit if items and all(number is not None for number in explicit) else counted
    if any(number is not None for number in leading):
        numbers = leading
    return [
        ReadItem(item.code, text, item.options, number)
        for item, text, number in zip(items, texts, numbers, strict=True)
    ]
