"""Changing only what is Ana's alone changes no byte of anything that Ben can get."""

import pytest
from tests.permissions.noninterference.walking import walk_often
from tests.permissions.noninterference.worlds import KINDS

WALKS = 67  # in each kind of world: two hundred in all; the benchmark walks ten times as often


@pytest.mark.django_db(databases=["default", "keys"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_private_changes_no_byte_of_what_another_gets(kind: str) -> None:
    tally = walk_often(kind, WALKS)
    assert tally.walks >= WALKS
    assert tally.differing >= 0.75 * tally.walks, "these walks differ in nothing of hers: they prove nothing"
    assert tally.pages >= 5 * tally.walks, "he hardly saw a page of his own"
