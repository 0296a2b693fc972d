"""The page of states says what the tables say, and each table holds together."""

from pathlib import Path
from typing import Any

import pytest

from homeport.config.state_diagrams import FIELDS, diagram, page, with_transitions

PAGE = Path(__file__).parents[3] / "docs/reference/states.md"


def test_the_page_is_what_the_tables_give() -> None:
    made = page()
    assert PAGE.read_text(encoding="utf-8") == made, (
        "python -m homeport.config.state_diagrams > docs/reference/states.md"
    )
    assert "## Directory: Request" in made


@pytest.mark.parametrize("model", with_transitions(), ids=lambda model: model.__name__)
def test_every_state_has_a_row_and_can_be_reached(model: Any) -> None:
    field = next(each for each in model._meta.get_fields() if each.name in FIELDS)
    every = {value for value, _label in field.choices}
    assert {str(each) for each in model.TRANSITIONS} == every
    reached = {str(field.default)}
    for _ in every:
        reached |= {str(after) for state in reached for after in model.TRANSITIONS[state]}
    assert reached == every
    assert diagram(model).count("\n") >= len(every)
