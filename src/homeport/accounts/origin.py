"""Where a request comes from: enough to tell two places apart, not enough to find one."""

import ipaddress
import re

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from homeport.core.clock import today

_BROWSERS = (
    ("Edge", r"\bEdgA?/|\bEdgiOS/"),
    ("Opera", r"\bOPR/"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Firefox", r"\bFirefox/|\bFxiOS/"),
    ("Chrome", r"\bChrome/|\bCriOS/|\bHeadlessChrome/"),
    ("Safari", r"\bSafari/"),
)
_SYSTEMS = (
    ("iPad", r"\biPad\b"),
    ("iPhone", r"\biPhone\b"),
    ("Android", r"\bAndroid\b"),
    ("Windows", r"\bWindows\b"),
    ("Mac", r"\bMac OS X\b"),
    ("Chromebook", r"\bCrOS\b"),
    ("Linux", r"\bLinux\b"),
)


def digest_of(*parts: str) -> str:
    """64 hexadecimal digits that stand for these parts in this installation alone."""
    joined = "\x1f".join(parts)
    return salted_hmac("homeport.accounts.digest", joined, algorithm="sha256").hexdigest()


def network_of(request: HttpRequest) -> str:
    """The network address the request came from; of IPv6 the /64, which is one household's."""
    address = request.META.get("REMOTE_ADDR") or ""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        mapped = parsed.ipv4_mapped
        return str(mapped or ipaddress.ip_network((parsed, 64), strict=False).network_address)
    return str(parsed)


def origin_of(request: HttpRequest) -> str:
    """A keyed digest of the network address that is another one tomorrow: it ties acts of one day together, no more."""
    return digest_of("origin", today().isoformat(), network_of(request))[:32]


def device_of(request: HttpRequest) -> str:
    """What the browser says it is, as a person would: "Firefox on Windows"; empty where it does not say."""
    said = request.META.get("HTTP_USER_AGENT", "")[:400]
    browser = next((name for name, sign in _BROWSERS if re.search(sign, said)), "")
    system = next((name for name, sign in _SYSTEMS if re.search(sign, said)), "")
    return " on ".join(part for part in (browser, system) if part)


def is_same_site(request: HttpRequest) -> bool:
    """Whether one of our own pages sent this request, as the browser tells it.

    Every browser of the last years says so (Fetch Metadata). One that does not must send our own address as the origin.
    """
    fetched = request.META.get("HTTP_SEC_FETCH_SITE")
    if fetched is not None:
        return bool(fetched == "same-origin")
    origin = request.META.get("HTTP_ORIGIN")
    return origin is not None and origin == f"{request.scheme}://{request.get_host()}"
