"""Which question of a file is which item of a key: by code, by known text, by id, and only then by number or place."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from homeport.catalogue.fingerprints import fingerprint, items_by_fingerprint, known_elsewhere
from homeport.catalogue.readers.instrument import Dropped, ReadItem
from homeport.content.instruments import Key
from homeport.core.errors import HomeportError

MOST_EXTRAS = 2  # further questions at the end that are dropped rather than held against the file


class WordingRefused(HomeportError):
    """A wording that does not fit its key. ``differences`` lists every way; the message shows the first ones."""

    def __init__(self, key: Key, differences: Sequence[str], hint: str = "") -> None:
        self.key = key
        self.differences = tuple(dict.fromkeys(differences))
        shown, more = self.differences[:4], len(self.differences) - 4
        tail = f" (and {more} more)" if more > 0 else ""
        super().__init__(f"It does not fit {key.id} and was refused: {' '.join(shown)}{tail} {hint}".rstrip())


@dataclass(slots=True)
class Join:
    """The file's question for each item of the key; what was left over; what to look at."""

    pairs: dict[str, ReadItem]
    dropped: list[Dropped] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    recognised: int = 0  # questions whose text is known as their item's


def join(questions: Sequence[ReadItem], key: Key, *, english: bool, order: str = "") -> Join:
    """Join questions to the items of a key. Raises WordingRefused with the differences.

    ``english``: known texts are English; in another language their absence says nothing. ``order`` names one of the
    key's orders for a file that shows no other sign of its own.
    """
    names = [one.name for one in key.orders]
    if order and order not in names:
        raise WordingRefused(key, [f"There is no order {order!r}; there is {', '.join(names)}."])
    asked, dropped = _without_companions(questions, key)
    claims = _Claims(key, asked)
    differences = claims.contradictions()
    if differences:
        raise WordingRefused(key, differences)
    sure = claims.sure()
    complete = len(sure) == len(key.items)
    found = _by_claims(key, asked, sure) if complete else _by_place(key, asked, sure, order, claims)
    found.dropped = [*dropped, *found.dropped]
    found.recognised = sum(claims.text.get(place) is not None for place in range(len(asked)))
    found.doubts += [*_doubts_about_codes(key, found), *_doubts_about_texts(key, found, english)]
    return found


def _without_companions(questions: Sequence[ReadItem], key: Key) -> tuple[list[ReadItem], list[Dropped]]:
    codes = {code: one for one in key.companions for code in one.codes.values()}
    asked, dropped = [], []
    for question in questions:
        companion = next((codes[code] for code in question.loinc if code in codes), None)
        if companion is None:
            asked.append(question)
        else:
            why = f"it goes with {key.abbreviation} but is not part of it ({companion.id})"
            dropped.append(Dropped(question.code, why))
    return asked, dropped


class _Claims:
    """What each question says it is, by the place of the question: a code, a known text, an id like the key's."""

    def __init__(self, key: Key, asked: Sequence[ReadItem]) -> None:
        self.key, self.asked = key, asked
        by_code = {item.codes["loinc"]: item.id for item in key.items if "loinc" in item.codes}
        by_text = items_by_fingerprint(key)
        by_id = {item.id.lower(): item.id for item in key.items if not re.fullmatch(r"q?\d+", item.id)}
        self.code = self._made(lambda q: next((by_code[code] for code in q.loinc if code in by_code), None))
        self.text = self._made(lambda q: by_text.get(fingerprint(q.text)))
        self.id = self._made(lambda q: _named(q.code, by_id))

    def _made(self, claim: Callable[[ReadItem], str | None]) -> dict[int, str]:
        made = ((place, claim(question)) for place, question in enumerate(self.asked))
        return {place: item for place, item in made if item is not None}

    def sure(self) -> dict[int, str]:
        """The item of each question that a code or a text tells; an id only where all items have one."""
        sure = {**self.text, **self.code}
        if len(set(self.id.values())) == len(self.key.items) == len(self.id):
            return {**self.id, **sure}
        return sure

    def contradictions(self) -> list[str]:
        """Questions whose code says one item and whose text says another, items claimed twice, texts of another key."""
        found = [
            f"{self.asked[place].code} has the code of {item} and the text of {self.text[place]}."
            for place, item in self.code.items()
            if self.text.get(place, item) != item
        ]
        for claims, what in ((self.code, "codes"), (self.text, "texts")):
            twice = [item for item, count in Counter(claims.values()).items() if count > 1]
            found += [f"Two questions have the {what} of {item}." for item in twice]
        elsewhere = known_elsewhere({fingerprint(question.text) for question in self.asked}, self.key)
        for instrument, count in list(elsewhere.items())[:1]:
            if 2 * count > len(self.asked):
                found.append(f"{count} of its {len(self.asked)} texts are those of {instrument}.")
        return found


def _named(code: str, ids: Mapping[str, str]) -> str | None:
    lowered = code.lower()
    pieces = re.split(r"[_./]", lowered)
    return ids.get(lowered) or ids.get(pieces[-1])


def _by_claims(key: Key, asked: Sequence[ReadItem], sure: Mapping[int, str]) -> Join:
    pairs = {item: asked[place] for place, item in sorted(sure.items())}
    found = Join({item: pairs[item] for item in key.item_ids})
    for place, question in enumerate(asked):
        if place not in sure:
            found.dropped.append(Dropped(question.code, f"no item of {key.id}"))
            found.doubts.append(_extra_doubt(question, key))
    in_file = [sure[place] for place in sorted(sure)]
    if not any(tuple(in_file) == order.items for order in key.orders):
        found.doubts.append(
            "Its questions stand in another order than the published one; each was known by its code or text, and "
            "will be asked in the published order."
        )
    return found


