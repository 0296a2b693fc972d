"""One way to write content down, so that the same content always has the same hash."""

import hashlib
import json
from typing import Any


def canonical(content: Any) -> bytes:
    """``content`` (dict, list, str, int, float, bool, None) as bytes: JSON, keys sorted, no spaces, UTF-8.

    Layout, comments and the order of mapping keys do not matter; the order of lists does.
    """
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def digest(content: Any) -> str:
    """SHA-256 of :func:`canonical`, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(content)).hexdigest()
