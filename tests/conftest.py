"""What holds for every test: no socket beyond loopback, a data folder of its own, third-party data if it is here.

``HOMEPORT_TEST_DATABASE=postgresql`` runs the same tests on a throw-away PostgreSQL (see ``tests/postgres``).
"""

import atexit
import base64
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import django
import pytest
from pytest_socket import socket_allow_hosts
from tests.postgres import cluster

SHARED = Path(__file__).parents[2] / "shared"
ON_POSTGRESQL = os.environ.get("HOMEPORT_TEST_DATABASE") == "postgresql"
STARTED = "HOMEPORT_TEST_STARTED"


def _own_installation() -> None:
    """An installation of this run alone: tests never touch what lies in `var/`, nor each other across runs."""
    if "homeport.config.settings" in sys.modules:
        raise pytest.UsageError("Django's settings were read too early. Unset DJANGO_SETTINGS_MODULE.")
    for name in [name for name in os.environ if name.startswith("HOMEPORT_")]:
        if not name.startswith("HOMEPORT_TEST_"):
            del os.environ[name]
    data = Path(tempfile.mkdtemp(prefix="homeport-tests-"))
    atexit.register(shutil.rmtree, data, ignore_errors=True)
    # Made here, once, so that two processes of one run never make two.
    (data / "installation-keys").write_text(f"k1-tests:{base64.b64encode(os.urandom(32)).decode()}\n")
    os.environ["HOMEPORT_DATA"] = str(data)
    if ON_POSTGRESQL:
        cluster.name_in_environment()
    os.environ[STARTED] = "yes"


# Not in pytest's own settings: there, Django would read its settings before the environment is ours. The processes of
# pytest-xdist inherit it all.
if STARTED not in os.environ:
    _own_installation()
    os.environ["DJANGO_SETTINGS_MODULE"] = "homeport.config.settings"
django.setup()  # before the conftests below are read, which name models


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options that pytest must know before it looks into the folders."""
    parser.addoption(
        "--screenshots", action="store_true", help="browser tests draw every page into screenshots/"
    )
    parser.addoption(
        "--slow-site",
        type=int,
        metavar="SEED",
        help="browser tests meet a server that answers late and in two pieces, by chance from SEED:"
        " a test that leans on speed fails",
    )


def pytest_configure() -> None:
    """Read Django's settings, now that the environment is ours, and keep the stores of SQLite in memory."""
    from django.conf import settings

    for store in settings.DATABASES.values():
        if (
            store["ENGINE"] == "homeport.core.sqlite3"
        ):  # in memory in each process, as pytest-django has it for Django's own
            store.setdefault("TEST", {})["NAME"] = ":memory:"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, saying why, what needs a PostgreSQL where there is none, or where this run is not on it."""
    absent = cluster.binaries() is None
    for item in items:
        _both_databases(item)
        if ON_POSTGRESQL and absent:
            item.add_marker(
                pytest.mark.skip(reason="there is no PostgreSQL here: apt-get install postgresql")
            )
        elif not ON_POSTGRESQL and item.get_closest_marker("postgresql"):
            item.add_marker(
                pytest.mark.skip(reason="the second wall stands on PostgreSQL: make test-postgres")
            )


def _both_databases(item: pytest.Item) -> None:
    """A test that may touch the database may touch the store of keys too, unless it says which."""
    marker = item.get_closest_marker("django_db")
    if marker is not None and "databases" not in marker.kwargs:
        named = {**marker.kwargs, "databases": ["default", "keys"]}
        item.add_marker(pytest.mark.django_db(*marker.args, **named), append=False)


def pytest_runtest_setup() -> None:
    """Loopback alone: a test that needs the world is a test that fails on a train."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(autouse=ON_POSTGRESQL)
def _pages_are_served_by_the_web_role(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL every page that a test asks for is served behind the second wall, with the rights of the web role."""
    from django.http import HttpResponse
    from django.test import Client
    from tests.postgres.roles import as_role

    marker = request.node.get_closest_marker("django_db")
    if marker is None:
        return
    aliases = marker.kwargs.get("databases", ("default",))
    asked = Client.request

    def behind_the_wall(self: Client, **given: Any) -> HttpResponse:
        with as_role("web", aliases):
            return asked(self, **given)

    monkeypatch.setattr(Client, "request", behind_the_wall)


@pytest.fixture(autouse=True)
def _a_practice_not_known_yet() -> None:
    """A process knows its practice from one page to the next; a test knows none from another."""
    from homeport.core.lately import forget_all
    from homeport.people.known import forget

    forget()
    forget_all()


@pytest.fixture
def installation(tmp_path: Path) -> dict[str, str]:
    """The environment of an installation of its own, for processes that a test starts. Its tables are not laid yet.

    On PostgreSQL its addresses name no sign-in: each command uses that of the role it plays.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HOMEPORT_")}
    named = cluster.installation() if ON_POSTGRESQL else {}
    return {**kept, "HOMEPORT_DATA": str(tmp_path / "data"), **named}


@pytest.fixture
def shared() -> Path:
    """The folder of third-party data beside the checkout; the test is skipped where there is none."""
    if not SHARED.is_dir():
        pytest.skip("the third-party data that this test reads (../shared) is not on this machine")
    return SHARED
