"""A real browser against a real server: Debian's Chromium, hashed and compressed files, nothing beyond loopback.

``visit(path, width=…, scheme=…, javascript=…)`` opens a page and watches it: at the end of the test, a request to
another host, an error on the console, a cookie or anything in the browser's stores fails the test.
``assert_accessible(page)`` runs axe. ``picture(page, name)`` draws the page when ``--screenshots`` is given.
"""

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.test import override_settings
from django.test.testcases import QuietWSGIRequestHandler
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

# The browser's own loop runs in this thread; the ORM is used from the test beside it, never from within it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

CHROMIUM = Path("/usr/bin/chromium")
SCREENSHOTS = Path(__file__).parents[2] / "screenshots"
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
)
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
PATIENCE = 10_000  # milliseconds for anything to appear
HEIGHTS = {320: 640, 390: 844, 1280: 860}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder is a browser test, and is skipped with its reason where there is no browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if "site" in getattr(item, "fixturenames", ()) and not item.get_closest_marker("django_db"):
                item.add_marker(pytest.mark.django_db(transaction=True, databases=["default", "keys"]))
            if not CHROMIUM.exists():
                item.add_marker(
                    pytest.mark.skip(reason=f"there is no Chromium at {CHROMIUM}: apt-get install chromium")
                )


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, quiet: it looks up no host but localhost."""
    return {"executable_path": str(CHROMIUM), "args": list(QUIET)}


@pytest.fixture(scope="session")
def _static_root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The files as they are served: hashed, compressed, laid out once."""
    root = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=root):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield root


@pytest.fixture
def site(_static_root: Path, transactional_db: None) -> Iterator[str]:
    """The address of a server of this test's own, with its database."""
    shared = {alias: connections[alias] for alias in connections}
    for connection in shared.values():
        connection.ensure_connection()
        connection.inc_thread_sharing()
    server = ThreadedWSGIServer(("localhost", 0), QuietWSGIRequestHandler, connections_override=shared)
    server.daemon_threads = False  # closing waits for every connection, so that none outlives its test
    server.set_app(WSGIHandler())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
    for connection in shared.values():
        connection.dec_thread_sharing()


@dataclass
class Watched:
    """What a page did that it must not do."""

    host: str
    allowed: tuple[str, ...] = ()
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def request(self, request: Request) -> None:
        """Note a request that leaves the host."""
        if not request.url.startswith((self.host, "blob:", *self.allowed)):
            self.strangers.append(request.url)

    def console(self, message: ConsoleMessage) -> None:
        """Note an error or a warning, such as a breach of the content policy."""
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)


Visit = Callable[..., Page]


@pytest.fixture
def visit(site: str, browser: Browser) -> Iterator[Visit]:
    """Opens a page in a context of its own and checks at the end that it kept to itself."""
    opened: list[tuple[BrowserContext, Watched]] = []

    def open_page(
        path: str,
        *,
        width: int = 390,
        scheme: str = "light",
        javascript: bool = True,
        may_fail: bool = False,
        allowed: tuple[str, ...] = (),
        **options: Any,
    ) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": HEIGHTS.get(width, 860)},
            color_scheme=scheme,
            java_script_enabled=javascript,
            **{"reduced_motion": "reduce", "locale": "en-CA", "timezone_id": "Etc/UTC", **options},
        )
        context.set_default_timeout(PATIENCE)
        watched = Watched(site, allowed)
        context.on("request", watched.request)
        page = context.new_page()
        if not may_fail:
            page.on("console", watched.console)
            page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        opened.append((context, watched))
        page.goto(path)
        return page

    yield open_page
    for context, watched in opened:
        kept = context.storage_state()
        context.close()
        assert not watched.strangers, "requests left the host"
        assert not watched.complaints, "the console complained"
        assert kept == {"cookies": [], "origins": []}, "something was kept on the device"


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """Runs axe over the page as it stands; any violation fails, with what and where."""

    def check(page: Page) -> None:
        answer = Axe().run(page, options={"runOnly": {"type": "tag", "values": AXE_TAGS}}).response
        assert answer["passes"], "axe looked at nothing"
        faults = [
            f"{fault['id']}: {fault['help']} at {[node['html'][:160] for node in fault['nodes'][:3]]}"
            for fault in answer["violations"]
        ]
        assert not faults, "\n".join(faults)

    return check


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Draws the page into ``screenshots/NAME.png`` when asked to by ``--screenshots``; else does nothing."""

    def draw(page: Page, name: str, *, full: bool = False) -> None:
        if request.config.getoption("--screenshots"):
            SCREENSHOTS.mkdir(exist_ok=True)
            page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=full)

    return draw
