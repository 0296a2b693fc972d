"""How much may be sent to us, and for how long: decided before a byte of it is kept.

Django writes a whole body to a file before any view may refuse it, so that anybody could fill the disk.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]

# A picture of eight megabytes, and the form around it.
LARGEST_BODY = 9_000_000
# A picture over a slow telephone line takes a minute.
BODY_SECONDS = 180.0
# What is too large is still listened to up to here, and thrown away.
HEARD_OUT = 60_000_000
TOO_LARGE, TOO_SLOW = 413, 408
_SENTENCES = {TOO_LARGE: b"This is more than we can take at once.\n", TOO_SLOW: b"This took too long.\n"}
_HEADERS = [
    (b"content-type", b"text/plain; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"connection", b"close"),
]


class Bounded:
    """An application that never hears of a body that is too large, or takes too long to come."""

    def __init__(self, app: App, *, largest: int = LARGEST_BODY, seconds: float = BODY_SECONDS) -> None:
        self._app, self._largest, self._seconds = app, largest, seconds

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """See the ASGI specification."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif _declared(scope) > self._largest:
            await _Counted(self, receive, send).refuse(TOO_LARGE, hears_out=_declared(scope) <= HEARD_OUT)
        else:
            await self._app(scope, _Counted(self, receive, send).receive, send)

    @property
    def largest(self) -> int:
        """Bytes of one body."""
        return self._largest

    @property
    def seconds(self) -> float:
        """In which all of it must have come."""
        return self._seconds


class _Counted:
    """What comes of one request, as far as the bounds let it."""

    def __init__(self, bounds: Bounded, receive: Receive, send: Send) -> None:
        self._bounds, self._receive, self._send = bounds, receive, send
        self._until = asyncio.get_running_loop().time() + bounds.seconds
        self._left = bounds.largest
        self._whole = False

    async def receive(self) -> Message:
        """The next piece; a disconnection, once it was refused."""
        if self._whole:  # from now on this only waits for whoever asked to leave
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            return await self.refuse(TOO_SLOW)
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            return await self.refuse(TOO_LARGE, hears_out=message.get("more_body", False))
        self._whole = not message.get("more_body", False)
        return message

    async def refuse(self, status: int, *, hears_out: bool = False) -> Message:
        """Say why not; what the application hears of it. ``hears_out``: let them finish first, keeping nothing.

        A browser shows no answer that comes while it still sends: whoever chose too large a picture would read of a lost
        connection.
        """
        if hears_out:
            await self._hear_out()
        await _refuse(self._send, status)
        return {"type": "http.disconnect"}

    async def _hear_out(self) -> None:
        left = HEARD_OUT
        try:
            async with asyncio.timeout_at(self._until):
                while left > 0:
                    message = await self._receive()
                    left -= len(message.get("body", b""))
                    if not message.get("more_body", False):
                        return
        except TimeoutError:
            return


def _declared(scope: dict[str, Any]) -> int:
    """What the request says that it brings; nothing where it says none, or no number."""
    said = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(said[:20]) if said.isdigit() else 0


async def _refuse(send: Send, status: int) -> None:
    sentence = _SENTENCES[status]
    headers = [*_HEADERS, (b"content-length", str(len(sentence)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": sentence})
