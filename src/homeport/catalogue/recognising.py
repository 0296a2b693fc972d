"""Which shipped key a file's instrument belongs to: by its codes, its texts, its short name or its title."""

import difflib
import re
from dataclasses import dataclass

from homeport.catalogue.fingerprints import fingerprint, items_by_fingerprint
from homeport.catalogue.readers.instrument import ReadInstrument
from homeport.content.instruments import Key, all_keys, resolve
from homeport.core.errors import HomeportError

_SMALL = {"a", "an", "and", "for", "in", "of", "on", "the", "with", "to"}
# A form that adds one of these words to a key's title may be another instrument: children's, revised, shortened.
_ALTERED = {
    "abbreviated", "adapted", "adolescent", "adolescents", "altered", "brief", "caregiver", "child", "children",
    "extended", "modified", "parent", "parents", "proxy", "reduced", "revised", "short", "shortened", "teen",
    "teens", "youth",
}  # fmt: skip
OWN_BANK = "attachment.homeport"


@dataclass(frozen=True, slots=True)
class Recognition:
    """The key found, or None; ``by`` says how ("code", "texts", "name", "title"); ``doubts`` what to look at."""

    key: Key | None
    by: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether the file says by more than a name what it is."""
        return self.by in {"code", "texts"}


class Ambiguous(HomeportError):
    """A file that could be several instruments; the message lists them."""


def recognise(read: ReadInstrument, *, english: bool = True) -> Recognition:
    """The key of an instrument. Raises Ambiguous where codes or names point to several and nothing decides.

    ``english``: whether its texts are English, as the titles of the keys are.
    """
    keys = [key for key in all_keys() if key.id != OWN_BANK]
    by_code = [key for key in keys if key.codes.get("loinc") in read.codes]
    by_texts = None if by_code else _by_texts(keys, read)
    if by_texts is not None:
        return Recognition(by_texts, "texts")
    by_code = by_code or [key for key in keys if _share_of_codes(key, read) >= 0.5]
    if by_code:
        return Recognition(_only(by_code, "codes"), "code", _altered(_only(by_code, "codes"), read))
    return _by_what_it_is_called(keys, read, english)


def _by_what_it_is_called(keys: list[Key], read: ReadInstrument, english: bool) -> Recognition:
    named, titled = _by_name(keys, read), _by_title(keys, read)
    if named is not None and titled is not None and named != titled:
        # "Experiences in Close Relationships (ECR-R)": the short name says more of the same.
        if not set(_words(titled.title)) < set(_words(named.title)):
            _only([named, titled], "title and short name")
        titled = None
    if titled is not None:
        return Recognition(titled, "title", _altered(titled, read))
    if named is not None and not (english and _another_title(named, read)):
        return Recognition(named, "name", _altered(named, read))
    names = short_names(read)
    alike = [named] if named else [key for key in keys if compact(key.abbreviation) in names]
    return Recognition(None, doubts=tuple(_namesake(key) for key in alike))


def another_name(key: Key, read: ReadInstrument, *, english: bool = True) -> tuple[str, ...]:
    """A doubt where the file goes by the name or title of another key than the one it was taken for; else ()."""
    try:
        called = _by_what_it_is_called([one for one in all_keys() if one.id != OWN_BANK], read, english).key
    except Ambiguous:
        return ()
    if called is None or called == key:
        return ()
    return (f"It calls itself {called.title} ({called.id}), and was taken for {key.id}.",)


def _namesake(key: Key) -> str:
    return (
        f"It goes by a short name of {key.id} ({key.title}), and nothing else says that it is one: taken for another "
        f"instrument. If it is the same, say --as {key.id}."
    )


def _only(keys: list[Key], what: str) -> Key:
    if len(keys) > 1:
        listed = ", ".join(key.id for key in keys)
        raise Ambiguous(f"Its {what} are those of several instruments ({listed}); say which with --as NAME.")
    return keys[0]


def _share_of_codes(key: Key, read: ReadInstrument) -> float:
    coded = {item.codes["loinc"] for item in key.items if "loinc" in item.codes}
    return len(coded & {code for item in read.items for code in item.loinc}) / len(coded) if coded else 0.0


def _by_texts(keys: list[Key], read: ReadInstrument) -> Key | None:
    """The key most of whose items are known by their text, where most of the file's questions are its own."""
    texts = {fingerprint(item.text) for item in read.items}
    shares: list[tuple[float, Key]] = []
    for key in keys:
        known = items_by_fingerprint(key)
        found = {item for hash_, item in known.items() if hash_ in texts}
        # Half of the key's items, and half of the file's: the PHQ-2 holds two items of the PHQ-9 and is not one.
        if 2 * len(found) > len(key.items) and 2 * len(found) > len(read.items):
            shares.append((len(found) / len(key.items), key))
    shares.sort(key=lambda pair: -pair[0])
    if len(shares) > 1 and shares[0][0] == shares[1][0]:
        return _only([key for share, key in shares if share == shares[0][0]], "texts")
    return shares[0][1] if shares else None


