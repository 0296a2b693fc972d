"""Fetching from a server on this machine: hashes, sizes, times, redirections, and what is said when it fails."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from homeport.catalogue.fetching import Limits, NotFetched, fetch_source
from homeport.catalogue.sources import PublicSource

BODY = b'{"made": "up"}'
Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """A web server whose answers a test sets by path."""

    def __init__(self) -> None:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(self.path)
                outer.headers = dict(self.headers)
                answer = outer.answers.get(self.path)
                if answer is None:
                    self.send_error(404)
                else:
                    answer(self)

            def log_message(self, *_: Any) -> None:
                """Nothing on standard error."""

        self.asked: list[str] = []
        self.headers: dict[str, str] = {}
        self.answers: dict[str, Answer] = {}
        self.httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.httpd.daemon_threads = True
        self.home = f"http://127.0.0.1:{self.httpd.server_address[1]}"
        self.thread = threading.Thread(target=self.httpd.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def stop(self) -> None:
        self.httpd.shutdown()
        self.thread.join()
        self.httpd.server_close()


def sending(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def sent_on(to: str) -> Answer:
    return sending(b"", 302, Location=to)


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


@pytest.fixture
def source() -> PublicSource:
    return PublicSource(
        instrument="alcohol.audit-c",
        repository="someone/forms",
        commit="a" * 40,
        path="made up/walk.json",
        licence="MIT",
        languages=("en",),
        known=(),
        files={"walk.json": sha256(BODY).hexdigest()},
    )


PLACE = f"/someone/forms/{'a' * 40}/made%20up/walk.json"


def failed(source: PublicSource, server: Server, **limits: Any) -> str:
    with pytest.raises(NotFetched) as failure:
        fetch_source(source, home=server.home, limits=Limits(**limits))
    message = str(failure.value)
    assert "\n" not in message
    assert message.startswith("Could not fetch made up/walk.json from github.com/someone/forms: ")
    assert message.endswith(
        ". If you have the file, give it: homeport instruments install alcohol.audit-c --from PATH"
    )
    return message.partition("someone/forms: ")[2].partition(". If you")[0]


def test_a_file_is_fetched_from_its_commit(server: Server, source: PublicSource) -> None:
    server.answers[PLACE] = sending(BODY)
    supplied = fetch_source(source, home=server.home)
    assert (supplied.name, supplied.main, dict(supplied.files)) == (
        "walk.json",
        "walk.json",
        {"walk.json": BODY},
    )
    assert supplied.sha256 == source.sha256
    assert server.asked == [PLACE]
    assert server.headers["User-Agent"] == "homeport"
    assert server.headers["Accept-Encoding"] == "identity"


def test_a_folder_is_fetched_file_by_file(server: Server, source: PublicSource) -> None:
    files = {"walk_schema": BODY, "items/one": b"1"}
    for name, body in files.items():
        server.answers[f"/someone/forms/{'a' * 40}/activities/walk/{name}"] = sending(body)
    folder = replace(
        source, path="activities/walk", files={n: sha256(b).hexdigest() for n, b in files.items()}
    )
    supplied = fetch_source(folder, home=server.home)
    assert dict(supplied.files) == files
    assert supplied.sha256 == folder.sha256


def test_one_missing_file_of_a_folder_fails_all(server: Server, source: PublicSource) -> None:
    server.answers[PLACE] = sending(BODY)
    folder = replace(source, path="made up", files={**source.files, "other": "0" * 64})
    with pytest.raises(NotFetched, match="answered 404"):
        fetch_source(folder, home=server.home)


def test_other_bytes_than_those_on_record_are_refused(server: Server, source: PublicSource) -> None:
    server.answers[PLACE] = sending(BODY + b" ")
    assert failed(source, server) == "walk.json is not the file on record: its SHA-256 differs"


@pytest.mark.parametrize("status", [401, 403, 404, 418, 429, 500, 503])
def test_a_server_that_refuses_is_quoted(server: Server, source: PublicSource, status: int) -> None:
    server.answers[PLACE] = sending(b"no", status)
    assert failed(source, server) == f"the server answered {status}"


def test_a_server_that_is_not_there_is_said(server: Server, source: PublicSource) -> None:
    with pytest.raises(NotFetched, match=r"refused|No connection"):
        fetch_source(source, home="http://127.0.0.1:1")


def test_a_large_file_is_refused_by_what_it_says_and_by_what_it_sends(
    server: Server, source: PublicSource
) -> None:
    server.answers[PLACE] = sending(b"x" * 2_000)
    assert failed(source, server, size=1_000) == "it is larger than 0.001 MB"

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            try:
                handler.wfile.write(b"x" * 100_000)
            except OSError:
                return

    server.answers[PLACE] = endless
    assert failed(source, server, size=1_000_000) == "it is larger than 1 MB"


def test_a_slow_server_is_left_after_the_time_allowed(server: Server, source: PublicSource) -> None:
    def dripping(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(600):  # half a minute
            try:
                handler.wfile.write(b"x")
                handler.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)

    server.answers[PLACE] = dripping
    start = time.monotonic()
    assert failed(source, server, seconds=0.3) == "it took longer than 0.3 seconds"
    assert time.monotonic() - start < 15


def test_a_silent_server_is_left(server: Server, source: PublicSource) -> None:
    server.answers[PLACE] = lambda handler: time.sleep(1)
    assert failed(source, server, silence=0.2) == "the server did not answer in time"


def test_a_connection_that_breaks_off_is_said(server: Server, source: PublicSource) -> None:
    server.answers[PLACE] = sending(BODY, Content_Length="500")
    assert failed(source, server) == "the connection broke off"


def test_a_packed_answer_is_refused(server: Server, source: PublicSource) -> None:
    server.answers[PLACE] = sending(BODY, Content_Encoding="gzip")
    assert failed(source, server) == "the server sent it packed, unasked"


def test_a_redirection_on_the_same_server_is_followed(server: Server, source: PublicSource) -> None:
    server.answers[PLACE] = sent_on("/elsewhere")
    server.answers["/elsewhere"] = sending(BODY)
    assert fetch_source(source, home=server.home).files == {"walk.json": BODY}


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("http://localhost:1/x", "another server (localhost)"),
        ("http://example.org/x", "unprotected"),
        ("https://example.org/x", "another server (example.org)"),
        ("file:///etc/hostname", "answered 302"),
        ("ftp://127.0.0.1/x", "unprotected"),
        ("data:text/plain,x", "answered 302"),
    ],
)
def test_a_redirection_elsewhere_is_refused(server: Server, source: PublicSource, to: str, why: str) -> None:
    server.answers[PLACE] = sent_on(to)
    assert why in failed(source, server)
    assert server.asked == [PLACE]


def test_a_circle_of_redirections_is_left(server: Server, source: PublicSource) -> None:
    for number in range(10):
        server.answers[PLACE if number == 0 else f"/{number}"] = sent_on(f"/{number + 1}")
    assert failed(source, server) == "it was sent on too many times"
    assert len(server.asked) == 4


def test_plain_http_is_refused_beyond_this_machine(source: PublicSource) -> None:
    with pytest.raises(NotFetched, match="unprotected"):
        fetch_source(source, home="http://example.org")
    with pytest.raises(NotFetched, match="unprotected"):
        fetch_source(source, home="file:///etc")
