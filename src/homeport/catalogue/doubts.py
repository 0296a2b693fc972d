"""Saying once what is so of many questions."""

from collections.abc import Iterable, Sequence

SAID_APART = 2  # up to so many are told one by one
NAMED = 4


def told_once(doubts: Iterable[str], codes: Sequence[str]) -> tuple[str, ...]:
    """The doubts without repetition. Sentences that differ in nothing but the question they begin with become one.

    ``codes`` are the names of the questions. "Q1 is hidden.", "Q2 is hidden." and "Q3 is hidden." give
    "Q1 is hidden. So with Q2, Q3."
    """
    known = set(codes)
    about: dict[tuple[str, str], list[str]] = {}
    for doubt in dict.fromkeys(doubts):
        code = _subject(doubt, known)
        # What is about no question stays alone: its own text is its key.
        about.setdefault(("question", doubt[len(code) :]) if code else ("all", doubt), []).append(code)
    told: list[str] = []
    for (_, rest), subjects in about.items():
        if len(subjects) <= SAID_APART:
            told += [code + rest for code in subjects]
        else:
            told.append(f"{subjects[0]}{rest} So with {_listed(subjects[1:])}.")
    return tuple(told)


def _subject(doubt: str, codes: set[str]) -> str:
    """The question that a sentence begins with, "" for none. A code may hold spaces: the longest counts."""
    ends = [at for at, character in enumerate(doubt[:200]) if character == " "]
    return next((doubt[:end] for end in reversed(ends) if doubt[:end] in codes), "")


def _listed(codes: Sequence[str]) -> str:
    more = f" and {len(codes) - NAMED} more" if len(codes) > NAMED else ""
    return ", ".join(codes[:NAMED]) + more
