"""Words put right as a hurried thumb wrote them: a list of short forms, and one letter wrong in a few long words.

One letter that lacks, is doubled, is wrong or has changed places with its neighbour is found by what both words are
with one letter less: a few look-ups a word, whatever the list. The first letter must be right; words that really are
others are named.
"""

from collections.abc import Iterable, Iterator, Mapping

_SHORTEST, _LONGEST = 5, 16


class Spelling:
    """Puts words right; what it does not know stays as it was written."""

    def __init__(self, respelled: Mapping[str, str], near: Iterable[str], real: Iterable[str]) -> None:
        self._respelled = dict(respelled)
        known = set(near)
        self._real = set(real) | known
        self._near = {lesser: word for word in sorted(known) for lesser in (word, *_lesser(word))}

    def put_right(self, words: Iterable[str]) -> list[str]:
        """Each word as it was meant; a short form may stand for several."""
        return [meant for word in words for meant in self._meant(word)]

    def _meant(self, word: str) -> list[str]:
        if word in self._respelled:
            return self._respelled[word].split()
        if word in self._real or not _SHORTEST <= len(word) <= _LONGEST:
            return [word]
        for lesser in (word, *_lesser(word)):
            meant = self._near.get(lesser)
            if meant and meant[0] == word[0] and abs(len(meant) - len(word)) <= 1:
                return [meant]
        return [word]


def _lesser(word: str) -> Iterator[str]:
    """The word with each one of its letters left out, the first stays."""
    return (word[:at] + word[at + 1 :] for at in range(1, len(word)))
