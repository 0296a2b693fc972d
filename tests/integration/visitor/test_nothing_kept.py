"""The promise: no row, no log line, no cookie, nothing cached; giving is the one exception, by choice."""

import io
import logging
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connections
from tests.factories.installations import embedded

pytestmark = pytest.mark.django_db


def rows() -> dict[str, int]:
    """How many rows each table of each store holds, ours or not."""
    found = {}
    for connection in connections.all():
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
                found[connection.alias, table] = cursor.fetchone()[0]
    return found


@pytest.fixture
def every_line() -> Iterator[io.StringIO]:
    """Whatever any logger says at the levels it is set to, wherever it would send it."""
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    loggers = [
        logging.getLogger(),
        *(logging.getLogger(name) for name in list(logging.root.manager.loggerDict)),
    ]
    for logger in loggers:
        logger.addHandler(handler)
    yield heard
    for logger in loggers:
        logger.removeHandler(handler)


def walk(visitor: Any) -> list[Any]:
    """Every page of the journey, its mistakes and its files. Returns the responses."""
    pages = [visitor.client.get("/check/"), visitor.client.post("/check/", {"age": "under-16"})]
    pages.append(visitor.begin("partner", "mother").page)
    presses = (
        ("next", ""),
        ("next", "9"),
        ("skip", ""),
        ("back", ""),
        ("pause", ""),
        ("resume", ""),
    )
    pages += [visitor.step(name, answer) for name, answer in presses]
    visitor.answer_all()
    pages.append(visitor.page)
    pages.append(visitor.send("/check/result/"))
    good = visitor.visit
    for kind in ("pdf", "json"):
        pages.append(visitor.client.post("/check/keep/", {"visit": good, "as": kind}))
    pages.append(visitor.client.post("/what-now/", {"visit": good}))
    pages.append(visitor.client.post("/check/question/", {"visit": good[:-3], "step": "next"}))
    pages.append(visitor.client.post("/check/question/", "{}", content_type="application/json"))
    pages.append(visitor.client.get("/check/question/"))
    return pages


@pytest.mark.parametrize("installed", [False, True])
def test_the_whole_journey_leaves_no_row_no_line_and_no_cookie(
    visitor: Any, every_line: io.StringIO, installed: bool, request: pytest.FixtureRequest
) -> None:
    if installed:
        request.getfixturevalue("made_up_ecr")
    before = rows()
    assert {model._meta.db_table for model in apps.get_models()} <= {table for _, table in before}
    pages = walk(visitor)
    assert rows() == before
    assert every_line.getvalue() == ""
    assert not visitor.client.cookies
    assert not [page for page in pages if page.cookies or "Set-Cookie" in page.headers]


def test_no_page_with_answers_may_be_kept_or_indexed(visitor: Any) -> None:
    for page in walk(visitor)[1:]:
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert page.headers["Referrer-Policy"] == "no-referrer"


def test_answers_are_never_in_an_address(visitor: Any) -> None:
    visitor.begin("mother").answer_all()
    visitor.send("/check/result/")
    addresses = re.findall(r'(?:href|action|formaction|src)="([^"]*)"', visitor.text)
    assert addresses
    assert not [address for address in addresses if "?" in address or len(address) > 120]
    assert 'method="get"' not in visitor.text.lower()


def test_the_check_itself_hears_lines_and_sees_rows(visitor: Any, every_line: io.StringIO) -> None:
    """The test above can fail."""
    before = rows()
    logging.getLogger("homeport.anything").warning("someone was here")
    visitor.begin("mother").answer_all()
    visitor.send("/check/give/")
    assert "someone was here" in every_line.getvalue()
    assert rows() != before


@pytest.mark.django_db(transaction=True)
def test_the_server_as_it_is_served_says_nothing_of_requests(tmp_path: Path) -> None:
    """`homeport serve` in a process of its own: a walk through the questions adds no line and no byte of a row."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**embedded(tmp_path / "data"), "HOMEPORT_DEMO": "no"}
    command = [sys.executable, "-m", "homeport.config.cli", "serve", "--port", str(port), "--no-worker"]
    server = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        site = f"http://127.0.0.1:{port}"
        _ready(f"{site}/health/")
        page = _post(f"{site}/check/", {"age": "adult"})
        page = _post(f"{site}/check/question/", {"visit": _visit(page), "step": "begin", "who": "mother"})
        for answer in "123":
            page = _post(f"{site}/check/question/", {"visit": _visit(page), "step": "next", "answer": answer})
        assert "Question 4 of 24" in page
        with pytest.raises(urllib.error.HTTPError):
            _post(f"{site}/check/question/", {"visit": "forged", "step": "next"})
    finally:
        server.terminate()
        said, _ = server.communicate(timeout=60)
    expected = r"Laying out the |Homeport (is ready|has stopped)|There is no practice here yet|.*homeport practice set-up"
    assert [line for line in said.splitlines() if not re.match(expected, line)] == []


def _ready(address: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not answer")


def _post(address: str, fields: dict[str, str]) -> str:
    with urllib.request.urlopen(address, urllib.parse.urlencode(fields).encode(), timeout=30) as answer:
        assert "set-cookie" not in answer.headers
        return str(answer.read().decode())


def _visit(page: str) -> str:
    found = re.search(r'name="visit" value="([^"]+)"', page)
    assert found
    return found[1]
