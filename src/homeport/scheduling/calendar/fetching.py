"""Fetching somebody's calendar from an address they gave: over HTTPS, from the open internet, within a size and a time.

Whoever gives an address makes this machine knock on it. So every address, each redirection's too, is looked up first, and
the connection goes to the very number that was looked at: a name that means another machine a moment later does not help.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext as _

from homeport.core.errors import HomeportError
from homeport.scheduling.calendar.narrowing import LARGEST_FILE

REDIRECTED = (301, 302, 303, 307, 308)
_CHUNK = 65_536
LONGEST_ADDRESS = 2_000
# What people number the machines of their own network with (RFC 1918, RFC 4193).
INSIDE = tuple(
    ipaddress.ip_network(each) for each in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
)
# Of IPv6 the open internet (RFC 4291, 2.4), and what is kept for examples (RFC 9637).
GIVEN_OUT, EXAMPLES = ipaddress.ip_network("2000::/3"), ipaddress.ip_network("3fff::/20")


class NotFetched(HomeportError):
    """A calendar that could not be fetched. The message says why, in one sentence, without the address."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, seconds for everything, seconds of silence, redirections. ``inside``: machines of one's own network too."""

    size: int = LARGEST_FILE
    seconds: float = 20.0
    silence: float = 8.0
    redirections: int = 3
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came, and the mark by which the server knows it again. ``data`` is None where nothing has changed."""

    data: bytes | None
    etag: str = ""


def checked_address(address: str) -> str:
    """The address in the form in which it is fetched. Raises ``NotFetched`` for anything but a whole HTTPS address."""
    address = address.strip()
    if address.lower().startswith("webcal://"):
        address = "https://" + address[len("webcal://") :]
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise NotFetched(
            _("This is not a whole address. It begins with https:// and often ends in .ics.")
        ) from None
    if parts.scheme.lower() != "https" or not parts.hostname or len(address) > LONGEST_ADDRESS:
        raise NotFetched(_("This is not a whole address. It begins with https:// and often ends in .ics."))
    if (
        parts.username
        or parts.password
        or port not in (None, 443)
        or not address.isascii()
        or not address.isprintable()
    ):
        raise NotFetched(_("We read calendars at plain https:// addresses only."))
    return parts._replace(fragment="").geturl()


def fetch_calendar(
    address: str,
    *,
    etag: str = "",
    limits: Limits | None = None,
    context: ssl.SSLContext | None = None,
    connect: Callable[[str, int, float], socket.socket] | None = None,
) -> Fetched:
    """What is at the address now. ``etag``: what was there last time, so that the same need not come again.

    Raises ``NotFetched``. ``context`` and ``connect`` stand in for the internet in tests.
    """
    limits = limits or Limits()
    until = time.monotonic() + limits.seconds
    for _turn in range(limits.redirections + 1):
        address = checked_address(address)
        found = _once(address, etag, limits, until, context or ssl.create_default_context(), connect)
        if isinstance(found, Fetched):
            return found
        address = _sent_on(address, found)
    raise NotFetched(_("This address sends us on too many times."))


def _sent_on(address: str, to: str) -> str:
    try:
        return urljoin(address, to)
    except ValueError:  # half an address
        raise NotFetched(
            _("This is not a whole address. It begins with https:// and often ends in .ics.")
        ) from None


def open_number(host: str, port: int, *, inside: bool = False) -> str:
    """The number of a machine of that name. Raises ``NotFetched`` where any of its numbers is not of the open internet."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotFetched(
            _("There is no such place on the internet. Look at the address once more.")
        ) from None
    numbers = [str(each[4][0]) for each in found]
    if not numbers or not all(_is_open(number) or (inside and _is_inside(number)) for number in numbers):
        raise NotFetched(_("This address leads into a private network, where we do not go."))
    return numbers[0]


def _is_open(number: str) -> bool:
    """Whether it is of the open internet: nobody's own network, this machine, or what only looks like another one."""
    found = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None:
            return _is_open(str(inner))
        if found in ipaddress.ip_network("64:ff9b::/96"):
            return _is_open(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
        # What was given out so far; the rest only looks like an address, or leads where its own network decides.
        if found not in GIVEN_OUT or found in EXAMPLES:
            return False
    return found.is_global and not found.is_multicast


def _is_inside(number: str) -> bool:
    """Whether it is another machine of one's own network: never this one, nor what clouds tell machines about themselves."""
    found = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return any(found in network for network in INSIDE if network.version == found.version)


def _once(
    address: str,
    etag: str,
    limits: Limits,
    until: float,
    context: ssl.SSLContext,
    connect: Callable[[str, int, float], socket.socket] | None,
) -> Fetched | str:
    """One request. Returns what came, or the address it was sent on to."""
    parts = urlsplit(address)
    host, path = parts.hostname or "", parts.path or "/"
    left = until - time.monotonic()
    silence = max(0.1, min(limits.silence, left))
    connection = http.client.HTTPSConnection(host, 443, timeout=silence, context=context)
    try:
        raw = connect(host, 443, silence) if connect else _connected(host, limits, silence)
        line = context.wrap_socket(raw, server_hostname=host, do_handshake_on_connect=False)
        connection.sock = line
        # A server that sends a byte now and then never falls silent: the line is cut when the time is up.
        watch = threading.Timer(max(0.1, left), _cut, [line])
        watch.daemon = True
        watch.start()
        try:
            line.do_handshake()
            headers = {"User-Agent": "Homeport", "Accept": "text/calendar", "Accept-Encoding": "identity"}
            connection.request(
                "GET",
                f"{path}?{parts.query}" if parts.query else path,
                headers=headers | ({"If-None-Match": etag} if etag else {}),
            )
            answer = connection.getresponse()
            with answer:
                return _answer(answer, limits, until)
        finally:
            watch.cancel()
    except NotFetched:
        raise
    except ssl.SSLError:
        raise NotFetched(_("The place of this calendar could not prove who it is.")) from None
    except (OSError, http.client.HTTPException, ValueError):
        raise NotFetched(_("This calendar could not be reached just now.")) from None
    finally:
        connection.close()


def _connected(host: str, limits: Limits, silence: float) -> socket.socket:
    return socket.create_connection((open_number(host, 443, inside=limits.inside), 443), timeout=silence)


def _cut(line: socket.socket) -> None:
    try:
        socket.socket.shutdown(line, socket.SHUT_RDWR)
    except OSError:
        return  # it has ended by itself


def _answer(answer: http.client.HTTPResponse, limits: Limits, until: float) -> Fetched | str:
    if answer.status in REDIRECTED:
        return answer.getheader("Location") or ""
    if answer.status == 304:
        return Fetched(None)
    if answer.status != 200:
        raise NotFetched(
            _("The place of this calendar answered with an error (%(number)s).") % {"number": answer.status}
        )
    data = bytearray()
    while chunk := answer.read1(_CHUNK):
        data += chunk
        if len(data) > limits.size:
            raise NotFetched(
                _("This calendar is too large to read. Share one that holds your own appointments only.")
            )
        if time.monotonic() > until:
            break
    # A line that was cut looks like one that ended.
    if time.monotonic() > until:
        raise NotFetched(_("This calendar took too long to come."))
    if answer.length:
        raise NotFetched(_("This calendar could not be reached just now."))
    etag = (answer.getheader("ETag") or "")[:200]
    return Fetched(bytes(data), etag if etag.isascii() and etag.isprintable() else "")
