"""A fault is logged with its place in the code, and without a word of the request that met it."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.conf import settings

from homeport.config.logs import WithoutRequest

TYPED = "my mother drinks"


@pytest.fixture
def heard() -> Iterator[io.StringIO]:
    """What the site's own handler would write."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(WithoutRequest())
    handler.setFormatter(logging.Formatter("%(name)s %(message)s"))
    names = ("django.request", "uvicorn.error", "homeport.outbox")
    for name in names:
        logging.getLogger(name).addHandler(handler)
    yield stream
    for name in names:
        logging.getLogger(name).removeHandler(handler)


def _fault(logger: str, message: str, *words: object) -> None:
    try:
        raise KeyError(TYPED)
    except KeyError:
        logging.getLogger(logger).error(message, *words, exc_info=True, extra={"request": "GET /youth/"})


def test_neither_the_page_nor_what_was_typed_is_in_a_line(heard: io.StringIO) -> None:
    _fault("django.request", "%s: %s", "Internal Server Error", "/library/attachment-trauma/")
    said = heard.getvalue()
    assert "attachment-trauma" not in said
    assert "drinks" not in said
    assert "django.request A page could not be answered." in said
    assert "in _fault" in said
    assert "KeyError" in said


def test_other_messages_stay_and_lose_only_the_words_of_the_exception(heard: io.StringIO) -> None:
    _fault("uvicorn.error", "Exception in ASGI application")
    logging.getLogger("homeport.outbox").error("Job %s failed.", "say-hello")
    said = heard.getvalue()
    assert "uvicorn.error Exception in ASGI application" in said
    assert "drinks" not in said
    assert "homeport.outbox Job say-hello failed." in said


@pytest.mark.parametrize(("logger", "level"), [("django.security", "CRITICAL"), ("uvicorn.error", "ERROR")])
def test_strange_requests_leave_no_line(logger: str, level: str) -> None:
    assert settings.LOGGING["loggers"][logger]["level"] == level


def test_every_handler_is_filtered() -> None:
    assert all("no_request" in handler["filters"] for handler in settings.LOGGING["handlers"].values())
