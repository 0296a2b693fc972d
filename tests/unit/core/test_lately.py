"""What a process may say again for a minute, and no longer."""

from datetime import timedelta

import pytest

from homeport.core.clock import now, standing_at
from homeport.core.lately import LASTS, Lately, forget_all


def test_an_answer_is_said_again_for_a_minute_and_to_nobody_who_asked_something_else() -> None:
    asked: list[str] = []
    read = Lately(lambda place: asked.append(place) or f"{place} {len(asked)}")
    begin = now()
    with standing_at(begin):
        assert [read("here"), read("here"), read("there")] == ["here 1", "here 1", "there 2"]
    with standing_at(begin + LASTS - timedelta(seconds=1)):
        assert read("here") == "here 1"
        assert read.anew("there") == "there 3"
    with standing_at(begin + LASTS):
        assert [read("here"), read("there")] == ["here 4", "there 3"]
    with standing_at(begin - timedelta(hours=1)):
        assert read("here") == "here 5", "a clock put back keeps nothing for hours"


def test_nothing_is_held_once_it_is_forgotten_or_where_reading_failed() -> None:
    answers = iter([ValueError("no"), "first", "second"])

    def read() -> str:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    lately = Lately(read)
    with pytest.raises(ValueError, match="no"):
        lately()
    assert [lately(), lately()] == ["first", "first"]
    forget_all()
    assert lately() == "second"
