"""Sealing and opening one value.

Layout: one byte of format, 16 bytes of key id, 12 bytes of nonce, then AES-256-GCM's ciphertext and tag (NIST SP 800-38D).
The nonce is random: under one data key far fewer than 2^32 values are ever sealed. The plaintext is padded to whole blocks
of 32 bytes, so that the length of a short answer does not tell which one it was.
"""

import secrets
from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from cryptography.exceptions import InvalidTag

from homeport.core import keys
from homeport.core.errors import HomeportError

FORMAT = b"\x01"
NONCE, KEY_ID, HEAD = 12, 16, 1 + 16 + 12
BLOCK = 32
Row = TypeVar("Row")


class SealedError(HomeportError):
    """A sealed value was moved, changed, or used in a way that would open or write it unseen."""


class Sealed(bytes):
    """A value as the database holds it."""

    __slots__ = ()


def binding(table: str, column: str, row_id: object) -> bytes:
    """What a value is tied to."""
    return f"homeport sealed\x1f{table}\x1f{column}\x1f{row_id}".encode()


def seal(plain: bytes, *, scope: str, bound: bytes) -> Sealed:
    """``plain`` sealed under the data key of ``scope``. Raises ``KeyGone`` when that was destroyed."""
    key_id, cipher = keys.cipher(scope)
    head = FORMAT + key_id.bytes
    nonce = secrets.token_bytes(NONCE)
    padded = plain + b"\x80" + bytes(-(len(plain) + 1) % BLOCK)
    return Sealed(head + nonce + cipher.encrypt(nonce, padded, head + bound))


def unseal(sealed: bytes, *, bound: bytes) -> bytes:
    """The value inside. Raises ``SealedError`` when it was moved or changed, ``KeyGone`` when its key was destroyed."""
    if len(sealed) < HEAD + 16 or sealed[:1] != FORMAT:
        raise SealedError("This text is not sealed the way Homeport seals.")
    cipher = keys.cipher_by_id(key_id(sealed))
    head, nonce = sealed[: 1 + KEY_ID], sealed[1 + KEY_ID : HEAD]
    try:
        padded = cipher.decrypt(nonce, sealed[HEAD:], head + bound)
    except InvalidTag as error:
        raise SealedError("This text was moved or changed outside Homeport, and does not open.") from error
    return padded[: padded.rindex(b"\x80")]


def key_id(sealed: bytes) -> UUID:
    """The data key that sealed the value."""
    return UUID(bytes=bytes(sealed[1 : 1 + KEY_ID]))


def warm(values: Iterable[object]) -> None:
    """Open the keys of many sealed values in one query. Values that are not sealed are passed over."""
    keys.warm(key_id(value) for value in values if isinstance(value, Sealed))


def still_there(rows: Iterable[Row]) -> list[Row]:
    """Those of the rows, in their order, none of whose sealed values lost its key. Opens all their keys in one query.

    What was erased is not there any more: neither its words nor that there were some.
    """
    held = [
        (row, {key_id(value) for value in vars(row).values() if isinstance(value, Sealed)}) for row in rows
    ]
    gone = keys.warm(each for _, ids in held for each in ids)
    return [row for row, ids in held if not ids & gone]
