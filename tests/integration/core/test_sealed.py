"""What people wrote, as the database holds it: unreadable, unmovable, and gone when its key is."""

import base64
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.db import connection, models, transaction
from pytest_django import DjangoAssertNumQueries, Settings

from homeport.core import keys
from homeport.core.ids import new_id
from homeport.core.keys import store
from homeport.core.keys.models import DataKey
from homeport.core.keys.wrapping import KeyFile, KeyProgram, KeySet, WrappingError, add_key, retire_key
from homeport.core.sealed import SealedError, SealedJSONField, SealedTextField
from homeport.core.sealed.box import BLOCK, Sealed, warm

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WORDS = "I wrote this on the night bus. Ünïcode 🌊"


class Letter(models.Model):
    """A table of this test alone."""

    id = models.UUIDField(primary_key=True, default=new_id)
    owner = models.CharField(max_length=40, default="one")
    words = SealedTextField(null=True)
    other_words = SealedTextField(null=True)
    answers = SealedJSONField(null=True)

    class Meta:
        app_label = "sealed_tests"

    def __str__(self) -> str:
        return f"letter {self.id}"

    @property
    def key_scope(self) -> str:
        return f"person:{self.owner}"


@pytest.fixture(autouse=True)
def table(tmp_path: Path, settings: Settings, db: None) -> Iterator[None]:
    settings.KEY_FILE = tmp_path / "installation-keys"
    store.forget_opened()
    # By hand: SQLite's schema editor does not run inside a test's transaction.
    columns = ", ".join(f"{field.column} {field.db_type(connection)}" for field in Letter._meta.local_fields)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {Letter._meta.db_table} ({columns})")
    yield
    store.forget_opened()


def raw(column: str = "words") -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {Letter._meta.db_table}")
        return bytes(cursor.fetchone()[0])


def test_words_come_back_and_the_database_does_not_hold_them() -> None:
    answers = {"q1": 3, "note": "Ω"}
    Letter.objects.create(words=WORDS, answers=answers)
    letter = Letter.objects.get()
    assert letter.words == WORDS
    assert letter.answers == answers
    assert b"night bus" not in raw()
    assert b"q1" not in raw("answers")


def test_reading_does_not_seal_again_and_changing_does() -> None:
    letter = Letter.objects.create(words=WORDS)
    before = raw()
    untouched = Letter.objects.get()
    untouched.save()
    assert raw() == before
    letter.words = "something else"
    letter.save()
    assert raw() != before
    assert Letter.objects.get().words == "something else"


def test_nothing_and_empty_are_kept_apart() -> None:
    Letter.objects.create(words=None, other_words="")
    letter = Letter.objects.get()
    assert letter.words is None
    assert letter.other_words == ""


def test_a_deferred_field_opens_when_asked() -> None:
    Letter.objects.create(words=WORDS)
    assert Letter.objects.defer("words").get().words == WORDS


def test_a_value_moved_to_another_row_does_not_open() -> None:
    Letter.objects.create(words=WORDS)
    other = Letter.objects.create(words="other")
    moved = Letter.objects.exclude(pk=other.pk).values_list("words", flat=True).get()
    Letter.objects.filter(pk=other.pk).update(words=moved)
    with pytest.raises(SealedError):
        _ = Letter.objects.get(pk=other.pk).words


def test_a_value_moved_to_another_column_does_not_open() -> None:
    Letter.objects.create(words=WORDS)
    Letter.objects.update(other_words=Letter.objects.values_list("words", flat=True).get())
    with pytest.raises(SealedError):
        _ = Letter.objects.get().other_words


@pytest.mark.parametrize("place", [0, 5, 20, 40, -1])
def test_a_changed_byte_does_not_open(place: int) -> None:
    Letter.objects.create(words=WORDS)
    changed = bytearray(raw())
    changed[place] ^= 1
    Letter.objects.update(words=Sealed(changed))
    with pytest.raises((SealedError, keys.KeyGone)):
        _ = Letter.objects.get().words


def test_a_key_moved_to_another_scope_does_not_open() -> None:
    Letter.objects.create(words=WORDS)
    DataKey.objects.update(scope="person:two")
    store.forget_opened()
    with pytest.raises(WrappingError):
        _ = Letter.objects.get().words


def test_bulk_writes_and_searches_are_refused() -> None:
    letter = Letter.objects.create(words=WORDS)
    with pytest.raises(SealedError), transaction.atomic():
        Letter.objects.update(words="readable")
    with pytest.raises(SealedError):
        Letter.objects.filter(words=WORDS).exists()
    with pytest.raises(SealedError):
        Letter.objects.filter(words__contains="bus").exists()
    letter.words = "readable"
    with pytest.raises(SealedError), transaction.atomic():
        Letter.objects.bulk_update([letter], ["words"])
    assert b"readable" not in raw()
    assert not Letter.objects.filter(words__isnull=True).exists()


def test_many_rows_made_at_once_are_sealed_each() -> None:
    Letter.objects.bulk_create([Letter(words=f"{WORDS} {n}") for n in range(3)])
    assert sorted(letter.words for letter in Letter.objects.all()) == [f"{WORDS} {n}" for n in range(3)]


def test_a_copy_must_be_read_before_it_is_kept() -> None:
    Letter.objects.create(words=WORDS)
    copy = Letter.objects.get()
    copy.pk = new_id()
    copy._state.adding = True
    with pytest.raises(SealedError):
        copy.save(force_insert=True)


