"""REDCap: data dictionaries of both kinds, and instrument zips."""

import csv
import io
from collections.abc import Callable

import pytest

from homeport.catalogue.readers.instrument import NotAnInstrument, ReadInstrument
from homeport.catalogue.readers.opening import Supplied, unzip
from homeport.catalogue.readers.reading import read

Read = Callable[..., ReadInstrument]
PAGE = [
    "Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label",
    "Choices, Calculations, OR Slider Labels", "Field Note", "Text Validation Type OR Show Slider Number",
    "Text Validation Min", "Text Validation Max", "Identifier?", "Branching Logic (Show field only if...)",
    "Required Field?", "Custom Alignment", "Question Number (surveys only)", "Matrix Group Name", "Matrix Ranking?",
    "Field Annotation",
]  # fmt: skip
API = [
    "field_name", "form_name", "section_header", "field_type", "field_label", "select_choices_or_calculations",
    "field_note", "text_validation_type_or_show_slider_number", "text_validation_min", "text_validation_max",
    "identifier", "branching_logic", "required_field", "custom_alignment", "question_number", "matrix_group_name",
    "matrix_ranking", "field_annotation",
]  # fmt: skip
OFTEN = "0, Never | 1, Now and then | 2, Always"


def row(
    name: str, kind: str = "radio", label: str = "Rain?", choices: str = OFTEN, **more: str
) -> dict[str, str]:
    made = {"field_name": name, "form_name": "harbour", "field_type": kind, "field_label": label}
    return made | {"select_choices_or_calculations": choices} | more


def table(rows: list[dict[str, str]], headings: list[str] = PAGE, **dialect: str) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, **dialect)  # type: ignore[arg-type]
    writer.writerow(headings)
    writer.writerows([made.get(name, "") for name in API] for made in rows)
    return buffer.getvalue()


