"""Reading what mail servers give back: delivery status notifications (RFC 3464) in a report (RFC 6522).

Nothing else is believed: an answer of somebody on holiday, or a mail that only looks like a bounce, is no bounce.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from email.parser import Parser

# A report quotes headers; one longer than this is somebody's attachment.
LONGEST = 10_000_000
MOST_PARTS = 50
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_MESSAGE_ID = re.compile(r"<[^<>\s]{3,250}>")


@dataclass(frozen=True, slots=True)
class Bounce:
    """One message that did not arrive: its Message-ID, with its brackets, and the status code (RFC 3463)."""

    message_id: str
    status: str


def read_bounce(mail: bytes) -> Bounce | None:
    """The message that this mail gives back for good; None where it is anything else, or says nothing of which it was.

    A delay, and a mail that arrived after all, are not meant. Never raises: mail is what strangers write.
    """
    try:
        whole = message_from_bytes(mail[:LONGEST], policy=policy.compat32)
        if whole.get_content_type() != "multipart/report":
            return None
        parts = [part for part, _ in zip(whole.walk(), range(MOST_PARTS), strict=False)]
        status = _failed(parts)
        message_id = next(_original_ids(parts), None)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    return Bounce(message_id, status) if status and message_id else None


def _failed(parts: list[Message]) -> str:
    """The status of the first reader whom the mail did not reach; empty where it reached them, or is still tried."""
    for part in parts:
        if part.get_content_type() != "message/delivery-status":
            continue
        held = part.get_payload()
        blocks = [fields for fields in held if isinstance(fields, Message)] if isinstance(held, list) else []
        for fields in blocks:
            action = str(fields.get("Action", "")).partition(";")[0].strip().lower()
            if action == "failed":
                found = _STATUS.search(str(fields.get("Status", "")))
                return found[0] if found else "5.0.0"
    return ""


def _original_ids(parts: list[Message]) -> Iterator[str]:
    """Message-IDs of the mail that is given back: from the copy of it, or of its head, that the report holds."""
    for part in parts:
        kind, held = part.get_content_type(), part.get_payload()
        if kind == "message/rfc822" and isinstance(held, list):
            heads = [copy for copy in held if isinstance(copy, Message)]
        elif kind in {"text/rfc822-headers", "message/rfc822-headers"}:
            raw = part.get_payload(decode=True)
            text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(held)
            heads = [Parser(policy=policy.compat32).parsestr(text, headersonly=True)]
        else:
            continue
        for head in heads:
            found = _MESSAGE_ID.search(str(head.get("Message-ID", "")))
            if found:
                yield found[0]
