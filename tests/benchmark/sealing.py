"""What sealing costs: one note beside the bare cipher in the same run, and a page of many."""

import os
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

NOTE = "A quiet sentence about a long week, and what came after it. " * 69  # about 4 KB
ROUNDS = 2_000
ENTRIES = 50


def measure() -> Iterator[dict[str, Any]]:
    """A row a claim (see ``tests.benchmark``)."""
    _installation()
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from homeport.core.sealed.box import seal, unseal

    plain, bound, nonce = NOTE.encode(), b"bound", secrets.token_bytes(12)
    bare = AESGCM(AESGCM.generate_key(256))
    hidden = bare.encrypt(nonce, plain, bound)
    sealed = seal(plain, scope="person:bench", bound=bound)
    pairs = {
        "sealing": (
            lambda: seal(plain, scope="person:bench", bound=bound),
            lambda: bare.encrypt(nonce, plain, bound),
        ),
        "opening": (lambda: unseal(sealed, bound=bound), lambda: bare.decrypt(nonce, hidden, bound)),
    }
    for name, (ours, cipher) in pairs.items():
        beyond = _microseconds(ours) - _microseconds(cipher)
        yield _row(f"{name} a 4 KB note, beyond the cipher", beyond, "µs", 50)
    yield _row(f"opening {ENTRIES} sealed entries with cold keys, one person each", _entries(), "ms", 30)


def _row(what: str, value: float, unit: str, limit: float) -> dict[str, Any]:
    return {
        "what": what,
        "value": f"{value:.1f} {unit}",
        "target": f"at most {limit} {unit}",
        "ok": value <= limit,
    }


def _installation() -> None:
    os.environ["HOMEPORT_DATA"] = tempfile.mkdtemp(prefix="homeport-bench-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeport.config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    for alias in ("default", "keys"):
        call_command("migrate", database=alias, verbosity=0)


def _microseconds(work: Callable[[], object]) -> float:
    """The median time of one call."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter_ns()
        work()
        times.append(time.perf_counter_ns() - begun)
    return statistics.median(times) / 1_000


def _entries() -> float:
    """Milliseconds to fetch and open a page of entries, each under another person's key, none opened before."""
    from homeport.core.ids import new_id
    from homeport.core.keys import store
    from homeport.core.sealed.box import warm
    from homeport.exercises.models import JournalEntry

    for _ in range(ENTRIES):
        JournalEntry.objects.create(words=NOTE, author_id=new_id())
    times = []
    for _ in range(15):
        store.forget_opened()
        store.wrapping_keys()
        begun = time.perf_counter_ns()
        entries = list(JournalEntry.objects.all()[:ENTRIES])
        warm(value for entry in entries for value in entry.__dict__.values())
        assert all(entry.words == NOTE for entry in entries)
        times.append(time.perf_counter_ns() - begun)
    return statistics.median(times) / 1e6
