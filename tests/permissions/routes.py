"""The URL table as it stands: every route with what it declares."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import ResolverMatch, URLPattern, URLResolver, get_resolver

from homeport.access.gate import Declared
from homeport.web.declared import declared_for

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>|\(\?P<(?P<group>\w+)>")


@dataclass(frozen=True)
class Route:
    """One line of the table. ``parameters``: the names in its address, each with its kind."""

    name: str
    address: str
    parameters: tuple[tuple[str, str], ...]
    declared: Declared | None

    @property
    def is_public(self) -> bool:
        return self.declared is not None and self.declared.public


def every_route() -> list[Route]:
    """All of them, in their order."""
    return list(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, before: str) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            found = [
                (each["name"] or each["group"], each["kind"] or "str")
                for each in _PARAMETER.finditer(address)
            ]
            match = ResolverMatch(pattern.callback, (), {}, pattern.name)
            yield Route(pattern.name or address, address, tuple(found), declared_for(match))
        else:
            yield from _walk(pattern, address)
