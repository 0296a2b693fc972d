"""A real browser against a real server: Debian's Chromium, hashed and compressed files, nothing beyond loopback.

``visit(path, width=…, scheme=…, javascript=…)`` opens a page and watches it: at the end of the test, a request to
another host, an error on the console, a cookie or anything in the browser's stores fails the test.
``as_person(person, path, …)`` opens one for somebody who is signed in. ``assert_accessible(page)`` runs axe,
``picture(page, name)`` draws the page when ``--screenshots`` is given, ``looked_at(page, name)`` does both and measures.
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
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request, expect
from tests.factories.screens import arrived, too_wide
from tests.factories.signing_in import signed_in
from tests.factories.slow_line import SlowLine

from homeport.people.models import Person

# The browser's own loop runs in this thread; the ORM is used from the test beside it, never from within it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

CHROMIUM = Path("/usr/bin/chromium")
SCREENSHOTS = Path(__file__).parents[2] / "screenshots"
# Of two such lists Chromium takes the last: the first lines are Playwright's own. Nobody types into an address bar here, and
# for each window the pages that drop from it took more work than ours.
ABSENT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect", "TcpPortRandomizationWin", "OptimizationHints", "NetworkTimeServiceQuerying",
    "AimEnabled", "PreconnectToSearch", "msForceBrowserSignIn", "msEdgeUpdateLaunchServicesPreferredVersion",
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",
)  # fmt: skip
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
    f"--disable-features={','.join(ABSENT)}",
)
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# Of what it passes, one element each says that it looked; all of them took longer to write down than to check.
AXE_ASKED = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]}
PATIENCE = 15_000  # milliseconds for what is expected to come true; twice that for a page or a press
HEIGHTS = {320: 640, 390: 844, 1280: 860}
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Every test of this folder is a browser test, and is skipped with its reason where there is no browser.

    It is run once more when the browser's own transport failed, or a page moved away under a question: the summary
    names it (RERUN). What a test asserts, `expect` among it, fails at once and for good.
    """
    once_more = config.pluginmanager.hasplugin("rerunfailures")
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if once_more:
                item.add_marker(
                    pytest.mark.flaky(reruns=1, only_rerun=[Error], rerun_except=[AssertionError])
                )
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
def site(_static_root: Path, transactional_db: None, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a server of this test's own, with its database; at the end of a slow line for ``--slow-site``."""
    shared = {alias: connections[alias] for alias in connections}
    for connection in shared.values():
        connection.ensure_connection()
        connection.inc_thread_sharing()
    server = ThreadedWSGIServer(("localhost", 0), QuietWSGIRequestHandler, connections_override=shared)
    server.daemon_threads = False  # closing waits for every connection, so that none outlives its test
    seed = request.config.getoption("--slow-site")
    server.set_app(WSGIHandler() if seed is None else SlowLine(WSGIHandler(), seed))
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
    """What the pages of one browser did that they must not do."""

    host: str
    allowed: tuple[str, ...] = ()
    refusals: bool = (
        False  # a page may say no: the browser notes each by its status, and that is the page's business
    )
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def request(self, request: Request) -> None:
        """Note a request that leaves the host."""
        if not request.url.startswith((self.host, "blob:", *self.allowed)):
            self.strangers.append(request.url)

    def console(self, message: ConsoleMessage) -> None:
        """Note an error or a warning, such as a breach of the content policy."""
        refused = self.refusals and "the server responded with a status of" in message.text
        if message.type in {"error", "warning"} and not refused:
            self.complaints.append(message.text)


Visit = Callable[..., Page]


@pytest.fixture
def a_window(site: str, browser: Browser) -> Iterator[Visit]:
    """A browser of one's own, patient, on no page yet; in the end nothing left the host and nothing complained."""
    opened: list[tuple[BrowserContext, Watched]] = []

    def open_window(
        *,
        width: int = 390,
        scheme: str = "light",
        javascript: bool = True,
        may_fail: bool = False,
        refusals: bool = True,
        allowed: tuple[str, ...] = (),
        **options: Any,
    ) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": HEIGHTS.get(width, 860)},
            color_scheme=scheme,
            java_script_enabled=javascript,
            **{"reduced_motion": "reduce", "locale": "en-CA", "timezone_id": "America/Toronto", **options},
        )
        context.set_default_timeout(2 * PATIENCE)
        watched = Watched(site, allowed, refusals)
        context.on("request", watched.request)
        if not may_fail:
            context.on("console", watched.console)
            context.on("weberror", lambda said: watched.complaints.append(str(said.error)))
        opened.append((context, watched))
        return context.new_page()

    yield open_window
    for context, watched in opened:
        context.close()
        assert not watched.strangers, "requests left the host"
        assert not watched.complaints, "the console complained"


@pytest.fixture
def visit(a_window: Visit) -> Iterator[Visit]:
    """Opens a page for a visitor, and checks at the end that nothing was kept."""
    opened: list[BrowserContext] = []

    def open_page(path: str, **options: Any) -> Page:
        page = a_window(**{"timezone_id": "Etc/UTC", "refusals": False, **options})
        opened.append(page.context)
        page.goto(path)
        return page

    yield open_page
    for context in opened:
        assert context.storage_state() == {"cookies": [], "origins": []}, "something was kept on the device"


@pytest.fixture
def as_person(site: str, a_window: Visit) -> Visit:
    """Opens a page in the browser of somebody who is signed in and has just proved who they are; of nobody, for None."""

    def open_page(person: Person | None, path: str, **options: Any) -> Page:
        page = a_window(**options)
        cookies = signed_in(person).cookies if person else {}
        page.context.add_cookies(
            [{"name": name, "value": each.value, "url": site} for name, each in cookies.items()]
        )
        page.goto(path)
        return page

    return open_page


@pytest.fixture
def assert_accessible(request: pytest.FixtureRequest) -> Callable[[Page], None]:
    """Runs axe over the page as it stands; any violation fails, with what and where.

    Not on a slow line: there it would be the long rest in which everything arrives.
    """
    slow = request.config.getoption("--slow-site") is not None

    def check(page: Page) -> None:
        arrived(page)
        if slow:
            return
        answer = Axe().run(page, options=AXE_ASKED).response
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
            arrived(page)
            SCREENSHOTS.mkdir(exist_ok=True)
            page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=full)

    return draw


@pytest.fixture
def looked_at(
    assert_accessible: Callable[[Page], None], picture: Callable[..., None]
) -> Callable[[Page, str], None]:
    """axe finds nothing, nothing scrolls sideways as it stands nor on the narrowest screen, and the page can be drawn."""

    def look(page: Page, name: str) -> None:
        assert_accessible(page)
        picture(page, name, full=True)
        assert too_wide(page) <= 0, name
        size = page.viewport_size
        page.set_viewport_size({"width": 320, "height": 640})
        assert too_wide(page) <= 0, f"{name} at 320 pixels"
        if size:
            page.set_viewport_size(size)

    return look
