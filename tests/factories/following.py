"""Whoever follows every link and every search form that a page shows, as somebody does who looks for a way."""

from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

# Of pages that differ in nothing but whose id stands in the address, or what was searched for, so many are looked at.
OF_ONE_KIND = 3


class _Ways(HTMLParser):
    """The addresses that a page leads to. Forms that send are noted apart: they are not followed."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.sends: list[str] = []
        self._form: tuple[str, dict[str, str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in had:
            self.links.append(had["href"])
        elif tag == "form" and had.get("method", "get").lower() == "post":
            self.sends.append(had.get("action", ""))
        elif tag == "form":
            self._form = had.get("action", ""), {}
        elif tag == "input" and self._form and had.get("type") == "hidden":
            self._form[1][had.get("name", "")] = had.get("value", "")
        elif tag in {"img", "link", "iframe", "source"}:
            self.links += [had[name] for name in ("src", "href") if had.get(name)]
        self.sends += [had["formaction"]] if had.get("formaction") else []

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._form:
            action, fields = self._form
            self.links.append(f"{action}?{urlencode(fields)}" if fields else action)
            self._form = None


@dataclass
class Walk:
    """What one person found. ``reached``: names of routes; ``sends``: of those that a shown form is sent to;
    ``broken``: what a shown link answered that leads nowhere, as (status, address, the page that showed it)."""

    reached: set[str] = field(default_factory=set)
    sends: set[str] = field(default_factory=set)
    broken: list[tuple[int, str, str]] = field(default_factory=list)
    pages: int = 0


def walk(browser: Client, *starts: str) -> Walk:
    """Follow everything from these addresses on."""
    found, seen, kinds = Walk(), set(starts), dict[str, int]()
    waits = deque((start, "") for start in starts)
    while waits:
        address, shown_on = waits.popleft()
        name = route_of(address)
        if not name:
            found.broken.append((404, address, shown_on))
            continue
        kinds[name] = kinds.get(name, 0) + 1
        if kinds[name] > OF_ONE_KIND:
            continue
        answer = browser.get(address)
        found.pages += 1
        if answer.status_code >= 400:
            found.broken.append((answer.status_code, address, shown_on))
            continue
        found.reached.add(name)
        for there in _leads_to(answer, address, found):
            if there not in seen:
                seen.add(there)
                waits.append((there, address))
    return found


def _leads_to(answer: object, address: str, found: Walk) -> list[str]:
    ways = _Ways()
    headers = answer.headers  # type: ignore[attr-defined]
    if "Location" in headers:
        ways.links.append(headers["Location"])
    elif headers.get("Content-Type", "").startswith("text/html"):
        ways.feed(answer.content.decode())  # type: ignore[attr-defined]
    found.sends |= {name for each in ways.sends if (name := route_of(urljoin(address, each)))}
    whole = [urljoin(address, each).partition("#")[0] for each in ways.links if not each.startswith("#")]
    return [each for each in whole if each.startswith("/") and not each.startswith(("//", "/static/"))]


def route_of(address: str) -> str:
    """The name of the route that answers at an address; empty where none does."""
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return ""
    return found.view_name or found.route
