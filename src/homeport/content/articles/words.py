"""Words as the search compares them: folded, cut to their stem, forgiving of one slip of the finger."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHES = str.maketrans("", "", "'’")

# Too common to tell one article from another; a query of nothing else is searched as it stands.
_COMMON = (
    "a about all am an and any are as at be been but by can could did do does for from had has have "
    "he her his how i if in into is it its just like me more my no not of on or our she should so "
    "some than that the their them then there they this those to too us was we were what when where "
    "which who why will with would you your"
)
COMMON = frozenset(_COMMON.split())
# Longest first. A stem keeps at least the given number of letters, so that "parent" stays a parent.
_ENDINGS = (
    ("fulness", 4),
    ("ations", 5),
    ("ation", 5),
    ("ment", 5),
    ("ness", 4),
    ("ance", 5),
    ("ence", 5),
    ("ant", 5),
    ("ent", 5),
    ("ist", 5),
    ("ion", 5),
    ("ive", 5),
    ("ful", 4),
    ("ety", 4),
    ("ity", 5),
    ("ous", 4),
    ("ing", 4),
    ("ed", 4),
    ("ly", 4),
    ("al", 5),
)


def folded(text: str) -> str:
    """Lower case, without accents and apostrophes: don't is dont, Flückiger is fluckiger."""
    bare = unicodedata.normalize("NFKD", text.lower()).translate(_APOSTROPHES)
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return _WORD.findall(folded(text))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The part of a folded word that its forms share: avoidant, avoidance and avoids are all avoid."""
    if len(word) < 4:
        return word
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending, least in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            word = word[: -len(ending)]
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word[:-1] if len(word) > 5 and word[-1] in "eyi" else word


def _one_less(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


def _one_apart(first: str, second: str) -> bool:
    """True where one letter added, lost, changed, or two neighbours swapped turn one word into the other."""
    if abs(len(first) - len(second)) > 1:
        return False
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    a, b = first[start:], second[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


class Slips:
    """Finds the words one slip away from a written one, without comparing it to all of them.

    Words at distance one share a form with one letter taken out of either or both (Garbe's symmetric delete).
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._by_form: dict[str, list[str]] = {}
        for word in sorted(set(vocabulary)):
            if len(word) >= 4:
                for form in _one_less(word) | {word}:
                    self._by_form.setdefault(form, []).append(word)

    def near(self, word: str) -> list[str]:
        """The known words exactly one slip away from ``word``, in order; [] for words under four letters."""
        if len(word) < 4:
            return []
        found = {known for form in _one_less(word) | {word} for known in self._by_form.get(form, ())}
        return sorted(known for known in found if known != word and _one_apart(word, known))
