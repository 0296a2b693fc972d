"""The demo command: what it sets before anything is read."""

import argparse
import os

import pytest

from homeport.config import preparing, running
from homeport.config.commands import demo


def test_links_in_the_demos_mail_lead_to_the_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "HOMEPORT_DEMO",
        "HOMEPORT_HOSTS",
        "HOMEPORT_HTTPS",
        "HOMEPORT_DATA",
        "HOMEPORT_PORT",
        *demo.NOT_TAKEN,
    ):
        monkeypatch.setenv(name, os.environ.get(name, ""))
    monkeypatch.setenv("HOMEPORT_PRACTICE_NAME", "Harbour Street Practice")
    monkeypatch.setenv("HOMEPORT_ADDRESS", "https://care.example.org")
    monkeypatch.setattr(preparing, "prepare", lambda **_how: None)
    monkeypatch.setattr(demo, "check_alone", lambda: None)
    monkeypatch.setattr(demo, "fill", lambda: None)
    served: list[int] = []

    class Site:
        def __init__(self, **how: int) -> None:
            served.append(how["port"])

        def run(self) -> int:
            return 0

    monkeypatch.setattr(running, "Site", Site)
    assert demo.run(argparse.Namespace(port=8123)) == 0
    assert served == [8123]
    # Of a demo's own, and not of the installation whose settings lie in this shell
    assert os.environ["HOMEPORT_ADDRESS"] == "http://localhost:8123"