def compact(name: str) -> str:
    """A name by its letters and digits alone: "PHQ-9" and "phq9" are one."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def short_names(read: ReadInstrument) -> set[str]:
    """Every short name that the file goes by, compacted: its ids whole and in parts, and the words of its title."""
    found: set[str] = set()
    for name in (*read.names, read.title, _common_start([item.code for item in read.items])):
        for word in re.split(r"[\s()\[\]{},;:/“”\"'|]+", name):
            parts = re.split(r"[_.]", word)
            found |= {compact(part) for part in (word, *parts)}
            pieces = re.split(r"[-–_.]", word)
            found |= {compact("".join(pieces[:length])) for length in range(1, len(pieces) + 1)}
    return found - {""}


def _common_start(codes: list[str]) -> str:
    if not codes:
        return ""
    first, last = min(codes), max(codes)
    same = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return re.split(r"[_.\-/]", first[:same])[0]


def _by_name(keys: list[Key], read: ReadInstrument) -> Key | None:
    """The key whose own short name is the longest among the file's. A bare name that two instruments share is none."""
    names = short_names(read)
    found: dict[str, list[Key]] = {}
    for key in keys:
        aliases = {compact(alias) for alias in key.aliases}
        if _unshared(key):
            aliases.add(compact(key.abbreviation))
        for alias in aliases & names:
            found.setdefault(alias, []).append(key)
    if not found:
        return None
    longest = max(len(alias) for alias in found)
    matched = {key.id: key for alias, of in found.items() if len(alias) == longest for key in of}
    return _only(list(matched.values()), "names")


def _unshared(key: Key) -> bool:
    try:
        return resolve(key.abbreviation) == key.id
    except HomeportError:
        return False


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z0-9]+", text.lower()) if word not in _SMALL]


def _holds(words: list[str], word: str) -> bool:
    """Whether a word is there, a slip of the pen allowed in long ones ("experinces")."""
    return word in words or (len(word) > 6 and bool(difflib.get_close_matches(word, words, 1, 0.85)))


def _by_title(keys: list[Key], read: ReadInstrument) -> Key | None:
    """The key whose whole title the file's title holds; of several the longest."""
    said = _words(read.title)[:60]
    found = [key for key in keys if all(_holds(said, word) for word in _words(key.title))]
    # A title of one or two words, such as "CORE-10", is a short name and judged as one.
    found = [key for key in found if len(_words(key.title)) > 2]
    if not found:
        return None
    longest = max(len(_words(key.title)) for key in found)
    return _only([key for key in found if len(_words(key.title)) == longest], "titles")


def _another_title(key: Key, read: ReadInstrument) -> bool:
    """Whether the file has a full title of its own, in English, that shares next to nothing with the key's."""
    own = set(_words(key.title)) | {w for alias in (*key.aliases, key.abbreviation) for w in _words(alias)}
    common = {
        "scale",
        "questionnaire",
        "index",
        "test",
        "assessment",
        "form",
        "short",
        "schema",
        "items",
        "item",
    }
    # Marks such as "s1" or "v2" are no words of a title.
    said = [word for word in _words(read.title) if word not in common and word.isalpha() and len(word) > 2]
    said = [word for word in said if compact(word) not in {compact(alias) for alias in key.aliases}]
    shared = sum(_holds(list(own), word) for word in said)
    return len(said) >= 2 and shared * 3 < len(said)


def _altered(key: Key, read: ReadInstrument) -> tuple[str, ...]:
    own = {word for text in (key.title, *key.aliases) for word in _words(text)}
    extra = [word for word in _words(read.title) if word in _ALTERED and not _holds(list(own), word)]
    if not extra or any(compact(name) in {compact(alias) for alias in key.aliases} for name in read.names):
        return ()
    return (f"Its title says “{extra[0]}”, which {key.abbreviation} does not: it may be another form.",)
