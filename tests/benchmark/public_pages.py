"""What every public page weighs as a browser fetches it, and that it asks no other host for anything.

The site is served over loopback as `homeport demo` serves it. Pages are found by following links from the landing page,
and by taking the check to its result; each counts with every style sheet, script, image and font that it names, as
compressed as the server sends it. ``measure()`` gives one dict a row. Run as a module it prints every page.
"""

import gzip
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

import brotli
from tests.newcomer import answered, free_port

Row = dict[str, Any]
LIMIT = 60_000  # bytes
PATIENCE = 60  # seconds until the site answers
STEPS = 80  # of the check, at most
_IN_CSS = re.compile(r"url\(\s*['\"]?(?!data:|#)([^'\")]+)|@import\s+['\"]([^'\"]+)")
_IN_JS = re.compile(r"(?:import|from)\s*\(?\s*['\"]([^'\"]+)['\"]")
_AWAY = ("back", "pause", "stop", "again", "delete")


@dataclass
class Answer:
    """What came back: as sent, and unpacked."""

    kind: str
    sent: int
    text: str


class Page(HTMLParser):
    """What a page names: links to follow, parts that a browser fetches by itself, and its forms."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.parts: list[str] = []
        self.forms: list[dict[str, Any]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One element."""
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "link" and given.get("rel", "").split() != ["canonical"]:
            self.parts.append(given.get("href", ""))
        if tag in {"script", "img", "source", "iframe", "video", "audio", "embed"} and given.get("src"):
            self.parts.append(given["src"])
        self.parts += [each.split()[0] for each in given.get("srcset", "").split(",") if each.strip()]
        if tag in {"image", "use"}:
            self.parts += [
                given[name] for name in ("href", "xlink:href") if not given.get(name, "#").startswith("#")
            ]
        self._take_field(tag, given)

    def _take_field(self, tag: str, given: dict[str, str]) -> None:
        if tag == "form":
            self.forms.append(
                {"method": given.get("method", "get"), "action": given.get("action", ""), "fields": []}
            )
        if self.forms and tag in {"input", "button"}:
            kind = given.get("type", "submit" if tag == "button" else "text")
            value = given.get("value", "on")
            self.forms[-1]["fields"].append((kind, given.get("name", ""), value))
            if kind == "submit" and value not in _AWAY:
                self.forms[-1].setdefault("onward", given.get("formaction") or self.forms[-1]["action"])