@pytest.mark.parametrize("headings", [PAGE, API])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_both_kinds_of_headings_separators_and_line_ends_are_read(
    read_one: Read, headings: list[str], delimiter: str, ending: str
) -> None:
    text = table([row("walk_1"), row("walk_2", label="Wind, or\nstorm?")], headings, delimiter=delimiter)
    read = read_one(text.replace("\r\n", ending))
    assert [(item.code, item.text, item.number) for item in read.items] == [
        ("walk_1", "Rain?", 1),
        ("walk_2", "Wind, or storm?", 2),
    ]
    assert [(o.value, o.label) for o in read.items[0].options] == [
        (0, "Never"),
        (1, "Now and then"),
        (2, "Always"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read(read_one: Read, encoding: str) -> None:
    read = read_one(table([row("walk_1", label="Café at the quay?")]).encode(encoding))
    assert read.items[0].text == "Café at the quay?"
    assert any("Windows-1252" in doubt for doubt in read.doubts) == (encoding == "cp1252")


@pytest.mark.parametrize(
    ("kind", "note", "why"),
    [
        ("calc", "", "computed"),
        ("descriptive", "", "a line of text"),
        ("file", "", "upload"),
        ("notes", "", "free text"),
        ("text", "", "free text or number"),
        ("text", "@CALCTEXT(if([a]=1,2,3))", "computed"),
        ("slider", "", "a line to mark"),
        ("checkbox", "", "several answers"),
        ("sql", "", "database"),
        ("radio", "@HIDDEN-SURVEY", "hidden"),
        ("radio", "@hidden", "hidden"),
        ("banana", "", "unknown kind (banana)"),
    ],
)
def test_fields_that_are_no_questions_are_dropped_with_the_reason(
    read_one: Read, kind: str, note: str, why: str
) -> None:
    read = read_one(table([row("walk_1"), row("odd", kind, field_annotation=note)]))
    assert [item.code for item in read.items] == ["walk_1"]
    assert [dropped.code for dropped in read.dropped] == ["odd"]
    assert why in read.dropped[0].why


@pytest.mark.parametrize(
    ("more", "doubt"),
    [
        ({"branching_logic": "[a] = '1'"}, "under a condition"),
        ({"field_annotation": "@DEFAULT='1'"}, "filled in beforehand"),
        ({"field_annotation": "@HIDECHOICE='2'"}, "hides some"),
        ({"field_label": "Do you like [first_name]?"}, "another answer"),
    ],
)
def test_what_homeport_does_otherwise_is_doubted(read_one: Read, more: dict[str, str], doubt: str) -> None:
    read = read_one(table([row("walk_1", **more)]))
    assert doubt in read.items[0].doubts[0]


def test_yes_and_no_come_with_redcaps_labels_and_a_doubt(read_one: Read) -> None:
    read = read_one(table([row("walk_1", "yesno", choices=""), row("walk_2", "truefalse", choices="")]))
    assert [[o.label for o in item.options] for item in read.items] == [["No", "Yes"], ["False", "True"]]
    assert all("REDCap's own labels" in item.doubts[0] for item in read.items)


def test_choices_of_every_kind_are_read(read_one: Read) -> None:
    choices = "-1, Worse, much worse\n 0 ,No change|1.0, <b>Better</b> | x, Other | 7"
    read = read_one(table([row("walk_1", choices=choices)]))
    assert [(o.value, o.label) for o in read.items[0].options] == [
        (-1, "Worse, much worse"),
        (0, "No change"),
        (1, "Better"),
        (None, "Other"),
        (None, "7"),
    ]
    assert any("without a comma" in doubt for doubt in read.items[0].doubts)
    assert any("HTML" in doubt for doubt in read.doubts)


def test_numbers_in_labels_and_of_surveys_are_taken(read_one: Read) -> None:
    read = read_one(table([row("rain", label="1. Rain?"), row("wind", label="2. Wind?")]))
    assert [(item.number, item.text) for item in read.items] == [(1, "Rain?"), (2, "Wind?")]
    read = read_one(table([row("rain", question_number="2"), row("wind", question_number="1")]))
    assert [item.number for item in read.items] == [2, 1]


def test_a_first_heading_is_the_instruction_and_later_ones_are_told(read_one: Read) -> None:
    rows = [
        row("walk_1", section_header="Think of <i>rain</i>."),
        row("walk_2", section_header="Now of wind."),
    ]
    read = read_one(table(rows))
    assert read.instruction == "Think of rain."
    assert any("Now of wind." in dropped.why for dropped in read.dropped)


def test_a_first_line_of_text_is_the_instruction(read_one: Read) -> None:
    read = read_one(table([row("intro", "descriptive", "Think of rain."), row("walk_1")]))
    assert read.instruction == "Think of rain."
    assert read.dropped == ()


def test_of_several_forms_one_is_chosen(read_one: Read) -> None:
    rows = [
        row("record_id", "text", form_name="about_you"),
        row("walk_1"),
        row("sail_1", form_name="sailing"),
    ]
    with pytest.raises(NotAnInstrument, match=r"'harbour', 'sailing'\. Choose with --form"):
        read_one(table(rows))
    read = read_one(table(rows), form="sailing")
    assert [item.code for item in read.items] == ["sail_1"]
    with pytest.raises(NotAnInstrument, match="no form 'rowing'"):
        read_one(table(rows), form="rowing")
    only = read_one(table(rows[:2]))
    assert [dropped.code for dropped in only.dropped] == ["about_you"]


def test_extra_columns_are_passed_over_and_told(read_one: Read) -> None:
    text = (
        table([row("walk_1")]).replace("Field Annotation", "Field Annotation,Colour").replace("\r\n", ",\r\n")
    )
    read = read_one(text.replace("Colour,", "Colour"))
    assert any("colour" in doubt for doubt in read.doubts)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda text: text.replace("walk_2", "walk_1"), "'walk_1' is there twice"),
        (lambda text: text.replace("0, Never", "1, Never"), "same value to two answers"),
        (lambda text: text + 'walk_3,harbour,,radio,"never closed', "breaks off at line"),
        (lambda text: text + "walk_3" + "," * 30 + "x\r\n", "31 cells under 18 headings"),
        (lambda text: text.replace("Section Header", "Form Name"), "two columns called"),
        (lambda text: text.replace("Field Label", "Field Note 2"), "lacks field name, type or label"),
        (lambda text: text.split("\r\n")[0] + ",x" * 1_000_000, "1,000,018 columns"),
        (lambda text: text + "walk_9,harbour,,radio,Sea?\r\n" * 6_000, "more than 5,000 rows"),
        (lambda text: text.replace("Rain?", "R" * 200_000), "breaks off at line 2"),
        (lambda text: text.split("\r\n")[0], "no question with answers"),
    ],
)
def test_broken_dictionaries_are_refused(read_one: Read, change: Callable[[str], str], why: str) -> None:
    with pytest.raises(NotAnInstrument, match=why) as refusal:
        read_one(change(table([row("walk_1"), row("walk_2")])))
    assert "\n" not in str(refusal.value)


