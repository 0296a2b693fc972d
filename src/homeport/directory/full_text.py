"""Full text over what therapists wrote, alike on both databases.

Words are cut to their stems before they are kept (``Profile.words``) and before they are looked for, so that the databases
only compare beginnings: an FTS5 table with triggers on SQLite (migration 0002), a tsvector that PostgreSQL keeps beside them
and its GIN index (0009).
"""

import re
from typing import Any

from django.db.models import BooleanField, F, Func

from homeport.content.articles.words import COMMON, folded, stem

MOST_WORDS = 6
SHORTEST = 2
_WORD = re.compile(r"[^\W_]+")


def stems(text: str) -> list[str]:
    """The stems of a text's words, in order."""
    return [stem(word) for word in _WORD.findall(folded(text))]


def looked_for(text: str) -> tuple[str, ...]:
    """The words that a query is about, folded; at most six, none of those that stand everywhere."""
    words = [word for word in _WORD.findall(folded(text)) if len(word) >= SHORTEST]
    telling = [word for word in words if word not in COMMON] or words
    return tuple(dict.fromkeys(telling))[:MOST_WORDS]


class Says(Func):
    """Whether the words of a profile hold one that begins with the stem of ``word`` (letters and digits alone)."""

    output_field = BooleanField()

    def __init__(self, word: str) -> None:
        self.stem = stem(word)
        super().__init__(F("pk"))

    def as_sqlite(self, compiler: Any, *_: Any, **__: Any) -> tuple[str, Any]:
        """The FTS5 table beside the profiles."""
        column, given = compiler.compile(self.source_expressions[0])
        asked = "SELECT profile_id FROM directory_words WHERE directory_words MATCH %s"
        return f"({column} IN ({asked}))", [*given, f'"{self.stem}"*']

    def as_postgresql(self, compiler: Any, *_: Any, **__: Any) -> tuple[str, Any]:
        """The vector kept beside the words (migration 0009), by its index or row by row."""
        key: Any = self.source_expressions[0]  # a column of the table by now
        table = compiler.quote_name_unless_alias(key.alias)
        return f"({table}.words_said @@ to_tsquery('simple', %s))", (f"'{self.stem}':*",)

    @property
    def identity(self) -> tuple[Any, ...]:
        """Two of them are the same where they look for the same word."""
        return (*super().identity, self.stem)
