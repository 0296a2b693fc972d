"""From an address to what Django needs; what is wrong with it is said without repeating a password."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from homeport.config import databases, environment
from homeport.core.errors import HomeportError

NAMES = ("URL", "ROLE", "ROLES", "POOL")


@pytest.fixture(autouse=True)
def apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    for name in (
        *(f"HOMEPORT_DATABASE_{name}" for name in NAMES),
        "HOMEPORT_KEYS_DATABASE_URL",
        "HOMEPORT_DEMO",
    ):
        monkeypatch.delenv(name, raising=False)
    environment._file.cache_clear()
    yield
    environment._file.cache_clear()


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    """The practice's store with these settings."""

    def read(**settings: str) -> dict[str, Any]:
        for name, value in settings.items():
            monkeypatch.setenv(f"HOMEPORT_{name}", value)
        return databases.practice(Path("data"))

    return read


def test_without_an_address_it_is_sqlite_in_one_file_each(given: Any) -> None:
    store = given()
    assert store["ENGINE"].endswith("sqlite3")
    assert store["NAME"] == Path("data/homeport.sqlite3")
    assert store["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert databases.keys(Path("data"))["NAME"] == Path("data/keys.sqlite3")


def test_an_address_without_a_user_is_good_for_every_role(given: Any) -> None:
    for role in databases.ROLES:
        store = given(
            DATABASE_URL="postgresql://db.example.org/homeport?sslmode=verify-full", DATABASE_ROLE=role
        )
        assert (store["USER"], store["PASSWORD"]) == (f"homeport_{role}", "")
        assert (store["HOST"], store["PORT"], store["NAME"]) == ("db.example.org", "", "homeport")
        assert store["OPTIONS"]["sslmode"] == "verify-full"
        assert "transaction_mode" not in store["OPTIONS"]
        assert store["ATOMIC_REQUESTS"] is False
    assert not databases.names_its_user()


def test_an_address_with_a_user_a_password_and_a_socket(given: Any) -> None:
    store = given(DATABASE_URL="postgres://me%40here:a%2Fb%3F@/my%20base?host=/run/postgresql&port=5433")
    assert (store["USER"], store["PASSWORD"], store["NAME"]) == ("me@here", "a/b?", "my base")
    assert (store["HOST"], store["PORT"]) == ("/run/postgresql", "5433")
    assert databases.names_its_user()


def test_pages_share_a_pool_and_the_others_keep_one_connection(given: Any) -> None:
    address = "postgresql://h/d"
    web = given(DATABASE_URL=address)
    assert web["OPTIONS"]["pool"]["max_size"] == databases.POOL
    assert web["CONN_MAX_AGE"] == 0, "Django refuses a pool together with lasting connections"
    small = given(DATABASE_URL=address, DATABASE_POOL="1")
    assert small["OPTIONS"]["pool"] == {"min_size": 1, "max_size": 1, "timeout": 10}
    for settings in ({"DATABASE_POOL": "0"}, {"DATABASE_POOL": "9", "DATABASE_ROLE": "worker"}):
        store = given(DATABASE_URL=address, **settings)
        assert "pool" not in store["OPTIONS"]
        assert store["CONN_MAX_AGE"] == 60


def test_a_schema_is_searched_alone(given: Any) -> None:
    assert given(DATABASE_URL="postgresql://h/d?schema=keys")["OPTIONS"]["options"] == "-c search_path=keys"


def test_two_practices_on_one_server_have_roles_of_their_own(given: Any) -> None:
    assert given(DATABASE_URL="postgresql://h/d", DATABASE_ROLES="harbour")["USER"] == "harbour_web"
    assert databases.role_names()["owner"] == "harbour_owner"


def test_the_demo_never_reaches_a_real_database(given: Any, tmp_path: Path) -> None:
    (tmp_path / "homeport.toml").write_text('HOMEPORT_DATABASE_URL = "postgresql://h/d"\n')
    assert given(DEMO="yes")["ENGINE"].endswith("sqlite3")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"DATABASE_URL": "mysql://me:secret@h/d"}, "not an address such as"),
        ({"DATABASE_URL": "postgresql://me:secret@h"}, "not an address such as"),
        ({"DATABASE_URL": "postgresql://me:secret@h:port/d"}, "not an address such as"),
        ({"DATABASE_URL": "postgresql://me:secret@h/d?sslmode"}, "not an address such as"),
        ({"DATABASE_URL": "postgresql://me:secret@h/d?sslmod=require"}, "not understood: sslmod"),
        ({"DATABASE_URL": "postgresql://me:secret@h/d?schema=a;drop"}, "schema that is not a plain name"),
        ({"DATABASE_URL": "postgresql://h/d", "DATABASE_POOL": "many"}, "how many connections"),
        ({"DATABASE_URL": "postgresql://h/d", "DATABASE_POOL": "-1"}, "how many connections"),
        ({"DATABASE_URL": "postgresql://h/d", "DATABASE_ROLE": "root"}, "one of owner, web, worker"),
        ({"DATABASE_URL": "postgresql://h/d", "DATABASE_ROLES": "a-b"}, "names of the three database roles"),
        (
            {"DATABASE_URL": "postgresql://h/d", "DATABASE_ROLES": "Häfen"},
            "names of the three database roles",
        ),
    ],
)
def test_a_slip_is_one_sentence_that_tells_no_secret(given: Any, settings: dict[str, str], said: str) -> None:
    with pytest.raises(HomeportError, match=said) as raised:
        given(**settings)
    assert "secret" not in str(raised.value)
    assert "\n" not in str(raised.value)
