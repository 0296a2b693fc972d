"""A calendar is fetched from the open internet alone, whatever the address says and wherever it sends us on to."""

import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from homeport.scheduling.calendar import fetching
from homeport.scheduling.calendar.fetching import (
    Limits,
    NotFetched,
    checked_address,
    fetch_calendar,
    open_number,
)

HOST = "calendar.example"
CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
OK = b'HTTP/1.1 200 OK\r\nETag: "7"\r\nContent-Length: %d\r\n\r\n%s' % (len(CALENDAR), CALENDAR)


@dataclass
class Place:
    """A server on this machine that answers as it was told, one answer a request."""

    answers: list[Callable[[ssl.SSLSocket], None] | bytes]
    server: ssl.SSLContext
    client: ssl.SSLContext
    asked: list[str] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)

    def connect(self, host: str, _port: int, silence: float) -> socket.socket:
        """Stands in for the internet: every host is this machine."""
        self.hosts.append(host)
        ours, theirs = socket.socketpair()
        ours.settimeout(silence)
        threading.Thread(
            target=self._serve, args=(theirs, self.answers[len(self.hosts) - 1]), daemon=True
        ).start()
        return ours

    def _serve(self, raw: socket.socket, answer: Callable[[ssl.SSLSocket], None] | bytes) -> None:
        try:
            with self.server.wrap_socket(raw, server_side=True) as line:
                self.asked.append(line.recv(4096).decode())
                line.sendall(answer) if isinstance(answer, bytes) else answer(line)
        except OSError:
            raw.close()

    def fetch(self, **how: object) -> fetching.Fetched:
        return fetch_calendar(f"https://{HOST}/a.ics?key=s", context=self.client, connect=self.connect, **how)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def contexts(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's and a client's, with a certificate of the test's own."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    day = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
        .not_valid_before(day - timedelta(days=1)).not_valid_after(day + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST), x509.DNSName("other.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file: Path = tmp_path_factory.mktemp("tls") / "both.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    return server, ssl.create_default_context(cafile=str(file))


@pytest.fixture
def place(contexts: tuple[ssl.SSLContext, ssl.SSLContext]) -> Callable[..., Place]:
    return lambda *answers: Place(list(answers), *contexts)


def sent_on(to: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


def test_what_is_there_comes_with_its_mark(place: Callable[..., Place]) -> None:
    here = place(OK)
    found = here.fetch()
    assert (found.data, found.etag) == (CALENDAR, '"7"')
    assert here.asked[0].startswith("GET /a.ics?key=s HTTP/1.1\r\nHost: calendar.example\r\n")


def test_what_has_not_changed_does_not_come_again(place: Callable[..., Place]) -> None:
    here = place(b"HTTP/1.1 304 Not Modified\r\n\r\n")
    assert here.fetch(etag='"7"').data is None
    assert 'If-None-Match: "7"' in here.asked[0]


@pytest.mark.parametrize("mark", [b'"a\x00b"', b'"\xe9"'])
def test_a_mark_that_no_database_keeps_is_none(mark: bytes, place: Callable[..., Place]) -> None:
    here = place(OK.replace(b'"7"', mark))
    assert here.fetch() == fetching.Fetched(CALENDAR)


def test_it_follows_to_another_place_that_is_open(place: Callable[..., Place]) -> None:
    here = place(sent_on("https://other.example/b.ics"), OK)
    assert here.fetch().data == CALENDAR
    assert here.hosts == [HOST, "other.example"]


@pytest.mark.parametrize(
    "to",
    [
        "http://calendar.example/a.ics",
        "file:///etc/passwd",
        "ftp://x.example/",
        "//user@x.example/",
        "",
        "https://",
        "https://[",
        "https://a]b/",
    ],
)
def test_it_is_not_sent_on_to_anything_weaker(to: str, place: Callable[..., Place]) -> None:
    here = place(sent_on(to), *[sent_on("")] * 4)
    with pytest.raises(NotFetched):
        here.fetch()


def test_it_is_not_sent_round_and_round(place: Callable[..., Place]) -> None:
    here = place(*[sent_on(f"https://{HOST}/")] * 9)
    with pytest.raises(NotFetched, match="too many times"):
        here.fetch()
    assert len(here.hosts) == 4


def test_each_place_it_is_sent_on_to_is_looked_up(
    monkeypatch: pytest.MonkeyPatch, place: Callable[..., Place]
) -> None:
    here = place(sent_on("https://inner.example/"), OK)

    def lookup(host: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        number = "10.0.0.7" if host == "inner.example" else "93.184.216.34"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 443))]

    monkeypatch.setattr("socket.getaddrinfo", lookup)
    monkeypatch.setattr("socket.create_connection", lambda to, timeout: here.connect(to[0], 443, timeout))
    with pytest.raises(NotFetched, match="private network"):
        fetch_calendar(f"https://{HOST}/", context=here.client)
    assert here.hosts == ["93.184.216.34"], "the connection goes to the number that was looked at"


def test_a_server_that_cannot_prove_who_it_is(place: Callable[..., Place]) -> None:
    here = place(OK)
    with pytest.raises(NotFetched, match="prove"):
        fetch_calendar("https://stranger.example/", context=here.client, connect=here.connect)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 500 Broken\r\n\r\n",
        b"HTTP/1.1 404 Gone\r\n\r\n",
        b"rubbish\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n" + b"x" * 900,
        b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 200 + b"\r\n",
    ],
)
def test_whatever_else_comes_is_one_sentence(answer: bytes, place: Callable[..., Place]) -> None:
    with pytest.raises(NotFetched) as refused:
        place(answer).fetch(limits=Limits(size=800))
    assert HOST not in str(refused.value)


