"""What a search asks of a row in one piece: quickly, and alike on both databases.

Django takes a condition apart and copies each part of it several times on its way to the database. Where a page asks for
twenty of them that costs more than the answer, so that each of these is one part however much it looks at.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import BooleanField, F, Func

from homeport.directory.free_weeks import halves
from homeport.directory.models.free_week import HALF_DAYS


class Holds(Func):
    """Whether the list in ``field`` holds ``code``. A code has no quotes in it, so SQLite looks for it in quotes."""

    output_field = BooleanField()

    def __init__(self, field: str, code: str) -> None:
        if '"' in code or "\\" in code:
            raise ValueError(f"{code!r} is no code")
        self.code = str(code)
        super().__init__(F(field))

    def as_sqlite(self, compiler: Any, *_: Any, **__: Any) -> tuple[str, Any]:
        """JSON is text there."""
        column, given = compiler.compile(self.source_expressions[0])
        return f"(INSTR({column}, %s) > 0)", [*given, f'"{self.code}"']

    def as_postgresql(self, compiler: Any, *_: Any, **__: Any) -> tuple[str, Any]:
        """The list contains it."""
        column, given = compiler.compile(self.source_expressions[0])
        return f"({column} @> %s::jsonb)", [*given, f'["{self.code}"]']

    @property
    def identity(self) -> tuple[Any, ...]:
        """Two of them are the same where they look for the same code."""
        return (*super().identity, self.code)


class AsOneList(Func):
    """A condition that PostgreSQL is not to take apart; true where it is, and not where it is unknown.

    Asked whether somebody is in a list, it likes to join the list instead, and guesses the result as if those of the list
    were strewn among everybody: of 2,000 therapists, all of whom hold a therapist's role, it expects 38 to be left where
    the house has 100,000 clients beside them, and goes on one by one. Read as one list, the same search takes half as long.
    """

    output_field = BooleanField()
    template = "((%(expressions)s) IS TRUE)"


class SomeFree(Func):
    """Whether a ``FreeWeek`` has one of these quarters of an hour.

    ``quarters``: by week, as ``free_weeks`` counts them; of one week at least.
    """

    output_field = BooleanField()

    def __init__(self, quarters: Mapping[int, int]) -> None:
        alike: dict[int, list[int]] = {}
        for week, bits in quarters.items():
            alike.setdefault(int(bits), []).append(int(week))
        # Most weeks are alike, as clocks are seldom put forward or back.
        self.asked = tuple((bits, tuple(sorted(weeks))) for bits, weeks in alike.items())
        super().__init__(F("week"))

    def as_sql(self, compiler: Any, *_: Any, **__: Any) -> tuple[str, Any]:
        """Only whole numbers of our own stand in it, and nothing that anybody sent."""
        week: Any = self.source_expressions[0]  # a column of the table by now
        column, given = compiler.compile(week)
        table = compiler.quote_name_unless_alias(week.alias)
        some = (
            f"({column} IN ({', '.join(map(str, weeks))}) AND ({_any_bit(table, bits)}))"
            for bits, weeks in self.asked
        )
        return f"({' OR '.join(some)})", given * len(self.asked)

    @property
    def identity(self) -> tuple[Any, ...]:
        """Two of them are the same where they look for the same quarters."""
        return (*super().identity, self.asked)


def _any_bit(table: str, bits: int) -> str:
    alike: dict[int, list[str]] = {}
    for name, half in zip(HALF_DAYS, halves(bits), strict=True):
        if half:
            alike.setdefault(half, []).append(f"{table}.{name}")
    return " OR ".join(f"({' | '.join(names)}) & {half} <> 0" for half, names in alike.items())
