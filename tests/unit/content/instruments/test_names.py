"""Which instrument a name stands for."""

import pytest

from homeport.content.instruments import all_keys, key_versions, load_key, resolve
from homeport.content.instruments.shelf import namesakes
from homeport.core.errors import ContentError


@pytest.mark.parametrize(
    ("name", "key_id"),
    [
        ("ecr", "attachment.ecr"),
        (" ECR-R ", "attachment.ecr-r"),
        ("PHQ9", "depression.phq-9"),
        ("phq-a", "depression.phq-a"),
        ("rse", "self.rses"),
        ("rfq-8", "reflection.rfq-8"),
        ("brs-resilience", "resilience.brs"),
        ("maas-mindful", "mindfulness.maas"),
        ("mindfulness.maas", "mindfulness.maas"),
        ("homeport", "attachment.homeport"),
    ],
)
def test_an_id_or_an_alias_is_enough(name: str, key_id: str) -> None:
    assert resolve(name) == key_id
    assert load_key(name).id == key_id


@pytest.mark.parametrize("name", ["maas", "MAAS", "rfq", "brs", "ace", "das", "asq", "aai"])
def test_a_name_that_two_instruments_share_is_answered_with_the_choices(name: str) -> None:
    with pytest.raises(ContentError) as caught:
        resolve(name)
    message = str(caught.value)
    assert message.startswith(f"The name {name!r} stands for more than one instrument")
    for known, what in namesakes()[name.lower()]:
        assert what in message
        assert known in message


def test_a_shared_name_is_nobodys_alias_and_points_at_real_keys() -> None:
    ids = {key.id for key in all_keys()}
    taken = {alias for key in all_keys() for alias in key.aliases}
    assert not taken & set(namesakes())
    assert {known for meanings in namesakes().values() for known, _ in meanings if known} <= ids
    assert all(len(meanings) > 1 for meanings in namesakes().values())


def test_every_alias_leads_to_its_one_key() -> None:
    for key in all_keys():
        for alias in key.aliases:
            assert resolve(alias) == key.id


def test_an_unknown_name_gets_the_near_ones() -> None:
    with pytest.raises(ContentError, match=r"no instrument called 'phq8'\. Did you mean .*phq9"):
        resolve("phq8")
    with pytest.raises(ContentError, match=r"no instrument called 'zzzzzz'\.$"):
        load_key("zzzzzz")


@pytest.mark.parametrize("name", ["../keys/attachment.ecr", "attachment.ecr.v1", "", "namesakes"])
def test_a_name_is_never_a_path(name: str) -> None:
    with pytest.raises(ContentError):
        load_key(name)


def test_versions_are_listed() -> None:
    assert key_versions("ecr") == (1,)
