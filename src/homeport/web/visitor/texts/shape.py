"""What is said about one place on the map."""

from dataclasses import dataclass

from homeport.web.visitor.words import Words


@dataclass(frozen=True, slots=True)
class PlaceText:
    """The words for one of the nine places. ``%(who)s`` in ``lead`` is "your mother", "people" and so on.

    ``articles``: slugs of the library, nearest first.
    """

    headline: Words
    lead: Words
    strength: Words
    closeness: Words
    conflict: Words
    distance: Words
    stress: Words
    helps: tuple[Words, ...]
    articles: tuple[str, ...]
