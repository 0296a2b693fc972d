"""Words of somebody else's file that a spreadsheet would run as a formula, made words again.

The way of OWASP ("CSV Injection"): an apostrophe before a cell that begins as a formula does. A number with a sign
stays a number.
"""

import re
from typing import Any

from homeport.psychometrics.files.arrow import arrow

# As RE2 (pyarrow) and Python's own both read it. A Japanese or Chinese spreadsheet takes the wide signs for the narrow ones.
_BEGINS = "^[=+\\-@\t\r\n＝＋－＠]"
_NUMBER = r"^[+-]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)([eE][+-]?[0-9]+)?$"
_MARK = "'"


def harmless_name(name: str) -> str:
    """The name of a column, with an apostrophe before it where a spreadsheet would run it."""
    return f"{_MARK}{name}" if re.search(_BEGINS, name) and not re.search(_NUMBER, name) else name


def harmless(array: Any) -> Any:
    """An Arrow array with an apostrophe before each of its words that a spreadsheet would run; numbers as they are.

    Words come back as one type, whatever they were: a file is written with the type of its first batch.
    """
    if not _holds_words(array.type):
        return array
    pyarrow, compute = arrow(), arrow("compute")
    words = array.cast(pyarrow.large_binary())
    begins = compute.match_substring_regex(words, _BEGINS)
    number = compute.match_substring_regex(words, _NUMBER)
    runs = compute.and_not(begins, number)
    mark, nothing = (pyarrow.scalar(each, pyarrow.large_binary()) for each in (_MARK.encode(), b""))
    return compute.if_else(runs, compute.binary_join_element_wise(mark, words, nothing), words)


def _holds_words(kind: Any) -> bool:
    told = arrow("types")
    kind = kind.value_type if told.is_dictionary(kind) else kind
    return any(
        is_kind(kind)
        for is_kind in (
            told.is_string,
            told.is_large_string,
            told.is_binary,
            told.is_large_binary,
            told.is_fixed_size_binary,
        )
    )
