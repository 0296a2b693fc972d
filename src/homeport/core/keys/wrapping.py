"""The installation's key set, which wraps the data keys.

One small interface, three places it can come from: a file (the default; made on first start), the environment, or a
program of the operator's that asks a key service. The first key of the set wraps; the others still open.
"""

import base64
import os
import secrets
import subprocess
from pathlib import Path
from typing import NamedTuple, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from homeport.core.errors import HomeportError

NONCE = 12
PROGRAM_SECONDS = 10


class Wrapped(NamedTuple):
    """A sealed data key, and the id of the key of the set that sealed it."""

    by: str
    value: bytes


class WrappingKeys(Protocol):
    """What wraps and opens data keys. ``bound`` must be given again to open: it ties a key to its scope and id."""

    @property
    def current(self) -> str:
        """The id of the key that wraps now."""

    def wrap(self, key: bytes, bound: bytes) -> Wrapped:
        """``key`` sealed under the key that wraps now, with that one's id: between two questions it may be another."""

    def unwrap(self, wrapped_by: str, wrapped: bytes, bound: bytes) -> bytes:
        """The key that was wrapped. Raises ``WrappingError``."""


class WrappingError(HomeportError):
    """The installation's key set cannot open this data key."""


class KeySet:
    """Keys held as text: one ``id:base64`` of 32 bytes a line, the one that wraps first."""

    def __init__(self, text: str) -> None:
        self._ciphers: dict[str, AESGCM] = {}
        for line in text.replace(",", "\n").split():
            name, _, encoded = line.partition(":")
            try:
                key = base64.b64decode(encoded, validate=True)
            except ValueError as error:
                raise WrappingError(f"The installation's key {name!r} is not base64.") from error
            if len(key) != 32 or not name or len(name) > 40 or name in self._ciphers:
                raise WrappingError("Each of the installation's keys needs its own name and 32 bytes.")
            self._ciphers[name] = AESGCM(key)
        if not self._ciphers:
            raise WrappingError("The installation's key set is empty.")

    @property
    def current(self) -> str:
        return next(iter(self._ciphers))

    @property
    def names(self) -> list[str]:
        """All keys of the set, the one that wraps first."""
        return list(self._ciphers)

    def wrap(self, key: bytes, bound: bytes) -> Wrapped:
        nonce, name = secrets.token_bytes(NONCE), self.current
        return Wrapped(name, nonce + self._ciphers[name].encrypt(nonce, key, bound))

    def unwrap(self, wrapped_by: str, wrapped: bytes, bound: bytes) -> bytes:
        if wrapped_by not in self._ciphers:
            raise WrappingError(
                f"The installation's key set has no key {wrapped_by!r}; was it taken away too early?"
            )
        try:
            return self._ciphers[wrapped_by].decrypt(wrapped[:NONCE], wrapped[NONCE:], bound)
        except InvalidTag as error:
            raise WrappingError(
                "A data key does not open: it was changed, moved, or wrapped elsewhere."
            ) from error


class KeyFile:
    """A key set in a file, read again when it changes: a key added by the operator is there for the next request."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen = 0.0
        self._set: KeySet | None = None
        if not path.exists():
            add_key(path)

    def _keys(self) -> KeySet:
        changed = self._path.stat().st_mtime_ns
        if self._set is None or changed != self._seen:
            self._set, self._seen = KeySet(self._path.read_text(encoding="ascii")), changed
        return self._set

    @property
    def current(self) -> str:
        return self._keys().current

    @property
    def names(self) -> list[str]:
        """All keys of the set, the one that wraps first."""
        return self._keys().names

    def wrap(self, key: bytes, bound: bytes) -> Wrapped:
        return self._keys().wrap(key, bound)

    def unwrap(self, wrapped_by: str, wrapped: bytes, bound: bytes) -> bytes:
        return self._keys().unwrap(wrapped_by, wrapped, bound)


class KeyProgram:
    """A program of the operator's that speaks to a key service.

    Called as ``PROGRAM current``, ``PROGRAM wrap`` and ``PROGRAM unwrap ID``; for the latter two it reads two lines of
    base64 (the key, what it is bound to) and answers one line of base64.
    """

    def __init__(self, program: str) -> None:
        self._program = program

    @property
    def current(self) -> str:
        return self._ask("current")

    def wrap(self, key: bytes, bound: bytes) -> Wrapped:
        name = self.current
        value = base64.b64decode(self._ask("wrap", sent=(key, bound)))
        if self.current != name:
            # The service changed its key in this moment; which of the two it used, only asking once more tells.
            name = self.current
            value = base64.b64decode(self._ask("wrap", sent=(key, bound)))
        return Wrapped(name, value)

    def unwrap(self, wrapped_by: str, wrapped: bytes, bound: bytes) -> bytes:
        return base64.b64decode(self._ask("unwrap", wrapped_by, sent=(wrapped, bound)))

    def _ask(self, *words: str, sent: tuple[bytes, ...] = ()) -> str:
        lines = b"".join(base64.b64encode(part) + b"\n" for part in sent)
        try:
            answer = subprocess.run(  # noqa: S603 - the operator names the program in the settings
                [self._program, *words], input=lines, capture_output=True, timeout=PROGRAM_SECONDS, check=True
            )
        except (OSError, subprocess.SubprocessError) as error:
            # Not the program's own words: they could hold a key.
            raise WrappingError(
                f"The key program {self._program} did not answer ({type(error).__name__})."
            ) from None
        return answer.stdout.decode("ascii").strip()


def add_key(path: Path) -> str:
    """Put a new key at the head of the set in ``path``, making the file when there is none. Returns its name."""
    before = path.read_text(encoding="ascii").split() if path.exists() else []
    name = f"k{len(before) + 1}-{secrets.token_hex(3)}"
    _write(path, [f"{name}:{base64.b64encode(secrets.token_bytes(32)).decode()}", *before])
    return name


def retire_key(path: Path, name: str) -> None:
    """Take a key out of the set. Raises ``WrappingError`` for one that is not in it, or is the only one."""
    before = path.read_text(encoding="ascii").split()
    kept = [line for line in before if line.partition(":")[0] != name]
    if not kept or len(kept) == len(before):
        raise WrappingError(f"The key set has no key {name!r} that could be taken out of it.")
    _write(path, kept)


def _write(path: Path, lines: list[str]) -> None:
    """Write the set whole or not at all, for its owner's eyes alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    written = path.with_name(path.name + ".new")
    handle = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        os.fsync(file.fileno())
    written.replace(path)
