"""The installation's signing key: made on first start, kept beside the data, readable by its owner alone."""

import os
import secrets
from pathlib import Path


def stored_secret_key(data: Path) -> str:
    """The key kept in ``data``; made there when there is none. Raises ``OSError`` where nothing can be written."""
    path = data / "secret-key"
    if path.is_file():
        return path.read_text(encoding="ascii").strip()
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = secrets.token_urlsafe(48)
    # O_EXCL: of two processes starting at once exactly one writes, the other reads what was written.
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key)
    return key
