"""The handbook says what the code does."""

from pathlib import Path

from homeport.access.describing import handbook_page
from homeport.access.duties import Duty
from homeport.access.on_cases import CaseAct
from homeport.core.materials import Material

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "access.md"


def test_the_page_is_the_one_that_the_code_makes() -> None:
    assert PAGE.read_text(encoding="utf-8") == handbook_page(), (
        "run: homeport access --write docs/reference/access.md"
    )


def test_everything_is_on_it() -> None:
    page = handbook_page()
    for words in (*(each.label for each in Material), *Duty, *CaseAct):
        assert words in page
