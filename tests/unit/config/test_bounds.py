"""What may be sent to us: nothing of what is too large, or too slow, reaches the application."""

import asyncio
from collections.abc import Iterable
from typing import Any

import pytest

from homeport.config.bounds import HEARD_OUT, LARGEST_BODY, Bounded
from homeport.directory.pictures import HEAVIEST

Piece = dict[str, Any]


def pieces(*bodies: bytes) -> list[Piece]:
    last = len(bodies) - 1
    return [
        {"type": "http.request", "body": body, "more_body": place < last} for place, body in enumerate(bodies)
    ]


def asked(
    comes: Iterable[Piece],
    *,
    headers: Iterable[tuple[bytes, bytes]] = (),
    then: float = 0,
    seconds: float = 5,
    heard: list[Piece] | None = None,
) -> tuple[list[bytes], list[Piece]]:
    """(what reached the application, what was answered); ``then``: seconds of silence after what comes."""
    reached: list[bytes] = []
    answered: list[Piece] = []
    waiting = list(comes) if heard is None else heard

    async def receive() -> Piece:
        if not waiting:
            await asyncio.sleep(then)
            return {"type": "http.disconnect"}
        return waiting.pop(0)

    async def send(message: Any) -> None:
        answered.append(message)

    async def app(_scope: Any, receive: Any, send: Any) -> None:
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            reached.append(message["body"])
            if not message["more_body"]:
                break
        assert (await receive())["type"] == "http.disconnect", "waiting for them to leave is not cut short"
        await send({"type": "http.response.start", "status": 200, "headers": []})

    bounded = Bounded(app, largest=10, seconds=seconds)
    asyncio.run(bounded({"type": "http", "headers": list(headers)}, receive, send))
    return reached, answered


def test_what_fits_passes_whole() -> None:
    reached, answered = asked(pieces(b"12345", b"67890"))
    assert reached == [b"12345", b"67890"]
    assert [each.get("status") for each in answered] == [200]


def test_who_says_that_it_is_too_much_is_not_listened_to() -> None:
    reached, answered = asked(pieces(b"12345"), headers=[(b"content-length", b"11")])
    assert (reached, answered[0]["status"]) == ([], 413)


@pytest.mark.parametrize("said", [b"-1", b"5", b"many", b"", None])
def test_who_says_less_than_comes_is_stopped_on_the_way(said: bytes | None) -> None:
    headers = [] if said is None else [(b"content-length", said)]
    reached, answered = asked(pieces(b"12345", b"67890", b"1", b"2"), headers=headers)
    assert reached == [b"12345", b"67890"]
    assert [each.get("status") for each in answered if "status" in each] == [413]


def test_a_browser_may_finish_before_it_is_told_and_a_flood_may_not() -> None:
    """It shows no answer that comes while it still sends."""
    for said, left in ((b"12", 0), (b"%d" % (HEARD_OUT + 1), 4)):
        comes = pieces(b"12345", b"67890", b"1", b"2")
        reached, answered = asked([], headers=[(b"content-length", said)], heard=comes)
        assert (reached, answered[0]["status"], len(comes)) == ([], 413, left)


def test_a_body_that_never_ends_is_given_up() -> None:
    reached, answered = asked(
        [{"type": "http.request", "body": b"1", "more_body": True}], then=5, seconds=0.05
    )
    assert (reached, answered[0]["status"]) == ([b"1"], 408)


def test_whoever_has_sent_everything_may_wait_for_the_answer_as_long_as_it_takes() -> None:
    reached, answered = asked(pieces(b"1"), then=0.2, seconds=0.05)
    assert (reached, answered[0]["status"]) == ([b"1"], 200)


def test_a_refusal_is_private_too() -> None:
    headers = dict(asked(pieces(b""), headers=[(b"content-length", b"99")])[1][0]["headers"])
    assert headers[b"cache-control"] == b"no-store"
    assert headers[b"connection"] == b"close"
    assert b"default-src 'none'" in headers[b"content-security-policy"]


def test_our_largest_picture_passes() -> None:
    assert LARGEST_BODY > HEAVIEST + 100_000
