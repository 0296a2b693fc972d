"""Where settings come from: the environment first, then an optional TOML file, then the default.

The file is named by ``HOMEPORT_SETTINGS`` (or is ``homeport.toml`` in the working folder) and holds the same names as
the environment, one to a line: ``HOMEPORT_HOSTS = "example.org"``.
"""

import os
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from homeport.core.errors import HomeportError

PREFIX = "HOMEPORT_"
KNOWN = frozenset(
    f"{PREFIX}{name}"
    for name in (
        *(
            "ADDRESS",
            "CRISIS_REGION",
            "DATA",
            "DEBUG",
            "DEMO",
            "DEMO_DATA",
            "HOSTS",
            "HTTPS",
            "PORT",
            "PRACTICE_NAME",
        ),
        *("PROXIES", "SECRET_KEY", "SETTINGS", "SIGN_UP", "IDLE_MINUTES", "SESSION_HOURS"),
        *(
            "MAIL_URL",
            "MAIL_FROM",
            "MAIL_NAME",
            "TEXTS",
            "CALENDARS_INSIDE",
            "KEYS",
            "KEY_FILE",
            "KEY_PROGRAM",
        ),
        *("DATABASE_URL", "KEYS_DATABASE_URL", "DATABASE_ROLE", "DATABASE_ROLES", "DATABASE_POOL"),
    )
)


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    named = os.environ.get("HOMEPORT_SETTINGS")
    path = Path(named or "homeport.toml")
    if not path.is_file():
        if named:
            raise HomeportError(f"The settings file {path} does not exist.")
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise HomeportError(f"The settings file {path} cannot be read: {error}.") from error
    unknown = [name for name in values if not name.startswith(PREFIX)]
    if unknown:
        raise HomeportError(f"The settings file {path} has names that do not start with {PREFIX}: {unknown}.")
    return values


def text(name: str, default: str = "") -> str:
    """The setting as text. Lists in the file are joined by commas, as the environment writes them."""
    value = os.environ.get(name)
    if value is not None:
        return value
    given = _file().get(name, default)
    if isinstance(given, dict):
        raise HomeportError(f"{name} in the settings file is a table; it must be one value or a list.")
    return ",".join(str(part) for part in given) if isinstance(given, list) else str(given)


def flag(name: str, *, default: bool = False) -> bool:
    """The setting as yes or no."""
    value = text(name, "yes" if default else "no").strip().lower()
    if value in {"1", "yes", "true", "on"}:
        return True
    if value in {"0", "no", "false", "off", ""}:
        return False
    raise HomeportError(f"{name} is {value!r}; say yes or no.")


def unknown() -> list[str]:
    """Names that look like settings of ours, in the environment or the file, and are none: slips, most likely."""
    given = {name for name in (*os.environ, *_file()) if name.startswith(PREFIX)}
    return sorted(name for name in given - KNOWN if not name.startswith("HOMEPORT_TEST_"))


def names(name: str, default: str = "") -> list[str]:
    """The setting as a list of words parted by commas."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def number(name: str, default: int, *, least: int, most: int) -> int:
    """The setting as a whole number between ``least`` and ``most``."""
    value = text(name, str(default)).strip()
    if not value.isdecimal() or not least <= int(value) <= most:
        raise HomeportError(f"{name} is {value!r}; write a whole number from {least} to {most}.")
    return int(value)