def test_short_answers_are_equally_long() -> None:
    lengths = set()
    for answer in (None, 0, 4, "yes", "no", "often"):
        Letter.objects.all().delete()
        Letter.objects.create(answers={"a": answer})
        lengths.add(len(raw("answers")))
    assert len(lengths) == 1
    assert BLOCK == 32


def test_destroying_a_key_erases_its_scope_and_no_other() -> None:
    Letter.objects.create(owner="one", words="first")
    Letter.objects.create(owner="two", words="second")
    assert keys.destroy("person:one") == 1
    with pytest.raises(keys.KeyGone):
        _ = Letter.objects.get(owner="one").words
    assert Letter.objects.get(owner="two").words == "second"
    with pytest.raises(keys.KeyGone):
        Letter.objects.create(owner="one", words="written after")


def test_a_scope_erased_before_its_first_word_stays_erased() -> None:
    assert keys.destroy("person:never wrote") == 0
    with pytest.raises(keys.KeyGone):
        keys.cipher("person:never wrote")


def test_a_new_installation_key_wraps_again_while_serving() -> None:
    Letter.objects.create(words=WORDS)
    path = django_settings.KEY_FILE
    old = store.wrapping_keys().current
    new = add_key(path)
    assert Letter.objects.get().words == WORDS
    assert store.rewrap() == 1
    assert store.rewrap() == 0
    assert DataKey.objects.get().wrapped_by == new != old
    # The old key may now be taken away.
    path.write_text("\n".join(line for line in path.read_text().split() if line.startswith(new)))
    store.forget_opened()
    assert Letter.objects.get().words == WORDS


def test_a_key_that_comes_in_the_middle_of_wrapping_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """An operator adds one more key while the worker wraps all data keys again."""
    for number in range(6):
        Letter.objects.create(owner=f"p{number}", words=f"{WORDS} {number}")
    path = django_settings.KEY_FILE
    add_key(path)
    unwrap, seen = KeyFile.unwrap, []

    def then_another(self: KeyFile, *given: Any) -> bytes:
        seen.append(add_key(path) if len(seen) in (2, 4) else "")
        return unwrap(self, *given)

    monkeypatch.setattr(KeyFile, "unwrap", then_another)
    while store.rewrap():
        pass
    monkeypatch.undo()
    store.forget_opened()
    assert len({*seen}) == 3
    assert sorted(letter.words for letter in Letter.objects.all()) == [f"{WORDS} {n}" for n in range(6)]


def test_a_key_retired_in_the_moment_between_reading_and_opening_is_looked_up_again() -> None:
    Letter.objects.create(words=WORDS)
    row, path = DataKey.objects.get(), django_settings.KEY_FILE
    add_key(path)
    assert store.rewrap() == 1
    retire_key(path, row.wrapped_by)
    store.forget_opened()
    assert store._open(row, newest=False)


def test_taking_an_installation_key_away_too_early_is_said() -> None:
    Letter.objects.create(words=WORDS)
    path = django_settings.KEY_FILE
    path.unlink()
    add_key(path)
    store.forget_opened()
    with pytest.raises(WrappingError, match="taken away too early"):
        _ = Letter.objects.get().words


def test_a_page_of_rows_asks_the_key_store_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(10):
        Letter.objects.create(owner=f"p{number}", words=WORDS)
    store.forget_opened()
    letters = list(Letter.objects.all())
    with django_assert_num_queries(1, using="keys"):
        warm(letter.__dict__["words"] for letter in letters)
        assert [letter.words for letter in letters] == [WORDS] * 10


def test_the_key_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "keys"
    KeyFile(path)
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "text",
    ["", "a:short", "a:" + "!" * 44, "a:" + base64.b64encode(bytes(range(16))).decode(), "nothing"],
)
def test_a_bad_key_set_is_refused_without_showing_it(text: str) -> None:
    with pytest.raises(WrappingError) as raised:
        KeySet(text)
    assert not text or text.partition(":")[2] == "" or text.partition(":")[2] not in str(raised.value)


def test_a_key_program_wraps_and_opens(tmp_path: Path) -> None:
    program = tmp_path / "keys.py"
    key = base64.b64encode(os.urandom(32)).decode()
    program.write_text(
        f"""#!{sys.executable}
import base64, sys
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
key, nonce = AESGCM(base64.b64decode("{key}")), bytes(12)
if sys.argv[1] == "current":
    print("k1")
else:
    value, bound = (base64.b64decode(line) for line in sys.stdin.read().split())
    answer = (key.encrypt if sys.argv[1] == "wrap" else key.decrypt)(nonce, value, bound)
    print(base64.b64encode(answer).decode())
"""
    )
    program.chmod(0o700)
    keys_ = KeyProgram(str(program))
    wrapped = keys_.wrap(b"a data key", b"its scope")
    assert keys_.unwrap(wrapped.by, wrapped.value, b"its scope") == b"a data key"
    with pytest.raises(WrappingError):
        keys_.unwrap(keys_.current, wrapped.value, b"another scope")


def test_ids_differ_so_that_equal_words_look_different() -> None:
    Letter.objects.create(id=uuid4(), words=WORDS)
    first = raw()
    Letter.objects.all().delete()
    Letter.objects.create(id=uuid4(), words=WORDS)
    assert raw() != first
