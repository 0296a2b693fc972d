"""A line as slow as lines can be: every answer comes late, and in two pieces with a pause between them."""

import random
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

LATEST = 0.4  # seconds at most before an answer begins, and as long again before its second piece

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class SlowLine:
    """A WSGI application behind a slow line. ``seed``: the same pauses in the same order of requests."""

    def __init__(self, application: Application, seed: int) -> None:
        self._application = application
        self._chance = random.Random(seed)
        self._one_at_a_time = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterator[bytes]:
        """The answer, head first: up to the end of a document's head, else (compressed, say) the first third."""
        with self._one_at_a_time:
            before, between = self._chance.uniform(0, LATEST), self._chance.uniform(0, LATEST)
        time.sleep(before)
        answer = self._application(environ, start_response)
        try:
            whole = b"".join(answer)
        finally:
            getattr(answer, "close", lambda: None)()
        head = whole.find(b"</head>")
        cut = head + len(b"</head>") if head >= 0 else len(whole) // 3
        if whole[:cut]:
            yield whole[:cut]
        time.sleep(between)
        yield whole[cut:]
