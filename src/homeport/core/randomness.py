"""The one source of chance.

Outside tests every stream is the operating system's generator. A test calls :func:`seeded` and
gets one deterministic stream per name, so that two worlds can be compared byte by byte: what one person
does never moves the numbers drawn for another.
"""

import hashlib
import random
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_system = random.SystemRandom()
_seed: ContextVar[str | None] = ContextVar("homeport_seed", default=None)
_streams: ContextVar[dict[str, random.Random] | None] = ContextVar("homeport_streams", default=None)


def stream(name: str) -> random.Random:
    """The generator called ``name``: the system's own, or a seeded one inside :func:`seeded`."""
    seed = _seed.get()
    if seed is None:
        return _system
    streams = _streams.get()
    if streams is None:
        streams = {}
        _streams.set(streams)
    if name not in streams:
        digest = hashlib.sha256(f"{seed}\x1f{name}".encode()).digest()
        streams[name] = random.Random(digest)  # noqa: S311 - only reached under a test's seed
    return streams[name]


@contextmanager
def seeded(seed: str) -> Iterator[None]:
    """Within the block every stream is deterministic: the same seed and name give the same draws."""
    seed_token, streams_token = _seed.set(seed), _streams.set({})
    try:
        yield
    finally:
        _seed.reset(seed_token)
        _streams.reset(streams_token)
