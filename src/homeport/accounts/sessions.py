"""Sessions as Django asks for them: the browser holds the key, the database what only that key opens.

A row is found by the hash of the key; what is in it is sealed (AES-256-GCM) under a key drawn from it and from the
installation's secret (HKDF, RFC 5869). A copy of the database holds no session that could be taken over or read.
"""

import hashlib
import logging
import os
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction

from homeport.core.clock import now

NONCE = 12
# A sign of life is written down at most this often.
TOUCHED_EVERY = timedelta(minutes=1)
log = logging.getLogger("homeport.accounts")


def key_hash(session_key: str) -> str:
    """Under what the database knows the session with this key."""
    return hashlib.sha256(b"homeport session\x1f" + session_key.encode()).hexdigest()


@lru_cache(maxsize=512)
def _cipher(session_key: str, secret: str) -> AESGCM:
    salt = hashlib.sha256(secret.encode()).digest()
    return AESGCM(HKDF(SHA256(), 32, salt=salt, info=b"homeport session").derive(session_key.encode()))


class SessionStore(SessionBase):
    """One request's session. Nothing is read before something asks for it."""

    # What the row says besides its content, once it was read.
    seen_at: datetime | None = None
    begun_at: datetime | None = None

    def load(self) -> dict[str, Any]:
        from homeport.accounts.models import Session

        row = Session.objects.filter(key_hash=key_hash(self.session_key or "")).first()
        content = None if row is None or row.is_over(now()) else self._open(bytes(row.sealed))
        if row is None or content is None:
            self._session_key = None
            return {}
        self.seen_at, self.begun_at = row.seen_at, row.begun_at
        return content

    def exists(self, session_key: str) -> bool:
        from homeport.accounts.models import Session

        return Session.objects.filter(key_hash=key_hash(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        from homeport.accounts.models import Session

        if self.session_key is None:
            self.create()
            return
        columns = self._columns(self._get_session(no_load=must_create))  # type: ignore[attr-defined]
        row = key_hash(self.session_key)
        if must_create:
            try:
                with transaction.atomic():
                    Session(key_hash=row, **columns).save(force_insert=True)
            except IntegrityError as error:
                raise CreateError from error
        elif not Session.objects.filter(key_hash=row, ended_at=None).update(**columns):
            # It was ended from elsewhere while this request ran, and stays ended.
            raise UpdateError

    def delete(self, session_key: str | None = None) -> None:
        from homeport.accounts.models import Session

        which = session_key or self.session_key
        if which:
            Session.objects.filter(key_hash=key_hash(which)).delete()

    def touch(self) -> None:
        """Note that somebody is still there, at most once a minute."""
        from homeport.accounts.models import Session

        moment = now()
        if self.session_key is None or self.seen_at is None or moment - self.seen_at < TOUCHED_EVERY:
            return
        until = moment + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        same = Session.objects.filter(key_hash=key_hash(self.session_key), ended_at=None)
        same.update(seen_at=moment, expires_at=until)
        self.seen_at = moment

    @classmethod
    def clear_expired(cls) -> None:
        from homeport.accounts.services.forget_old import forget_old

        forget_old()

    # Django's own form of a session is never written: it would be readable.
    def encode(self, *_args: object) -> NoReturn:
        raise TypeError("A session is sealed with its own key.")

    def decode(self, *_args: object) -> NoReturn:
        raise TypeError("A session opens with its own key.")

    def _columns(self, content: dict[str, Any]) -> dict[str, Any]:
        moment = now()
        user_id = content.get("_auth_user_id")
        signed_in = content.get("signed_in_at")
        self.seen_at = moment
        self.begun_at = (
            datetime.fromisoformat(signed_in) if user_id and signed_in else self.begun_at or moment
        )
        return {
            "sealed": self._seal(content),
            "user_id": user_id,
            "device": content.get("device", "") if user_id else "",
            "begun_at": self.begun_at,
            "seen_at": moment,
            "expires_at": moment + timedelta(seconds=settings.SESSION_COOKIE_AGE),
        }

    def _seal(self, content: dict[str, Any]) -> bytes:
        nonce = os.urandom(NONCE)
        plain = self.serializer().dumps(content)
        return nonce + self._own_cipher().encrypt(nonce, plain, None)

    def _open(self, sealed: bytes) -> dict[str, Any] | None:
        try:
            plain = self._own_cipher().decrypt(sealed[:NONCE], sealed[NONCE:], None)
        except InvalidTag:
            log.warning("A session does not open: it was changed, or the installation's secret was.")
            return None
        content: dict[str, Any] = self.serializer().loads(plain)
        return content

    def _own_cipher(self) -> AESGCM:
        return _cipher(self.session_key or "", settings.SECRET_KEY)
