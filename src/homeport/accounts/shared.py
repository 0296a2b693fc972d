"""The cache that limits of sign-in count in: one for all processes of an installation, in its database.

A cache of each process's own would let somebody try as often as there are processes. Values are JSON, never Python
objects: whoever could write to the table could otherwise run what they like.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import IntegrityError, transaction

from homeport.core.clock import now

LONGEST = timedelta(days=1)


class SharedCache(BaseCache):
    """Django's interface over the table ``Shared``."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Put it there where nothing is: of several processes at once one alone succeeds."""
        from homeport.accounts.models import Shared

        digest, moment = self._digest(key, version), now()
        Shared.objects.filter(digest=digest, lapses_at__lte=moment).delete()
        row = Shared(digest=digest, value=value, lapses_at=self._until(timeout, moment))
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            return False
        return True

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """What is there, or ``default``."""
        from homeport.accounts.models import Shared

        held = Shared.objects.filter(digest=self._digest(key, version), lapses_at__gt=now()).first()
        return default if held is None else held.value

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Put it there, whatever was."""
        from homeport.accounts.models import Shared

        until = self._until(timeout, now())
        Shared.objects.update_or_create(
            digest=self._digest(key, version), defaults={"value": value, "lapses_at": until}
        )

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Let it stay longer, if it is there."""
        from homeport.accounts.models import Shared

        moment = now()
        same = Shared.objects.filter(digest=self._digest(key, version), lapses_at__gt=moment)
        return bool(same.update(lapses_at=self._until(timeout, moment)))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Take it away. Returns whether it was there."""
        from homeport.accounts.models import Shared

        return bool(Shared.objects.filter(digest=self._digest(key, version)).delete()[0])

    def clear(self) -> None:
        """Take everything away."""
        from homeport.accounts.models import Shared

        Shared.objects.all().delete()

    def _digest(self, key: str, version: int | None) -> str:
        from homeport.accounts.origin import digest_of

        return digest_of("shared", self.make_key(key, version))

    def _until(self, timeout: Any, moment: datetime) -> datetime:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        lasts = LONGEST if seconds is None else min(timedelta(seconds=seconds), LONGEST)
        return (moment + lasts).astimezone(UTC)
