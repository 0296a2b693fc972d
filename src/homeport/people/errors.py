"""What can be wrong with one field of a form, besides its shape."""

from homeport.core.errors import HomeportError


class Unfit(HomeportError):
    """One value does not make sense; ``field`` names it, so that the page can say it there."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
