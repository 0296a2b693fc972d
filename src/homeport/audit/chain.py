"""The hash over an event and all before it."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

START = b"homeport audit chain 1".ljust(32, b"\0")
FIELDS: Sequence[str] = (
    "id", "at", "actor_kind", "user_id", "person_id", "origin", "via", "verb", "material", "row_id", "count",
    "case_id", "subject_id", "reason",
)  # fmt: skip


def link_hash(previous: bytes, event: dict[str, Any]) -> bytes:
    """SHA-256 over the hash before and every field of the event (``FIELDS``), its reason in sealed form."""
    said = [_plain(event[name]) for name in FIELDS]
    return hashlib.sha256(previous + json.dumps(said, separators=(",", ":")).encode()).digest()


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value if value is None or isinstance(value, int) else str(value)
