"""Files that are no instrument: one clear line each, quickly, whatever they are."""

import random
import time
from collections.abc import Callable

import pytest

from homeport.catalogue.readers.instrument import NotAnInstrument

NOISE = random.Random(7).randbytes(300_000)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b" \r\n\t\n", "empty"),
        (bytes(1_000), "empty"),
        (b"Dear all, please find attached.", "none of the files"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "none of the files|not a text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a text file"),
        (NOISE, "not a text file"),
        (b'<?xml version="1.0"?><Questionnaire xmlns="http://hl7.org/fhir"/>', "JSON: export it that way"),
        (b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]><a>&d;</a>', "This is XML"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><Questionnaire>&b;</Questionnaire>', "This is XML"),
        (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "none of the files"),
        (b'!!python/object/apply:os.system ["echo made-up"]\n', "none of the files"),
        (b"{}", "none of the files"),
        (b"[]", "none of the files"),
        (b"[1, 2]", "none of the files"),
        (b'"text"', "none of the files"),
        (b"null", "none of the files"),
        (b"{" * 3_000_000, "JSON"),
        (b"[" * 3_000_000, "nested far too deep"),
        (b'{"resourceType": NaN}', "NaN"),
        (b'{"resourceType": "Questionnaire", "title": "\\ud800", "item": []}', "half a character|no question"),
        (b"1" * 3_000_000, "none of the files"),
        (b"\n" * 3_000_000 + b"x", "none of the files"),
        (b"\t" * 3_000_000 + b"x", "none of the files"),
        (b"," * 3_000_000, "none of the files"),
        (b'"' * 3_000_000, "none of the files"),
        (b"=1" * 1_500_000, "none of the files"),
        (b"field_name,field_type,field_label" + b"," * 4_900_000, "no question"),
        (b"1=low, 2=high\n" + b"Q1. Rain?\n" * 480_000, "numbered lines"),
        (b"PK\x03\x04 and more", "zip inside"),
        (b"field_name field_type " + b"x" * 3_000_000, "lacks|breaks off|columns|none of the files"),
    ],
)  # fmt: skip
def test_it_is_refused_in_one_line_and_in_no_time(
    read_one: Callable[..., object], data: bytes, why: str
) -> None:
    start = time.process_time()  # of this process alone, whatever else the machine does
    with pytest.raises(NotAnInstrument, match=why) as refusal:
        read_one(data)
    message = str(refusal.value)
    assert time.process_time() - start < 5
    assert message.isprintable()
    assert 10 < len(message) < 250
    assert message.endswith(".")


def test_a_questionnaire_of_twenty_thousand_questions_is_refused(
    read_one: Callable[..., object],
    question: Callable[..., dict[str, object]],
    questionnaire: Callable[..., dict[str, object]],
) -> None:
    with pytest.raises(NotAnInstrument, match="401 questions"):
        read_one(questionnaire([question(f"q{number}", "Rain?", ["No", "Yes"]) for number in range(401)]))


def test_a_question_with_hundreds_of_answers_is_refused(
    read_one: Callable[..., object],
    question: Callable[..., dict[str, object]],
    questionnaire: Callable[..., dict[str, object]],
) -> None:
    with pytest.raises(NotAnInstrument, match="offers 300 answers"):
        read_one(questionnaire([question("q", "Rain?", [f"answer {number}" for number in range(300)])]))
