"""How mail leaves: one setting, ``HOMEPORT_MAIL_URL``.

console:                                 written on the terminal (the demo)
file:///folder                           one file a mail (the default: a folder beside the data)
smtp://user:password@host:587            over STARTTLS
smtps://user:password@host:465           over TLS
smtp://localhost:25?tls=no               to a mail server on this machine
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from homeport.core.errors import HomeportError

BACKENDS = "django.core.mail.backends"


def mail_settings(address: str, folder: Path) -> dict[str, Any]:
    """Django's settings for that address; mail lies in ``folder`` where it is empty. Raises ``HomeportError``."""
    parts = urlsplit(address)
    if not address or parts.scheme == "file":
        return {
            "EMAIL_BACKEND": f"{BACKENDS}.filebased.EmailBackend",
            "EMAIL_FILE_PATH": unquote(parts.path) if address else str(folder),
        }
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": f"{BACKENDS}.console.EmailBackend"}
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise HomeportError(
            "HOMEPORT_MAIL_URL is not understood; write it as smtp://user:password@mail.example.org:587."
        )
    plain = parse_qs(parts.query).get("tls") == ["no"]
    if plain and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise HomeportError(
            "HOMEPORT_MAIL_URL would send mail unencrypted to another machine. Take tls=no out."
        )
    return {
        "EMAIL_BACKEND": f"{BACKENDS}.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and not plain,
        "EMAIL_TIMEOUT": 15,
    }
