"""Which column of a file answers which question: by the ids of the key, or by the numbers of its questions."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from homeport.content.instruments import Key
from homeport.core.errors import HomeportError

_NUMBERED = re.compile(r"(?P<stem>.*?)[ _.-]*0*(?P<number>[1-9][0-9]*)")
_STEMS = frozenset({"", "q", "item", "i", "question"})
_LISTED = 12  # names that a message lists before it says how many more there are


@dataclass(frozen=True)
class Columns:
    """columns: places in the file, one for each question found. orders: which questions they are, by the name of
    the order ("" where the columns carry the questions' own ids). note: what had to be concluded, "" for nothing.
    """

    columns: tuple[int, ...]
    orders: Mapping[str, tuple[str, ...]]
    note: str = ""


def find_columns(key: Key, names: Sequence[str], order: str = "") -> Columns:
    """Match the names of a file to the questions of a key, whatever their case.

    Q1, q01, item_1, 1 and the key's own name before the number (ecr_1) all mean question 1; so does any other name
    before the numbers where only one series of columns fits. order: for a key whose questions circulate in several.
    Raises HomeportError: questions without a column, two columns for one question, or an order the key does not have.
    """
    orders = {each.name: each.items for each in key.orders}
    if order and order not in orders:
        raise HomeportError(f"{key.title} has no order {order!r}; it has {' and '.join(orders)}.")
    by_id = _ids(key, names)
    series = _series(names)
    found = [by_id] if _covers(key, tuple(by_id)) else []
    numbers = {stem: columns for stem, columns in series.items() if _numbers_cover(key, columns)}
    known = _known_stems(key)
    found += [columns for stem, columns in numbers.items() if stem in known]
    note = ""
    if not found and len(numbers) == 1:
        found = list(numbers.values())
        note = f"The questions are taken from the columns {_first(names, found[0])} and so on."
    if len({tuple(sorted(place for places in each.values() for place in places)) for each in found}) > 1:
        firsts = " and ".join(_first(names, each) for each in found)
        raise HomeportError(f"More than one series of columns could be the answers: those of {firsts}.")
    if not found:
        raise HomeportError(_absent(key, names, by_id, series))
    places = _single(names, found[0])
    if found[0] is by_id:
        return Columns(places, {"": tuple(by_id)}, note)
    wanted = {
        name: tuple(items[int(number) - 1] for number in found[0])
        for name, items in orders.items()
        if not order or name == order
    }
    return Columns(places, wanted, note)


def _first(names: Sequence[str], columns: Mapping[str, list[int]]) -> str:
    return names[next(iter(columns.values()))[0]]


def _single(names: Sequence[str], columns: Mapping[str, list[int]]) -> tuple[int, ...]:
    """The one column of each question."""
    for places in columns.values():
        if len(places) > 1:
            both = " and ".join(names[place] for place in places)
            raise HomeportError(f"Two columns answer the same question: {both}.")
    return tuple(places[0] for places in columns.values())


def _ids(key: Key, names: Sequence[str]) -> dict[str, list[int]]:
    """Columns by item id, in the order of the key; an item's code (such as its LOINC code) also names it."""
    wanted = {item.id.casefold(): item.id for item in key.items}
    wanted |= {code.casefold(): item.id for item in key.items for code in item.codes.values()}
    found: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        if item := wanted.get(name.casefold()):
            found.setdefault(item, []).append(place)
    return {item: found[item] for item in key.item_ids if item in found}


def _series(names: Sequence[str]) -> dict[str, dict[str, list[int]]]:
    """Stem -> number -> columns, such as ``{"q": {"1": [0], "2": [1]}}``."""
    series: dict[str, dict[str, list[int]]] = {}
    for place, name in enumerate(names):
        if match := _NUMBERED.fullmatch(name):
            numbers = series.setdefault(_plain(match["stem"]), {})
            numbers.setdefault(match["number"], []).append(place)
    return series


def _numbers_cover(key: Key, columns: dict[str, list[int]]) -> bool:
    """Whether the series has every number of the questions; drops numbers beyond them."""
    count = len(key.items)
    for number in [number for number in columns if int(number) > count]:
        del columns[number]
    return any(
        _covers(key, [each.items[int(number) - 1] for number in columns if int(number) <= count])
        for each in key.orders
    )


def _covers(key: Key, items: Sequence[str]) -> bool:
    """Every question of the key, or every question of one of its short forms."""
    there = set(items)
    return set(key.item_ids) <= there or any(set(form.items) <= there for form in key.forms)


def _known_stems(key: Key) -> frozenset[str]:
    names = {_plain(name) for name in (*key.aliases, key.abbreviation, key.id, key.id.rpartition(".")[2])}
    return _STEMS | names | {name + stem for name in names for stem in ("q", "item")}


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _absent(
    key: Key,
    names: Sequence[str],
    by_id: Mapping[str, list[int]],
    series: Mapping[str, Mapping[str, list[int]]],
) -> str:
    """The sentence for a file that lacks questions: measured against the nearest way to name them."""
    known = _known_stems(key)
    numbers = max((series[stem] for stem in series if stem in known), key=len, default={})
    if by_id and len(by_id) >= len(numbers):
        absent = [item for item in key.item_ids if item not in by_id]
    elif numbers:
        prefix = names[next(iter(numbers.values()))[0]].rstrip("0123456789")
        absent = [f"{prefix}{item.number}" for item in key.items if str(item.number) not in numbers]
    else:
        first, last = key.items[0], key.items[-1]
        return (
            f"No column answers {key.title}: its {len(key.items)} questions are looked for as Q1 to "
            f"Q{len(key.items)} or as {first.id} to {last.id}."
        )
    more = f" and {len(absent) - _LISTED} more" if len(absent) > _LISTED else ""
    return f"These questions of {key.title} have no column: {', '.join(absent[:_LISTED])}{more}."
