"""Limits hold across every process of an installation, not in each of them anew."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import override_settings
from tests.factories.sign_ins import Visitor, an_account

from homeport.accounts.models import Shared
from homeport.accounts.services.forget_old import forget_old
from homeport.accounts.shared import SharedCache
from homeport.core.clock import now

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
COUNT = """
import django; django.setup()
from django.core.cache import cache
history = cache.get("tries", [])
cache.set("tries", [*history, 1], 60)
print(len(history), cache.add("lock", True, 10))
"""


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(now(), tick=False) as traveller:
        yield traveller


def test_what_one_process_counts_another_knows(installation: dict[str, str]) -> None:
    ready = {**installation, "DJANGO_SETTINGS_MODULE": "homeport.config.settings"}
    migrate = ("database", "migrate") if "HOMEPORT_DATABASE_URL" in ready else ("migrate",)
    run([*("-m", "homeport.config.cli"), *migrate], ready)
    said = [run(["-c", COUNT], ready).split() for _ in range(3)]
    assert said == [["0", "True"], ["1", "False"], ["2", "False"]]


def run(words: list[str], environment: dict[str, str]) -> str:
    clean = {name: value for name, value in environment.items() if name != "HOMEPORT_DATABASE_ROLE"}
    done = subprocess.run(
        [sys.executable, *words],
        env={**os.environ, **clean},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_limits_of_signing_in_count_in_it() -> None:
    an_account()
    for number in range(32):
        answer = Visitor().post(
            "/account/login/", {"login": f"a{number}@example.org", "password": "not that one"}
        )
    assert answer.status_code == 429
    # Another process would know it too: it is in the database, and says neither whose address nor which.
    assert Shared.objects.exists()
    kept = str(list(Shared.objects.values_list()))
    assert "192.0.2" not in kept
    assert "example.org" not in kept


def test_who_is_slowed_down_by_somebody_elses_tries_is_nobody_elsewhere() -> None:
    """A limit by network shuts nobody out who comes from another one, and from the same one only for a minute."""
    an_account()
    for number in range(32):
        Visitor().post("/account/login/", {"login": f"a{number}@example.org", "password": "not that one"})
    at_home = Visitor(origin="198.51.100.7")
    at_home.sign_in()
    assert at_home.is_in


def test_it_lapses_and_is_swept_up(clock: time_machine.Traveller) -> None:
    cache.set("a", [1.5, "x"], 60)
    cache.set("b", 2, None)
    assert (cache.get("a"), cache.add("a", 9, 60), cache.touch("a", 120)) == ([1.5, "x"], False, True)
    clock.shift(timedelta(minutes=3))
    assert cache.get("a", "gone") == "gone"
    assert not cache.touch("a", 60)
    assert cache.add("a", 9, 60)
    assert cache.delete("a")
    assert not cache.delete("a")
    clock.shift(timedelta(days=2))
    forget_old()
    assert not Shared.objects.exists()


def test_nothing_but_json_is_kept() -> None:
    with pytest.raises(TypeError):
        cache.set("a", object(), 60)


def test_the_secret_of_the_installation_is_in_every_name() -> None:
    cache.set("a", 1, 60)
    with override_settings(SECRET_KEY="another installation's"):
        assert SharedCache("", {}).get("a") is None
