"""How far a figure may be trusted. Every figure in a key carries one of these; the pages show it."""

from enum import StrEnum


class Mark(StrEnum):
    """Where a figure or a rule comes from."""

    READ = "read"  # read in the named source
    CALC = "calc"  # computed by us, from data or by the stated formula
    RECHECK = "recheck"  # as generally known; to be checked before a clinician relies on it
    UNSURE = "unsure"  # not to be built on without checking
    SUGGESTION = "suggestion"  # our own choice: nobody has published a rule

    @property
    def provisional(self) -> bool:
        """True where the page must say that the figure is provisional."""
        return self not in (Mark.READ, Mark.CALC)
