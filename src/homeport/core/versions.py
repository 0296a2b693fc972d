"""Two people change the same thing at once: the second is told, and keeps what they typed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from homeport.core.errors import HomeportError


class Changed(HomeportError):
    """Somebody else changed it in between. What was typed stays on the form."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody changed this while you were writing. Nothing of yours is lost: "
                "look at what is there now, then save again."
            )
        )


class ChangedElsewhere(Changed):
    """The same of what one alone writes: nobody else was there, and nobody is to think so."""

    def __init__(self) -> None:
        HomeportError.__init__(
            self,
            _(
                "You kept this page from another device or window meanwhile. Nothing is lost: "
                "look at what is there now, then save again."
            ),
        )


@contextmanager
def by_oneself() -> Iterator[None]:
    """Inside, what was changed in between was changed by the same person: they are told so."""
    try:
        yield
    except Changed as error:
        raise ChangedElsewhere from error


def save_if_unchanged(row: models.Model, version: int) -> None:
    """Save every field of ``row`` if the stored row still has ``version``, and count it up. Raises ``Changed``."""
    model: Any = type(row)
    taken = model._default_manager.filter(pk=row.pk, version=version).update(version=version + 1)
    if not taken:
        raise Changed
    row.version = version + 1  # type: ignore[attr-defined]
    row.save()
