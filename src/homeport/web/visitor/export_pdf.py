"""The result as a tagged PDF."""

from homeport.web.visitor.state import Journey


def document(journey: Journey, language: str) -> bytes:
    """The file."""
    raise NotImplementedError
