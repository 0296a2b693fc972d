"""Where the data lie: two stores, the practice's own and the data keys, each on SQLite or PostgreSQL.

On PostgreSQL three sign-ins do three things. The *owner* makes and changes tables; the *web* role serves pages behind
row-level security; the *worker* does what requests leave for later. Which one a process is, the command it runs says
(see ``cli``) unless ``HOMEPORT_DATABASE_ROLE`` does.
"""

import importlib.util
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from homeport.config import environment as env
from homeport.core.errors import HomeportError

ROLES = ("owner", "web", "worker")
POOL = 10
# Of an address's parameters only these reach the driver; anything else is a slip of the hand, and is said.
PARAMETERS = frozenset(
    {"host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "passfile", "target_session_attrs"}
)  # fmt: skip


def role() -> str:
    """What this process is to the database: ``owner``, ``web`` or ``worker``."""
    named = env.text("HOMEPORT_DATABASE_ROLE", "web").strip()
    if named not in ROLES:
        raise HomeportError(f"HOMEPORT_DATABASE_ROLE is {named!r}; say one of {', '.join(ROLES)}.")
    return named


def role_names() -> dict[str, str]:
    """The database's own names of the three roles. Two practices on one server each have their own prefix."""
    prefix = env.text("HOMEPORT_DATABASE_ROLES", "homeport").strip()
    if not prefix.isidentifier() or not prefix.isascii() or prefix.lower() != prefix or len(prefix) > 40:
        raise HomeportError(
            "HOMEPORT_DATABASE_ROLES is what the names of the three database roles begin with: small letters, digits, _."
        )
    return {name: f"{prefix}_{name}" for name in ROLES}


def practice(data: Path) -> dict[str, Any]:
    """The store of everything but keys."""
    return _store("HOMEPORT_DATABASE_URL", data / "homeport.sqlite3")


def keys(data: Path) -> dict[str, Any]:
    """The store of the data keys. Apart, with short-lived backups, so that destroying a key erases."""
    return _store("HOMEPORT_KEYS_DATABASE_URL", data / "keys.sqlite3")


def names_its_user() -> bool:
    """Whether the address of the practice's store says by which sign-in to use it: then it is good for one role alone."""
    address = env.text("HOMEPORT_DATABASE_URL").strip()
    return bool(address) and _parts("HOMEPORT_DATABASE_URL", address)[0].username is not None


def _store(setting: str, file: Path) -> dict[str, Any]:
    # Nothing of a real installation reaches the demo, whatever a settings file names.
    address = "" if env.flag("HOMEPORT_DEMO") else env.text(setting).strip()
    return _postgresql(setting, address) if address else _sqlite(file)


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "homeport.core.sqlite3",
        "NAME": file,
        "OPTIONS": {
            # Deferred transactions failed 9 in 10 times under 32 writers; immediate ones never did.
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
                "PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;"
                # Kibibytes: what a page of a large practice touches, so that the next one finds it (2 MB were too few).
                "PRAGMA cache_size=-16384;"
            ),
        },
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 60,
    }


def _postgresql(setting: str, address: str) -> dict[str, Any]:
    if importlib.util.find_spec("psycopg") is None:
        raise HomeportError(
            "PostgreSQL needs the extra of that name. Install it: pip install 'homeport[postgresql]'"
        )
    parts, given = _parts(setting, address)
    schema = given.pop("schema", "")
    host, port = given.pop("host", parts.hostname or ""), given.pop("port", str(parts.port or ""))
    options: dict[str, Any] = {"application_name": f"homeport {role()}", **given}
    if schema:
        if not schema.isidentifier() or not schema.isascii():
            raise HomeportError(f"{setting} names a schema that is not a plain name.")
        options["options"] = f"-c search_path={schema}"
    # The pages borrow connections from a pool; the worker and the owner have one each, and keep it.
    size = _pool_size() if role() == "web" else 0
    if size:
        options["pool"] = {"min_size": min(2, size), "max_size": size, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or "") or role_names()[role()],
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": options,
        "ATOMIC_REQUESTS": False,
        # Django refuses a pool together with connections of its own that last.
        "CONN_MAX_AGE": 0 if size else 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _parts(setting: str, address: str) -> tuple[SplitResult, dict[str, str]]:
    """The address taken apart. What is wrong with it is said without repeating it: it may hold a password."""
    try:
        parts = urlsplit(address)
        _ = parts.port
        given = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    except ValueError:
        raise HomeportError(f"{setting} is not an address such as postgresql://host/homeport.") from None
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.lstrip("/"):
        raise HomeportError(f"{setting} is not an address such as postgresql://host/homeport.")
    unknown = sorted(set(given) - PARAMETERS - {"schema"})
    if unknown:
        raise HomeportError(f"{setting} has parameters that are not understood: {', '.join(unknown)}.")
    return parts, given


def _pool_size() -> int:
    value = env.text("HOMEPORT_DATABASE_POOL", str(POOL)).strip()
    if not value.isdecimal() or int(value) > 1000:
        raise HomeportError(
            "HOMEPORT_DATABASE_POOL is how many connections a web process may hold: 0 for no pool."
        )
    return int(value)
