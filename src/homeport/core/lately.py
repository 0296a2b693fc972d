"""What a process read lately, said again for a minute without asking the database.

For what is the same for everybody and may be a minute old: never for what one person may see and another may not.
"""

from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from homeport.core.clock import now

LASTS = timedelta(minutes=1)
Answer = TypeVar("Answer")

_everything: list["Lately[Any]"] = []


class Lately(Generic[Answer]):
    """A way to read something, by what is asked; as a decorator of a function.

    It holds an answer for each question there ever was: ask only what comes out of a list that ends.
    """

    def __init__(self, read: Callable[..., Answer]) -> None:
        self._read = read
        self._held: dict[tuple[Hashable, ...], tuple[datetime, Answer]] = {}
        self.__doc__ = read.__doc__
        _everything.append(self)

    def __call__(self, *asked: Hashable) -> Answer:
        """As it was at most a minute ago."""
        held, moment = self._held.get(asked), now()
        if held is not None and held[0] <= moment < held[0] + LASTS:
            return held[1]
        return self.anew(*asked)

    def anew(self, *asked: Hashable) -> Answer:
        """As it is, and held from now on."""
        moment = now()  # of before it was read: what changes meanwhile is not older than it says
        answer = self._read(*asked)
        self._held[asked] = (moment, answer)
        return answer

    def forget(self) -> None:
        """Hold nothing, as in a process that has just begun."""
        self._held.clear()


def forget_all() -> None:
    """Hold nothing of anything."""
    for each in _everything:
        each.forget()
