"""A site in processes of its own, as an operator runs it, and browsers that reach it over the wire."""

import html
import http.client
import json
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).parents[2]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PEOPLE = """
import json
import django; django.setup()
from tests.factories.cases import a_couple, an_agreement
from tests.factories.people import a_person, a_practice, a_supervisor, a_therapist
from tests.factories.signing_in import signed_in
from tests.postgres.roles import as_role
a_practice()
thea, ana, ben = a_therapist("Thea Stone"), a_person("Ana Ames"), a_person("Ben Bell")
emil = a_therapist("Emil Fox")
case = a_couple(ana, ben, lead=thea)
keys = {name: signed_in(person).cookies["session"].value for name, person in
        {"ana": ana, "ben": ben, "thea": thea, "emil": emil, "sue": a_supervisor(thea, name="Sue Hart")}.items()}
print(json.dumps({"case": str(case.pk), "ana": str(ana.pk), "keys": keys}))
"""


class Site:
    """``homeport serve`` with its worker, in an installation of its own; what it says goes to a file."""

    def __init__(self, installation: dict[str, str], log: Path) -> None:
        self.environment = {**installation, "DJANGO_SETTINGS_MODULE": "homeport.config.settings"}
        self.log = log
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.run("-m", "homeport.config.cli", "database", "migrate")
        made = json.loads(self.run("-c", PEOPLE, HOMEPORT_DATABASE_ROLE="worker"))
        self.case, self.ana, self._keys = made["case"], made["ana"], made["keys"]
        self._process: subprocess.Popen[bytes] | None = None
        self._browsers: list[Far] = []

    def run(self, *words: str, **more: str) -> str:
        """Run Python in this installation; what it said. Raises where it failed."""
        done = subprocess.run(
            [sys.executable, *words], env={**self.environment, "PYTHONPATH": str(ROOT), **more},
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def __enter__(self) -> "Site":
        words = [sys.executable, "-m", "homeport.config.cli", "serve", "--port", str(self.port)]
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                words, env=self.environment, stdout=log, stderr=subprocess.STDOUT
            )
        deadline = time.monotonic() + 60
        while "is ready" not in self.log.read_text() and time.monotonic() < deadline:
            assert self._process.poll() is None, self.log.read_text()
            time.sleep(0.1)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        for browser in self._browsers:
            browser.close()
        self._process.terminate()
        self._process.wait(30)

    def browser(self, name: str = "") -> "Far":
        """One of the people's, signed in; or a stranger's."""
        return self.with_cookies({"session": self._keys[name]} if name else {})

    def with_cookies(self, cookies: dict[str, str]) -> "Far":
        """A browser that holds these."""
        self._browsers.append(Far(self.port, cookies))
        return self._browsers[-1]


class Far:
    """A browser that knows nothing but what comes over the wire."""

    def __init__(self, port: int, cookies: dict[str, str]) -> None:
        self.cookies = cookies
        self._wire = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._token = ""

    def close(self) -> None:
        """Let go of the wire."""
        self._wire.close()

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Status and page."""
        status, _, page = self.ask("GET", path, headers=headers)
        return status, page

    def post(self, path: str, fields: dict[str, Any], **headers: str) -> tuple[int, str]:
        """Send a form as a page of ours does. Returns the status and where it leads, or the page."""
        if not self._token:
            self.get("/account/login/" if not self.cookies else "/account/my-data/")
        sent = urlencode({**fields, "csrfmiddlewaretoken": self._token}).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        status, leads, page = self.ask("POST", path, sent, {**kind, **headers})
        return status, leads or page

    def ask(
        self, method: str, path: str, sent: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, str, str]:
        """Status, where it leads, page."""
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self._wire.request(method, path, sent, {**({"Cookie": jar} if jar else {}), **(headers or {})})
        answer = self._wire.getresponse()
        page = answer.read().decode("utf-8", "replace")
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        if found := TOKEN.search(page):
            self._token = html.unescape(found[1])
        return answer.status, answer.headers.get("Location", ""), page