@dataclass
class Site:
    """A running site. weights: of parts that were fetched before. strangers: requests that would leave the host."""

    address: str
    weights: dict[str, int] = field(default_factory=dict)
    strangers: set[str] = field(default_factory=set)
    pages: dict[str, int] = field(default_factory=dict)

    def ask(self, path: str, form: dict[str, str] | None = None) -> Answer:
        """One request, as a browser makes it."""
        data = urlencode(form).encode() if form is not None else None
        request = urllib.request.Request(self.address + path, data, {"Accept-Encoding": "br, gzip"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            body, packing = answer.read(), answer.headers.get("Content-Encoding", "")
            kind = answer.headers.get_content_type()
        plain = {"gzip": gzip.decompress, "br": brotli.decompress}.get(packing, bytes)(body)
        return Answer(kind, len(body), plain.decode("utf-8", errors="replace"))

    def weigh(self, path: str, answer: Answer) -> Page:
        """The page with all its parts."""
        page = Page(answer.text)
        parts: set[str] = set()
        for part in page.parts:
            self._collect(urljoin(path, part), parts)
        self.pages[path] = answer.sent + sum(self.weights[part] for part in parts)
        return page

    def _collect(self, part: str, parts: set[str]) -> None:
        """The part and what it names in turn."""
        part = urldefrag(part)[0]
        if not part or part.startswith("data:") or part in parts:
            return
        if urlsplit(part).netloc:
            self.strangers.add(part)
            return
        parts.add(part)
        answer = self.ask(part)
        self.weights[part] = answer.sent
        named: list[str] = []
        if answer.kind == "text/css":
            named = [one or other for one, other in _IN_CSS.findall(answer.text)]
        elif "javascript" in answer.kind:
            named = _IN_JS.findall(answer.text)
        for inner in named:
            self._collect(urljoin(part, inner), parts)


@contextmanager
def served() -> Iterator[Site]:
    """The demo site on a port of its own, with a data folder of its own."""
    port = free_port()
    with tempfile.TemporaryDirectory() as data:
        site = subprocess.Popen(
            [sys.executable, "-m", "homeport.config.cli", "demo", "--port", str(port)],
            env={**os.environ, "HOMEPORT_DEMO_DATA": data},
            stdout=subprocess.DEVNULL,
        )
        try:
            until = time.monotonic() + PATIENCE
            while not answered(port):
                if site.poll() is not None or time.monotonic() > until:
                    raise RuntimeError("the site did not answer")
                time.sleep(0.1)
            yield Site(f"http://localhost:{port}")
        finally:
            site.send_signal(signal.SIGINT)
            try:
                site.wait(20)
            except subprocess.TimeoutExpired:
                site.kill()


def follow_links(site: Site) -> None:
    """Every page that can be reached from the landing page without filling in a form."""
    waiting = ["/", "/gallery/"]  # the gallery is public and nothing links to it
    seen = set(waiting)
    while waiting:
        path = waiting.pop()
        answer = site.ask(path)
        if answer.kind != "text/html":
            continue
        for link in site.weigh(path, answer).links:
            target = urldefrag(urljoin(path, link))[0]
            if not urlsplit(target).netloc and target.startswith("/") and target not in seen:
                seen.add(target)
                waiting.append(target)


def take_the_check(site: Site) -> None:
    """From the first question to the result, the heaviest of each kind of page counted."""
    path, answer = "/check/", site.ask("/check/")
    for _ in range(STEPS):
        page = site.weigh(path, answer)
        forms = [
            form for form in page.forms if form["method"] == "post" and "/check/" in form.get("onward", "")
        ]
        if not forms:
            return
        path = forms[0]["onward"]
        before = site.pages.get(path, 0)
        answer = site.ask(path, filled(forms[0]["fields"]))
        site.weigh(path, answer)
        site.pages[path] = max(site.pages[path], before)
        if path.endswith("/result/"):
            return


def filled(fields: list[tuple[str, str, str]]) -> dict[str, str]:
    """A form as a patient visitor fills it in: grown up, one relationship, answers in the middle, onwards."""
    form = {name: value for kind, name, value in fields if kind == "hidden"}
    for name in {name for kind, name, _ in fields if kind == "radio"}:
        values = [value for kind, other, value in fields if (kind, other) == ("radio", name)]
        form[name] = "adult" if "adult" in values else values[len(values) // 2]
    boxes = [(name, value) for kind, name, value in fields if kind == "checkbox"]
    buttons = [
        (name, value) for kind, name, value in fields if kind == "submit" and value not in _AWAY and name
    ]
    return form | dict(boxes[:1]) | dict(buttons[:1])


def measure() -> Iterator[Row]:
    """The heaviest page, the number of pages, and requests to other hosts."""
    with served() as site:
        follow_links(site)
        take_the_check(site)
    path, heaviest = max(site.pages.items(), key=lambda page: page[1])
    yield {
        "what": f"heaviest of {len(site.pages)} public pages, all parts, bytes sent",
        "value": f"{heaviest:,} ({path})",
        "target": f"< {LIMIT:,}",
        "ok": heaviest < LIMIT and len(site.pages) > 20,
    }
    reached = any(path.endswith("/result/") for path in site.pages)
    yield {"what": "the check leads to its result", "value": reached, "target": "yes", "ok": reached}
    away = sorted(site.strangers)
    yield {
        "what": "requests that leave the host",
        "value": f"{len(away)} {' '.join(away[:2])}".strip(),
        "target": "0",
        "ok": not away,
    }


if __name__ == "__main__":
    with served() as running:
        follow_links(running)
        take_the_check(running)
    for each, weight in sorted(running.pages.items(), key=lambda page: -page[1]):
        sys.stdout.write(f"{weight:>8,}  {each}\n")
