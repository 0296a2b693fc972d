"""Ids are made by us, before the row exists: a sealed value is bound to the id of its row."""

from uuid import UUID

from homeport.core import randomness


def new_id(stream: str = "ids") -> UUID:
    """A random UUID (version 4) drawn from the named stream."""
    return UUID(int=randomness.stream(stream).getrandbits(128), version=4)
