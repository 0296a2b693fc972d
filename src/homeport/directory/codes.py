"""Whether a list of plain codes, kept as JSON, holds one of them: quickly, and alike on both databases."""

from typing import Any

from django.db.models import BooleanField, F, Func


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
