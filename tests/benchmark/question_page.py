"""What a step of the assessment costs beside a bare Django template page, in one process, through every middleware.

A step reads the form, checks the signature, takes the answer, chooses the next question, signs and draws the page. The bare
page draws one template of three lines. Both are asked for as they are served (the ASGI application of `homeport serve`)
and, leaner and so stricter, through Django's test client. ``ratio()`` gives one ratio; ``measure()`` one dict a row: what,
value, target, ok. Run as a module it prints them.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any, Literal
from urllib.parse import urlencode

Row = dict[str, Any]
Kind = Literal["fixed", "adaptive"]
Way = Literal["served", "client"]
Call = Callable[[], Any]
BARE = "<!doctype html><html lang=en><title>{{ title }}</title><h1>{{ title }}</h1><p>{{ text }}</p></html>"
FORM = "application/x-www-form-urlencoded"  # what browsers send
ROUNDS, TIMES = 11, 60


def measure() -> Iterator[Row]:
    """The whole page, for our own fixed form and for the adaptive ECR."""
    for way, kind, bound in (
        ("served", "fixed", True),
        ("served", "adaptive", True),
        ("client", "fixed", True),
        ("client", "adaptive", False),  # shown for honesty: the adaptive step has a target of its own (1 ms)
    ):
        value = ratio(kind=kind, way=way)  # type: ignore[arg-type]
        yield {
            "what": f"question page, {kind}, {'as served' if way == 'served' else 'test client'}",
            "value": f"{value:.2f} x bare page",
            "target": "at most 2" if bound else "shown only",
            "ok": value <= 2.0 if bound else None,
        }


def ratio(*, kind: Kind = "fixed", way: Way = "served", fragment: bool = False) -> float:
    """Median over rounds of (time of a step) / (time of a bare page), each the best of its round."""
    prepare()
    from homeport.web.visitor import seal

    body = urlencode({"visit": seal.seal(_under_way(kind)), "step": "next", "answer": "4"}).encode()
    extra = {"homeport-fragment": "1"} if fragment else {}
    calls = _served(body, extra) if way == "served" else _client(body, extra)
    return median(_best(calls[0]) / _best(calls[1]) for _ in range(ROUNDS))


def prepare() -> None:
    """Django as it serves, with a database in memory and one more address: the bare page."""
    from django.conf import settings

    if not settings.configured:
        folder = Path(tempfile.gettempdir()) / f"homeport-bench-{os.getuid()}"
        os.environ.setdefault("HOMEPORT_DATA", str(folder))
        os.environ["DJANGO_SETTINGS_MODULE"] = "homeport.config.settings"
    import django
    from django.core.management import call_command

    settings.DATABASES["default"]["NAME"] = ":memory:"
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    _add_bare_page()


def _add_bare_page() -> None:
    from django.http import HttpRequest, HttpResponse
    from django.template import engines
    from django.urls import clear_url_caches, path

    from homeport.config import urls

    if any(getattr(pattern, "name", None) == "bare" for pattern in urls.urlpatterns):
        return
    template = engines["django"].from_string(BARE)

    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse(template.render({"title": "Bare", "text": "A page."}, request))

    urls.urlpatterns.insert(0, path("bare/", bare, name="bare"))
    clear_url_caches()


def _under_way(kind: Kind) -> Any:
    from tests.factories.made_up_ecr import install_made_up_ecr

    from homeport.catalogue.models import InstalledWording
    from homeport.web.visitor import state, steps

    InstalledWording.objects.all().delete()
    if kind == "adaptive":
        install_made_up_ecr()
    turn = steps.choose(state.begin("adult"), {"partner"}, "en")
    for value in "25413":
        turn = steps.take(turn.journey, "next", value, "en")
    return turn.journey


def _client(body: bytes, extra: dict[str, str]) -> tuple[Call, Call]:
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    step = lambda: client.post("/check/question/", body, content_type=FORM, headers=extra)  # noqa: E731
    _must_ask(step().content)
    return step, lambda: client.get("/bare/")


def _served(body: bytes, extra: dict[str, str]) -> tuple[Call, Call]:
    from homeport.config.asgi import application

    loop = asyncio.new_event_loop()

    async def ask(method: str, path: str, content: bytes) -> bytes:
        given = {"host": "localhost", "content-type": FORM, "content-length": str(len(content)), **extra}
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "server": ("localhost", 80),
            "client": ("127.0.0.1", 1),
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        }
        came, sent, still_there = iter([content]), [], asyncio.Event()

        async def receive() -> dict[str, Any]:
            for part in came:
                return {"type": "http.request", "body": part, "more_body": False}
            await still_there.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        await application(scope, receive, send)
        return b"".join(message.get("body", b"") for message in sent)

    step = lambda: loop.run_until_complete(ask("POST", "/check/question/", body))  # noqa: E731
    _must_ask(step())
    return step, lambda: loop.run_until_complete(ask("GET", "/bare/", b""))


def _must_ask(content: bytes) -> None:
    if b'name="answer"' not in content:
        raise RuntimeError("the step did not lead to a question")


def _best(call: Call) -> float:
    fastest = float("inf")
    for _ in range(TIMES):
        start = time.perf_counter()
        call()
        fastest = min(fastest, time.perf_counter() - start)
    return fastest


if __name__ == "__main__":
    found = list(measure())
    if "--json" in sys.argv:
        print(json.dumps(found))
    else:
        for line in found:
            print(f"{line['what']:<42} {line['value']:<20} {line['target']:<12} {line['ok']}")
