"""A browser that keeps every byte it gets, and nothing else: quicker than Django's, which keeps contexts too."""

from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from django.test import RequestFactory
from django.test.client import ClientHandler
from tests.factories.signing_in import signed_in
from tests.postgres.roles import as_role

from homeport.people.models import Person

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What came back: everything that somebody can get."""

    asked: str
    status: int
    headers: tuple[tuple[str, str], ...]
    cookies: tuple[str, ...]
    body: bytes

    @property
    def goes_to(self) -> str:
        """Where a redirect leads; empty where it is none."""
        return dict(self.headers).get("Location", "")

    def difference(self, other: "Answer") -> str:
        """In what two answers to the same question differ; empty where in nothing."""
        if self == other:
            return ""
        if self.body != other.body:
            pairs = zip(self.body, other.body, strict=False)
            shorter = min(len(self.body), len(other.body))
            where = next((at for at, (mine, theirs) in enumerate(pairs) if mine != theirs), shorter)
            around = slice(max(0, where - 60), where + 60)
            return f"{self.asked}: byte {where}: {self.body[around]!r} / {other.body[around]!r}"
        names = [
            name
            for name in ("asked", "status", "headers", "cookies")
            if getattr(self, name) != getattr(other, name)
        ]
        return f"{self.asked}: " + "; ".join(
            f"{name}: {getattr(self, name)} / {getattr(other, name)}" for name in names
        )


class Browser:
    """One person's, signed in; or nobody's."""

    def __init__(
        self, person: Person | None = None, cookies: dict[str, str] | None = None, *, proved: bool = True
    ) -> None:
        self.cookies: SimpleCookie = SimpleCookie(cookies or {})
        if person is not None:
            self.cookies = signed_in(person, proved=proved).cookies
        self._handler = ClientHandler(enforce_csrf_checks=False)
        self._requests = RequestFactory()

    def get(self, path: str, **how: Any) -> Answer:
        """Ask for a page."""
        return self.ask("GET", path, **how)

    def post(self, path: str, fields: dict[str, Any] | None = None, **how: Any) -> Answer:
        """Send a form."""
        return self.ask("POST", path, fields or {}, **how)

    def ask(self, method: str, path: str, fields: Any = None, **how: Any) -> Answer:
        """Any method, any body: a dict is sent as a form, bytes as they are."""
        self._requests.cookies = SimpleCookie({name: each.value for name, each in self.cookies.items()})
        if method == "POST":
            how.setdefault("HTTP_SEC_FETCH_SITE", "same-origin")
        if isinstance(fields, bytes):
            how.setdefault("content_type", FORM)
            request = self._requests.generic(method, path, fields, **how)
        elif method == "POST":
            request = self._requests.post(path, fields or {}, **how)
        else:
            request = self._requests.generic(method, path, **how)
        with as_role("web"):  # on PostgreSQL: behind the second wall
            response = self._handler(request.environ)
        self.cookies.update(response.cookies)
        return Answer(
            asked=f"{method} {path}",
            status=response.status_code,
            headers=tuple(sorted(response.headers.items())),
            cookies=tuple(sorted(morsel.OutputString() for morsel in response.cookies.values())),
            body=b"".join(response),
        )
