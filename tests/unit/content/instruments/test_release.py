"""What has been released never changes."""

from dataclasses import replace

import pytest

from homeport.content.instruments import bank
from homeport.content.instruments.release import Release, drift, packaged, released, unlisted, written
from homeport.content.instruments.strict import load_yaml


def test_no_released_key_or_wording_has_changed() -> None:
    """A change here is a change of what old answers meant. Undo it, or give the key a new version."""
    assert drift(released(), packaged()) == ()


def test_everything_packaged_is_released() -> None:
    """New content: run `python -m homeport.content.instruments.release`."""
    assert unlisted(released(), packaged()) == ()


def test_our_own_words_are_released_too() -> None:
    (own,) = [entry for entry in released() if entry.language == "en"]
    assert own.hash == bank.bank_words("en").hash


def test_a_changed_or_vanished_release_is_named() -> None:
    there = packaged()
    first, second, *rest = there
    changed = replace(first, hash="0" * 64)
    assert drift(there, (changed, second, *rest)) == (
        f"{first} was released and has changed: give it a new version instead.",
    )
    assert drift(there, (first, *rest)) == (f"{second} was released and is gone.",)


def test_a_new_version_is_no_breach_but_is_not_released_yet() -> None:
    there = packaged()
    new = Release("attachment.ecr", 2, "", "0" * 64)
    assert drift(there, (*there, new)) == ()
    assert unlisted(there, (*there, new)) == ("attachment.ecr@2 is not released yet.",)


def test_what_is_written_reads_back() -> None:
    content = load_yaml(written(packaged()), "released.yaml")
    assert [entry["hash"] for entry in content["released"]] == [entry.hash for entry in packaged()]


@pytest.mark.parametrize("entry", released(), ids=str)
def test_a_hash_is_a_sha_256(entry: Release) -> None:
    assert len(entry.hash) == 64
    assert set(entry.hash) <= set("0123456789abcdef")