def test_a_server_that_sends_a_byte_now_and_then_is_cut_off(place: Callable[..., Place]) -> None:
    def drip(line: ssl.SSLSocket) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(600):  # half a minute
            line.sendall(b"x")
            time.sleep(0.05)

    begun = time.monotonic()
    with pytest.raises(NotFetched):
        place(drip).fetch(limits=Limits(seconds=0.5))
    assert time.monotonic() - begun < 15


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::",
        "64:ff9b::7f00:1", "ff02::1", "192.0.2.1", "198.18.0.1", "::7f00:1", "::a01:203", "fec0::1",
        "64:ff9b:1::a01:203", "5f00::1", "3fff::1", "2001:db8::1", "100::1",
    ],
)  # fmt: skip
def test_private_numbers_are_not_gone_to(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(0, 0, 0, "", (number, 443)), (0, 0, 0, "", ("93.184.216.34", 443))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: found[::-1])
    with pytest.raises(NotFetched, match="private network"):
        open_number("calendar.example", 443)
    if number.removeprefix("::ffff:").startswith(("10.", "172.16.", "192.168.", "fd00:")):
        assert open_number("calendar.example", 443, inside=True) == "93.184.216.34"
    else:  # never this machine, nor what a cloud tells its machines about themselves
        with pytest.raises(NotFetched, match="private network"):
            open_number("calendar.example", 443, inside=True)


@pytest.mark.parametrize(
    "address",
    [
        "http://calendar.example/a.ics", "calendar.example/a.ics", "", "https://", "https://user:word@calendar.example/",
        "https://calendar.example:8443/", "https://calendar.example:99999/", "file:///etc/passwd", "javascript:alert(1)",
        "https://[::1", "https://calendar.example/\r\nX-A: b", "https://calendar.example/" + "a" * 3000,
    ],
)  # fmt: skip
def test_only_whole_plain_addresses_are_taken(address: str) -> None:
    with pytest.raises(NotFetched):
        checked_address(address)


def test_an_address_as_calendars_give_it_is_taken() -> None:
    assert checked_address(" webcal://calendar.example/a.ics#x ") == "https://calendar.example/a.ics"
