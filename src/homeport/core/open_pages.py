"""Pages for everybody: how a view says that it is one."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def open_page(cache_seconds: int = 0) -> Callable[[View], View]:
    """Mark a view as being for everybody: search engines may index it, caches keep it for ``cache_seconds``."""

    def mark(view: View) -> View:
        view.open_for = cache_seconds  # type: ignore[attr-defined]
        return view

    return mark
