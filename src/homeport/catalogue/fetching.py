"""Fetching a public source: over HTTPS, from its one host, within a size and a time, and only the very bytes on record."""

import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from hashlib import sha256
from http.client import HTTPException
from typing import IO, Any
from urllib.parse import quote, urlsplit

from homeport.catalogue.readers.opening import LARGEST_FILE, Supplied
from homeport.catalogue.sources import PublicSource
from homeport.core.errors import HomeportError

HOME = "https://raw.githubusercontent.com"
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_CHUNK = 65_536


class NotFetched(HomeportError):
    """A source that could not be fetched as recorded. The message says how to give a file instead."""


class _Refused(Exception):
    """Why, in a few words."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes a file may have, seconds that all of it may take, seconds of silence, redirections followed."""

    size: int = LARGEST_FILE
    seconds: float = 60.0
    silence: float = 15.0
    redirections: int = 3


def fetch_source(source: PublicSource, *, home: str = HOME, limits: Limits | None = None) -> Supplied:
    """All files of a source, each checked against its SHA-256. Raises NotFetched; keeps nothing of a part.

    ``home`` is the address that repositories lie under: HTTPS, or plain HTTP on this machine alone.
    """
    limits = limits or Limits()
    until = time.monotonic() + limits.seconds
    files: dict[str, bytes] = {}
    try:
        for name, known in source.files.items():
            path = f"{source.folder}/{name}" if source.folder else name
            data = _fetch(f"{home}/{source.repository}/{source.commit}/{quote(path)}", until, limits)
            if sha256(data).hexdigest() != known:
                raise _Refused(f"{name} is not the file on record: its SHA-256 differs")
            files[name] = data
    except _Refused as error:
        raise NotFetched(
            f"Could not fetch {source.path} from github.com/{source.repository}: {error}. If you have the file, give "
            f"it: homeport instruments install {source.instrument} --from PATH"
        ) from None
    main = next(iter(files)) if len(files) == 1 else ""
    return Supplied(source.path.rsplit("/", 1)[-1], files, main)


def _fetch(address: str, until: float, limits: Limits) -> bytes:
    host = urlsplit(address).hostname or ""
    _check_address(address, host)
    request = urllib.request.Request(  # noqa: S310 - the scheme is checked above
        address, headers={"User-Agent": "homeport", "Accept": "*/*", "Accept-Encoding": "identity"}
    )
    try:
        with _opener(host, limits).open(request, timeout=limits.silence) as answer:
            return _body(answer, until, limits)
    except _Refused:
        raise
    except urllib.error.HTTPError as error:
        error.close()
        raise _Refused(f"the server answered {error.code}") from None
    except urllib.error.URLError as error:
        if isinstance(error.reason, _Refused):
            raise error.reason from None
        raise _Refused(_plainly(error.reason)) from None
    except (OSError, HTTPException, ValueError) as error:
        raise _Refused(_plainly(error)) from None


def _body(answer: Any, until: float, limits: Limits) -> bytes:
    if answer.status != 200:
        raise _Refused(f"the server answered {answer.status}")
    if answer.headers.get("Content-Encoding", "identity").lower() not in {"", "identity"}:
        raise _Refused("the server sent it packed, unasked")
    stated = answer.headers.get("Content-Length", "")
    if stated.isdecimal() and int(stated) > limits.size:
        raise _Refused(f"it is larger than {limits.size / 1e6:g} MB")
    data = bytearray()
    while chunk := answer.read1(_CHUNK):
        data += chunk
        if len(data) > limits.size:
            raise _Refused(f"it is larger than {limits.size / 1e6:g} MB")
        if time.monotonic() > until:
            raise _Refused(f"it took longer than {limits.seconds:g} seconds")
    if stated.isdecimal() and len(data) < int(stated):
        raise _Refused("the connection broke off")
    return bytes(data)


def _plainly(reason: object) -> str:
    if isinstance(reason, TimeoutError):
        return "the server did not answer in time"
    if isinstance(reason, ssl.SSLError):
        return "the server could not prove who it is"
    text = " ".join(str(getattr(reason, "strerror", None) or reason).split()).rstrip(".")
    return text[:120] or "no connection"


def _check_address(address: str, home: str) -> None:
    """HTTPS on the host it began with; plain HTTP only on this machine."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise _Refused("it was sent on to an unprotected address")
    if parts.hostname != home:
        raise _Refused(f"it was sent on to another server ({(parts.hostname or 'none')[:60]})")


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a few redirections on the same host and never to a weaker protocol."""

    def __init__(self, home: str, most: int) -> None:
        self.home, self.left = home, most

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        try:
            self._check(req, newurl)
        except _Refused:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]

    def _check(self, before: urllib.request.Request, address: str) -> None:
        self.left -= 1
        if self.left < 0:
            raise _Refused("it was sent on too many times")
        if before.type == "https" and urlsplit(address).scheme != "https":
            raise _Refused("it was sent on to an unprotected address")
        _check_address(address, self.home)


def _opener(host: str, limits: Limits) -> urllib.request.OpenerDirector:
    """An opener for the web alone: the library's own would also open files and FTP."""
    proxies: Mapping[str, str] = {} if host in _LOOPBACK else urllib.request.getproxies()
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(dict(proxies)),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(context=ssl.create_default_context()),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
        _Redirects(host, limits.redirections),
    ):
        opener.add_handler(handler)
    return opener