def test_an_instrument_zip_is_read_and_what_else_is_in_it_told(zipped: Callable[..., bytes]) -> None:
    files = [
        ("instrument.csv", table([row("walk_1")])),
        ("OriginID.txt", "x"),
        ("attachments/map.png", b"\x89PNG"),
    ]
    read_zip = read(Supplied("walk.zip", unzip(zipped(files))))
    assert [item.code for item in read_zip.items] == ["walk_1"]
    assert [dropped.code for dropped in read_zip.dropped] == ["attachments/map.png"]
    assert read_zip.kind == "redcap-zip"


def test_what_computers_leave_in_a_zip_is_passed_over(
    zipped: Callable[..., bytes], question: Callable[..., object], questionnaire: Callable[..., object]
) -> None:
    form = questionnaire([question("a", "Rain?")])
    files = [("walk.json", form), (".DS_Store", b"\x00"), ("__MACOSX/._walk.json", b"\x00")]
    assert [item.code for item in read(Supplied("walk.zip", unzip(zipped(files)))).items] == ["a"]


def test_a_zip_without_an_instrument_is_refused(zipped: Callable[..., bytes]) -> None:
    with pytest.raises(NotAnInstrument, match="None of its 2 files"):
        read(Supplied("z", unzip(zipped([("a.txt", "x"), ("b.zip", zipped([("instrument.csv", "x")]))]))))
    with pytest.raises(NotAnInstrument, match="no file in it"):
        read(Supplied("z", unzip(zipped([]))))


DATADICT = (
    "variable,description,detail,allowedSuffix,valueType,allowedValues,valueInfo,naValueType,activeStatus,replacement,"
    "provenance\n"
    'walk_i1,"Walk, question 1",Rain?,s1,Integer,"0, 1","0, Never | 1, Often",NA,1,NA,direct-redcap\n'
    'walk_i2,"Walk, question 2",Wind?,s1,Integer,"0, 1, 2","0, Never | 1, Often",NA,1,NA,direct-redcap\n'
    'walk_i3,"Walk, question 3",Sea?,s1,Integer,"0, 1","0, Never | 1, Often",NA,0,NA,direct-redcap\n'
    'walk_sum,Sum,sum of all,s1,Integer,"[0,2]",NA,NA,1,NA,code-instruments\n'
)


def test_a_dictionary_kept_beside_an_instrument_is_read(read_one: Read) -> None:
    read = read_one(DATADICT)
    assert [(item.code, item.number) for item in read.items] == [("walk_i1", 1), ("walk_i2", 2)]
    assert {dropped.code: dropped.why for dropped in read.dropped} == {
        "walk_i3": "no longer in use, by the dictionary's own mark",
        "walk_sum": "computed from other answers",
    }
    assert "not what its answers offer" in read.items[1].doubts[0]
    assert read.names == ("walk",)
    with pytest.raises(NotAnInstrument, match="'walk_i1' is there twice"):
        read_one(DATADICT.replace("walk_i2", "walk_i1"))
