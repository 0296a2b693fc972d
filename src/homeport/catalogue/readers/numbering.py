"""What number a question has, read from the way its neighbours are named."""

import re
from collections import defaultdict
from collections.abc import Sequence

_DIGITS = re.compile(r"\d+", re.ASCII)
_LEADING = re.compile(r"^\s*(?:Q\s*)?(\d{1,3})\s*[.):]\s+(?=\S)", re.ASCII | re.IGNORECASE)


def numbers_in(codes: Sequence[str]) -> list[int | None]:
    """The running number within each code, or None: `phq8_i3_s1` among its neighbours has 3.

    Codes alike but for their digits belong together; of the largest such family the one group of digits that varies is
    the number. Codes outside it have none, and neither has a family whose numbers do not run closely from 1.
    """
    families: dict[str, list[int]] = defaultdict(list)
    for place, code in enumerate(codes):
        families[_DIGITS.sub("#", code)].append(place)
    numbers: list[int | None] = [None] * len(codes)
    if not families:
        return numbers
    family = max(families.values(), key=len)
    groups = [_DIGITS.findall(codes[place]) for place in family]
    varying = [column for column in zip(*groups, strict=True) if len(set(column)) > 1]
    if len(family) < 2 or len(varying) != 1 or any(len(digits) > 3 for digits in varying[0]):
        return numbers
    found = [int(digits) for digits in varying[0]]
    if min(found) == 1 and max(found) <= 2 * len(found) + 5:
        for place, number in zip(family, found, strict=True):
            numbers[place] = number
    return numbers


def leading_numbers(texts: Sequence[str]) -> tuple[list[str], list[int | None]]:
    """Texts without the "1." before them, and those numbers; only where every text has one and they differ."""
    found = [_LEADING.match(text) for text in texts]
    numbers = [int(match[1]) for match in found if match]
    if len(numbers) < 2 or len(numbers) != len(texts) or len(set(numbers)) != len(numbers):
        return list(texts), [None] * len(texts)
    return [text[match.end() :] for text, match in zip(texts, found, strict=True) if match], list(numbers)
