"""Opening, making and destroying data keys."""

import secrets
import threading
import time
from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import IntegrityError, connections, transaction

from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.core.keys.models import DataKey
from homeport.core.keys.wrapping import KeyFile, KeyProgram, KeySet, WrappingError, WrappingKeys

# An opened key is kept this long: a key destroyed by another process is forgotten here within the minute.
REMEMBER_SECONDS = 60.0
REMEMBER_KEYS = 10_000


class KeyGone(HomeportError):
    """The key of this scope was destroyed: what it sealed can never be read again."""


class _Opened:
    """Ciphers of opened keys, by id and by scope, each for a short while."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_id: dict[UUID, tuple[float, AESGCM]] = {}
        self._by_scope: dict[str, tuple[float, UUID]] = {}

    def by_id(self, key_id: UUID) -> AESGCM | None:
        found = self._by_id.get(key_id)
        return found[1] if found and found[0] > time.monotonic() else None

    def by_scope(self, scope: str) -> tuple[UUID, AESGCM] | None:
        found = self._by_scope.get(scope)
        cipher = self.by_id(found[1]) if found and found[0] > time.monotonic() else None
        return (found[1], cipher) if found and cipher else None

    def keep(self, row: DataKey, opened: AESGCM, *, newest: bool) -> None:
        until = time.monotonic() + REMEMBER_SECONDS
        with self._lock:
            if len(self._by_id) >= REMEMBER_KEYS:
                self._by_id.clear()
                self._by_scope.clear()
            self._by_id[row.id] = (until, opened)
            if newest:
                self._by_scope[row.scope] = (until, row.id)

    def forget(self) -> None:
        with self._lock:
            self._by_id.clear()
            self._by_scope.clear()


_opened = _Opened()


@lru_cache(maxsize=1)
def wrapping_keys() -> WrappingKeys:
    """The installation's key set, from where the settings say."""
    if settings.KEY_PROGRAM:
        return KeyProgram(settings.KEY_PROGRAM)
    if settings.KEYS:
        return KeySet(settings.KEYS)
    return KeyFile(settings.KEY_FILE)


def forget_opened() -> None:
    """Forget every opened key and the key set itself, as a restart would."""
    _opened.forget()
    wrapping_keys.cache_clear()


def cipher(scope: str) -> tuple[UUID, AESGCM]:
    """The key to seal with under ``scope``: its id and its cipher. Made on first use. Raises ``KeyGone``."""
    found = _opened.by_scope(scope)
    if found:
        return found
    row = DataKey.objects.filter(scope=scope).order_by("-generation").first() or _make(scope)
    return row.id, _open(row, newest=True)


def cipher_by_id(key_id: UUID) -> AESGCM:
    """The cipher that sealed a value. Raises ``KeyGone`` when the key was destroyed or never was here."""
    found = _opened.by_id(key_id)
    if found:
        return found
    row = DataKey.objects.filter(pk=key_id).first()
    if row is None:
        raise KeyGone("The key of this text is not in the key store.")
    return _open(row, newest=False)


def warm(key_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Open these keys in one query, so that a page of many rows asks the key store once. Returns the destroyed ones.

    One that never was here is passed over: a store restored without its keys is a fault, and must not look like erasure.
    """
    wanted = {key_id for key_id in key_ids if _opened.by_id(key_id) is None}
    if not wanted:
        return frozenset()
    destroyed = set()
    for row in DataKey.objects.filter(pk__in=wanted):
        if row.destroyed_at is not None:
            destroyed.add(row.pk)
        else:
            _open(row, newest=False)
    return frozenset(destroyed)


def begin_anew(scope: str) -> bool:
    """A new key for a scope whose key was destroyed: for somebody who comes back. What was erased stays erased.

    Returns whether one was made: a scope whose key stands keeps it.
    """
    newest = DataKey.objects.filter(scope=scope).order_by("-generation").first()
    if newest is None or newest.destroyed_at is None:
        return False
    _make(scope, newest.generation + 1)
    return True


def destroy(scope: str) -> int:
    """Destroy every key of ``scope``. Returns how many there were. What they sealed is gone once backups lapse."""
    with transaction.atomic(using="keys"):
        count = DataKey.objects.filter(scope=scope, destroyed_at=None).update(wrapped=b"", destroyed_at=now())
        if not count and not DataKey.objects.filter(scope=scope).exists():
            # A scope that never had a key must not get one later: what is erased stays erased.
            DataKey.objects.create(scope=scope, wrapped=b"", wrapped_by="", destroyed_at=now())
    _opened.forget()
    connection = connections["keys"]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            # With secure_delete the page is overwritten; the checkpoint takes the old page out of the log as well.
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return count


def scopes_under(prefix: str) -> list[str]:
    """The scopes that begin with ``prefix`` and still have a key."""
    return list(
        DataKey.objects.filter(scope__startswith=prefix, destroyed_at=None).values_list("scope", flat=True)
    )


def rewrap(limit: int = 500) -> int:
    """Wrap again, under the current wrapping key, up to ``limit`` data keys that an older one wrapped.

    Safe while serving: the data keys stay the same, only their wrapping changes. Returns how many were done.
    """
    keys = wrapping_keys()
    current = keys.current
    done = 0
    for row in DataKey.objects.filter(destroyed_at=None).exclude(wrapped_by=current)[:limit]:
        key = keys.unwrap(row.wrapped_by, bytes(row.wrapped), _bound(row))
        same = DataKey.objects.filter(pk=row.pk, wrapped_by=row.wrapped_by, destroyed_at=None)
        again = keys.wrap(key, _bound(row))
        done += same.update(wrapped=again.value, wrapped_by=again.by)
    return done


def _make(scope: str, generation: int = 1) -> DataKey:
    keys = wrapping_keys()
    row = DataKey(scope=scope, generation=generation)
    row.wrapped_by, row.wrapped = keys.wrap(secrets.token_bytes(32), _bound(row))
    try:
        with transaction.atomic(using="keys"):
            row.save(force_insert=True)
    except IntegrityError:
        # Another process made the scope's first key in this moment: theirs is the one.
        return DataKey.objects.get(scope=scope, generation=row.generation)
    return row


def _open(row: DataKey, *, newest: bool) -> AESGCM:
    if row.destroyed_at is not None:
        raise KeyGone("This text was erased: its key was destroyed.")
    opened = AESGCM(_unwrapped(row))
    _opened.keep(row, opened, newest=newest)
    return opened


def _unwrapped(row: DataKey) -> bytes:
    keys = wrapping_keys()
    try:
        return keys.unwrap(row.wrapped_by, bytes(row.wrapped), _bound(row))
    except WrappingError:
        # Since the row was read it may have been wrapped again, and the key that wrapped it before retired.
        newer = (
            DataKey.objects.filter(pk=row.pk, destroyed_at=None).exclude(wrapped_by=row.wrapped_by).first()
        )
        if newer is None:
            raise
        return keys.unwrap(newer.wrapped_by, bytes(newer.wrapped), _bound(newer))


def _bound(row: DataKey) -> bytes:
    return f"homeport data key\x1f{row.id}\x1f{row.scope}\x1f{row.generation}".encode()