def _extra_doubt(question: ReadItem, key: Key) -> str:
    return f"{question.code} (“{question.text[:50]}”) is no item of {key.id}; it was dropped."


def _by_place(
    key: Key, asked: Sequence[ReadItem], sure: Mapping[int, str], order: str, claims: _Claims
) -> Join:
    size = len(key.items)
    allowed = max(MOST_EXTRAS, len(key.companions))
    if len(asked) < size or len(asked) > size + allowed:
        raise WordingRefused(key, _count_differences(key, asked, sure))
    ranked = _ranked(key, asked)
    items = _order_for(key, ranked, sure, order)
    found = Join({item: asked[place] for item, place in zip(items, ranked, strict=False)})
    found.pairs = {item: found.pairs[item] for item in key.item_ids}
    for place in sorted(set(range(len(asked))) - set(ranked[:size])):
        found.dropped.append(Dropped(asked[place].code, f"beyond the {size} items of {key.id}"))
        found.doubts.append(_extra_doubt(asked[place], key))
    if ranked != sorted(ranked):
        found.doubts.append("Its questions are not in the order of their numbers; the numbers were followed.")
    if not claims.code:
        how = "number" if asked[ranked[0]].number is not None else "place"
        found.doubts.append(
            f"Questions were joined to {key.abbreviation} by their {how}: check that they are the same."
        )
    return found


def _count_differences(key: Key, asked: Sequence[ReadItem], sure: Mapping[int, str]) -> list[str]:
    differences = [f"It has {len(asked)} questions; {key.abbreviation} has {len(key.items)}."]
    if sure and len(asked) < len(key.items):
        absent = [item for item in key.item_ids if item not in sure.values()]
        differences.append(f"Not found in it: {', '.join(absent[:12])}.")
    return differences


def _ranked(key: Key, asked: Sequence[ReadItem]) -> list[int]:
    """Places of the questions in the order of their numbers; extras last. Raises WordingRefused for numbers that jar."""
    size = len(key.items)
    numbers = [question.number for question in asked]
    said = [number for number in numbers if number is not None]
    twice = sorted(number for number, count in Counter(said).items() if count > 1)
    if twice:
        raise WordingRefused(key, [f"Question {number} is there twice." for number in twice])
    if len(said) == len(asked) or set(range(1, size + 1)) <= set(said):
        missing = sorted(set(range(1, size + 1)) - set(said))
        if missing:
            raise WordingRefused(key, [f"Question {number} is missing." for number in missing])
        by_number = {number: place for place, number in enumerate(numbers) if number is not None}
        return [by_number[number] for number in sorted(by_number)]
    if all(number is None or number == place for place, number in enumerate(numbers, 1)):
        return list(range(len(asked)))
    raise WordingRefused(key, ["Only some of its questions are numbered, and not by their place."])


def _order_for(key: Key, ranked: Sequence[int], sure: Mapping[int, str], wanted: str) -> tuple[str, ...]:
    """The published order that the known questions agree with. Raises WordingRefused for none, and for several."""
    size = len(key.items)
    fitting = [
        order
        for order in key.orders
        if all(sure.get(place, item) == item for item, place in zip(order.items, ranked, strict=False))
        and not any(place in sure for place in ranked[size:])
    ]
    if wanted:
        named = [order for order in key.orders if order.name == wanted]
        fitting = [order for order in named if order in fitting]
        if not fitting:
            raise WordingRefused(key, _order_differences(key, named[0].items, ranked, sure))
    if not fitting:
        raise WordingRefused(key, _order_differences(key, key.orders[0].items, ranked, sure))
    if len(fitting) > 1:
        names = " or ".join(order.name for order in fitting)
        raise WordingRefused(
            key, [f"It circulates in several orders and its texts tell none; say --order {names}."]
        )
    return fitting[0].items


def _order_differences(
    key: Key, order: Sequence[str], ranked: Sequence[int], sure: Mapping[int, str]
) -> list[str]:
    expected = dict(zip(ranked, order, strict=False))
    return [
        f"Question {ranked.index(place) + 1} reads as {item}, where {key.abbreviation} has {expected.get(place, 'no item')}."
        for place, item in sorted(sure.items())
        if expected.get(place) != item
    ]


def _doubts_about_codes(key: Key, found: Join) -> list[str]:
    """Questions whose LOINC codes are all another question's than the one they were joined to."""
    strange = [
        f"{question.code} ({', '.join(question.loinc[:2])}, where {item} has {own})"
        for item, question in found.pairs.items()
        if question.loinc and (own := key.item(item).codes.get("loinc")) and own not in question.loinc
    ]
    more = f" and {len(strange) - 4} more" if len(strange) > 4 else ""
    return [
        f"LOINC codes that are not those of the {key.abbreviation}: {', '.join(strange[:4])}{more}."
    ] * bool(strange)


def _doubts_about_texts(key: Key, found: Join, english: bool) -> list[str]:
    known = items_by_fingerprint(key)
    if not known or not english:
        return (
            []
            if known
            else [f"Homeport knows no text of {key.abbreviation} to compare with: read them through."]
        )
    strange = [
        item for item, question in found.pairs.items() if known.get(fingerprint(question.text)) != item
    ]
    if not strange:
        return []
    if len(strange) == len(found.pairs):
        return [
            f"None of its {len(strange)} texts is known as one of {key.abbreviation}: compare them with the "
            "published form before anyone answers them."
        ]
    return [f"Worded otherwise than the {key.abbreviation} known here: {', '.join(strange[:12])}."]
