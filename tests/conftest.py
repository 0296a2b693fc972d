"""What holds for every test: no socket beyond loopback, a data folder of its own, third-party data if it is here."""

from pathlib import Path

import pytest
from pytest_socket import socket_allow_hosts

SHARED = Path(__file__).parents[2] / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options that pytest must know before it looks into the folders."""
    parser.addoption(
        "--screenshots", action="store_true", help="browser tests draw every page into screenshots/"
    )


def pytest_runtest_setup() -> None:
    """Loopback alone: a test that needs the world is a test that fails on a train."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture
def shared() -> Path:
    """The folder of third-party data beside the checkout; the test is skipped where there is none."""
    if not SHARED.is_dir():
        pytest.skip("the third-party data that this test reads (../shared) is not on this machine")
    return SHARED
