"""Visits for tests: started, answered, sealed."""

from collections.abc import Callable, Iterable
from itertools import cycle

from homeport.web.visitor import questions, steps
from homeport.web.visitor.state import Journey, Run
from homeport.web.visitor.steps import Screen, Turn
from homeport.web.visitor.wordings import own_words

KEY = "0123456789abcdef" * 2


def visit(*relationships: str, age: str = "adult") -> Journey:
    """A visit with our own questions, nothing answered yet; needs no database."""
    words = [own_words(name, "en") for name in relationships]
    runs = tuple(
        Run(name, each.reference, each.format, each.hash)
        for name, each in zip(relationships, words, strict=True)
    )
    return Journey(KEY, age, runs)


def keyed(worry: int, distance: int) -> Callable[[Journey, int], int]:
    """Answers that add up to these means (1 to 5) whatever way a line is counted."""

    def answer(journey: Journey, number: int) -> int:
        key = questions.questionnaire(journey.run, "en").key
        item = key.items[number - 1]
        wanted = worry if item.scales[0] == "anxiety" else distance
        return 6 - wanted if item.reversed else wanted

    return answer


def answered(journey: Journey, answer: Callable[[Journey, int], int] | Iterable[int]) -> Journey:
    """Every question of every relationship answered, by rule or by these values over and over."""
    values = None if callable(answer) else cycle(answer)
    turn = steps.show(journey, "en")
    while True:
        while turn.screen is Screen.QUESTION:
            asking = turn.journey.run.asking
            assert asking is not None
            value = answer(turn.journey, asking) if callable(answer) else next(values)  # type: ignore[arg-type]
            turn = _ask(turn, value)
        if turn.journey.at + 1 == len(turn.journey.runs):
            return turn.journey
        turn = steps.take(turn.journey, "onward", "", "en")


def _ask(turn: Turn, value: int | None) -> Turn:
    if value is None:
        return steps.take(turn.journey, "skip", "", "en")
    return steps.take(turn.journey, "next", str(value), "en")
