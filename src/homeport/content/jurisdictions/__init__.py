"""What the law of a place sets for minors, as data."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import yaml

from homeport.core.errors import ContentError

ELSEWHERE = "*"
# A country whose licences are given by its regions: one for the country as a whole says nothing there. Elsewhere it counts
# in every region.
GIVEN_BY_REGION = frozenset({"CA", "US"})


@dataclass(frozen=True, slots=True)
class Minors:
    """One place's defaults. Ages in whole years; ``mark`` says whether the source was read or must be checked again."""

    code: str
    name: str
    majority: int
    consent_age: int | None
    capacity: bool
    guardian_appointments_until: int
    mark: Literal["read", "recheck"]
    counselling_from: int | None = None

    @property
    def is_provisional(self) -> bool:
        """Whether this must be shown as not yet confirmed."""
        return self.mark != "read"


@lru_cache(maxsize=1)
def all_minors() -> dict[str, Minors]:
    """Every place we know, by code. Raises ``ContentError`` when the packaged file is not what it must be."""
    rows = yaml.safe_load(files(__package__).joinpath("minors.yaml").read_text(encoding="utf-8"))
    try:
        found = {row["code"]: Minors(**row) for row in rows}
    except (TypeError, KeyError) as error:
        raise ContentError(f"minors.yaml: {error}.") from error
    if ELSEWHERE not in found or len(found) != len(rows):
        raise ContentError("minors.yaml: a place is there twice, or the rule for elsewhere is missing.")
    return found


@lru_cache(maxsize=1)
def regions() -> dict[str, tuple[str, str]]:
    """(code of the country, name) of each region of which we know no more than that licences are given there, by code."""
    found = yaml.safe_load(files(__package__).joinpath("regions.yaml").read_text(encoding="utf-8"))
    return {
        f"{country}-{code}": (country, name)
        for country, named in found.items()
        for code, name in named.items()
    }


def minors_in(code: str) -> Minors:
    """The rules of ``code`` ("CA-ON"), else of its country ("CA"), else the careful rules for elsewhere."""
    known = all_minors()
    return known.get(code) or known.get(code.partition("-")[0]) or known[ELSEWHERE]
