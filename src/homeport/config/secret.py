"""The installation's signing key: made on first start, kept beside the data, readable by its owner alone."""

import os
import secrets
import time
from pathlib import Path

from homeport.core.errors import HomeportError

SHORTEST = 32


def stored_secret_key(data: Path) -> str:
    """The key kept in ``data``; made there when there is none.

    Raises HomeportError where the folder cannot be used, and for a key that was emptied or damaged: a new one in its
    place would end every visit under way, so a person decides.
    """
    path = data / "secret-key"
    try:
        if not path.is_file():
            data.mkdir(parents=True, exist_ok=True, mode=0o700)
            _make(path)
        key = _read(path)
    except OSError as error:
        raise HomeportError(f"Homeport cannot use its data folder {data}: {error.strerror}.") from error
    if len(key) < SHORTEST:
        raise HomeportError(
            f"The key in {path} is damaged. Put it back from the last backup, or remove it to have a new one made."
        )
    return key


def _make(path: Path) -> None:
    # O_EXCL: of two processes starting at once exactly one writes.
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    try:
        os.write(handle, secrets.token_urlsafe(48).encode("ascii"))
    finally:
        os.close(handle)


def _read(path: Path) -> str:
    """The key; "" for one that is damaged. Waits a moment for another process that is just writing it."""
    for _ in range(20):
        try:
            key = path.read_text(encoding="ascii").strip()
        except UnicodeDecodeError:
            return ""
        if key:
            return key
        time.sleep(0.02)
    return ""
