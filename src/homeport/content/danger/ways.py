"""Ways of saying something, as sequences of words with room between them, read in one pass over a text.

A way is written as ``<wish> .. not .. <wake> ! early|late``: each part is a word, the beginning of one (``jump*``), a
named list, the end of a sentence (``.``), or one of these that may be left out (``(to)``). ``..`` leaves room for up
to three words, ``...`` for up to seven, nothing for none. What follows ``!`` must not come within the next three
words. The alternatives of a list stand between bars and are ways themselves.

All ways of a language are one automaton without memory of how it came to a state: of each state it knows only where it was
reached last, which is all that the room between words asks for. So a text costs a bounded number of steps a word.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from homeport.core.errors import ContentError

STOP = "."
AHEAD = 3
_ROOM = {"..": 3, "...": 7}
_START = 0

# States that one may stand in, each with the room there is until the next word.
_Open = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _End:
    kind: str
    way: str
    unless: frozenset[str]


@dataclass(slots=True)
class Ways:
    """The automaton: which steps a word may take, and where a way ends."""

    lists: Mapping[str, str]
    steps: dict[str, list[tuple[int, int, int]]] = field(default_factory=dict)  # by label: from, to, room
    ends: dict[int, list[_End]] = field(default_factory=dict)
    labels: dict[str, set[str]] = field(default_factory=dict)
    stems: dict[str, set[str]] = field(default_factory=dict)
    counted: int = 0
    _known: dict[tuple[_Open, str], int] = field(default_factory=dict)
    _inside: list[str] = field(default_factory=list)

    def add(self, kind: str, way: str) -> None:
        """Take in one way of speaking of ``kind``. Raises ``ContentError`` where it is not well-formed."""
        said, _bar, unless = way.partition(" ! ")
        reached = self._new()
        self._chain(((_START, 0),), said.split(), reached)
        words = frozenset(word for each in unless.split("|") for word in self._words(each.strip()))
        self.ends.setdefault(reached, []).append(_End(kind, way, words))

    def find(self, words: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Kind and way of each that is found in ``words``; sentences end with ``.``; each as often as it is said."""
        reached: dict[int, int] = {}
        named: dict[str, tuple[tuple[int, int, int], ...]] = {}
        for at, word in enumerate(words):
            if word not in named:
                named[word] = tuple(
                    step for label in self._labels(word) for step in self.steps.get(label, ())
                )
            new = [
                to for start, to, room in named[word]
                if start == _START or 0 < at - reached.get(start, -99) <= room + 1
            ]  # fmt: skip
            for to in new:
                reached[to] = at
                if to in self.ends:
                    yield from self._said(self.ends[to], words, at)
            if word == STOP:
                reached.clear()

    def steps_for(self, words: Iterable[str]) -> int:
        """How many steps of the automaton ``words`` cost: what a test counts in place of seconds."""
        return sum(len(self.steps.get(label, ())) for word in words for label in self._labels(word))

    @staticmethod
    def _said(ends: Iterable[_End], words: Sequence[str], at: int) -> Iterator[tuple[str, str]]:
        ahead: list[str] = []
        for word in words[at + 1 : at + 1 + AHEAD]:
            if word == STOP:
                break
            ahead.append(word)
        yield from ((end.kind, end.way) for end in ends if end.unless.isdisjoint(ahead))

    def _labels(self, word: str) -> set[str]:
        found = {word} | self.labels.get(word, set())
        for length in range(2, len(word) + 1):
            found |= self.stems.get(word[:length], set())
        return found

    def _words(self, part: str) -> list[str]:
        """The words that ``part`` stands for behind a "!": itself, or those of a list; whole words only."""
        if not part.startswith("<"):
            return part.split()
        return [word for each in self._alternatives(part) for word in each.split()]

    def _alternatives(self, part: str) -> list[str]:
        name = part.strip("<>")
        if name not in self.lists:
            raise ContentError(f"There is no list called {name!r}.")
        return self.lists[name].split("|")

    def _new(self) -> int:
        self.counted += 1
        return self.counted

    def _chain(self, begun: _Open, parts: Sequence[str], reached: int) -> None:
        """Lead from the states of ``begun`` over all of ``parts`` to the state ``reached``."""
        here = begun
        needed = [at for at, part in enumerate(parts) if part not in _ROOM]
        if not needed:
            raise ContentError(f"A way without a word: {' '.join(parts)!r}.")
        for at, part in enumerate(parts):
            if part in _ROOM:
                here = tuple((state, _ROOM[part]) for state, _room in here)
                continue
            may_lack = part.startswith("(")
            last = at == needed[-1]
            if last and may_lack:
                raise ContentError(f"A way ends with what may be left out: {' '.join(parts)!r}.")
            to = self._step(here, part.strip("()"), reached if last else None)
            here = (*here, (to, 0)) if may_lack else ((to, 0),)

    def _step(self, here: _Open, part: str, reached: int | None) -> int:
        if part in self._inside:
            raise ContentError(f"The list {part} names itself.")
        if reached is None:
            key = (here, part)
            if key in self._known:
                return self._known[key]
            reached = self._known[key] = self._new()
        if not part.startswith("<"):
            self._edges(here, self._labelled(part, part), reached)
            return reached
        self._inside.append(part)
        for alternative in self._alternatives(part):
            parts = alternative.split()
            if len(parts) == 1 and not parts[0].startswith(("<", "(")):
                self._labelled(parts[0], part)
            else:
                self._chain(here, parts, reached)
        self._inside.pop()
        self._edges(here, part, reached)
        return reached

    def _labelled(self, word: str, label: str) -> str:
        """Let ``word``, or the words that begin with it, bear the label."""
        if word.endswith("*"):
            self.stems.setdefault(word[:-1], set()).add(label)
        elif word != label:
            self.labels.setdefault(word, set()).add(label)
        return label

    def _edges(self, here: _Open, label: str, reached: int) -> None:
        self.steps.setdefault(label, []).extend((state, reached, room) for state, room in here)
