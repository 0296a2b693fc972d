"""A visitor with Django's test client, walking the pages as a browser without JavaScript does."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from homeport.web.visitor import questions, stencil


@dataclass
class Visitor:
    """Holds the page it last saw, as the one place where its answers are."""

    client: Client = field(default_factory=lambda: Client(headers={"host": "localhost"}))
    page: HttpResponse = field(default_factory=HttpResponse)

    @property
    def text(self) -> str:
        """The page as text."""
        return self.page.content.decode()

    @property
    def visit(self) -> str:
        """The hidden field."""
        found = re.search(r'name="visit" value="([^"]+)"', self.text)
        assert found, self.text
        return unescape(found[1])

    def send(self, path: str, **fields: object) -> HttpResponse:
        """Post a form of this page."""
        self.page = self.client.post(path, {"visit": self.visit, **fields})
        return self.page

    def step(self, name: str, answer: str = "") -> HttpResponse:
        """Press one of the buttons."""
        return self.send("/check/question/", step=name, **({"answer": answer} if answer else {}))

    def begin(self, *who: str, age: str = "adult") -> "Visitor":
        """Up to the first question."""
        self.page = self.client.post("/check/", {"age": age})
        self.send("/check/question/", step="begin", who=list(who))
        return self

    @property
    def asked(self) -> bool:
        """Whether a question is on the screen."""
        return 'name="answer"' in self.text

    def answer_all(self, values: str = "24135") -> int:
        """Every question of everybody; how many there were."""
        count = 0
        while True:
            if self.asked:
                self.step("next", values[count % len(values)])
                count += 1
            elif 'value="onward"' in self.text:
                self.step("onward")
            else:
                return count
            assert self.page.status_code == 200


@pytest.fixture(autouse=True)
def _plain_static_names(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Static files by their plain names, since nothing was laid out; no page drawn under other settings is kept."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    stencil.forget()
    yield
    stencil.forget()


@pytest.fixture
def visitor() -> Visitor:
    """A fresh visitor."""
    return Visitor()


@pytest.fixture
def made_up_ecr(db: None) -> Iterator[None]:
    """The ECR installed with made-up words."""
    from tests.factories.made_up_ecr import install_made_up_ecr

    questions.forget()
    install_made_up_ecr()
    yield
    questions.forget()
