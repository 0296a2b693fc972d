from homeport.core import randomness
from homeport.core.ids import new_id


def draws(name: str, count: int = 5) -> list[int]:
    return [randomness.stream(name).getrandbits(64) for _ in range(count)]


def test_the_same_seed_gives_the_same_draws() -> None:
    with randomness.seeded("a walk"):
        first = draws("person 1")
    with randomness.seeded("a walk"):
        assert draws("person 1") == first
    with randomness.seeded("another walk"):
        assert draws("person 1") != first


def test_one_persons_draws_never_move_anothers() -> None:
    with randomness.seeded("a walk"):
        alone = draws("B")
    with randomness.seeded("a walk"):
        draws("A", 100)
        assert draws("B") == alone


def test_outside_a_seed_nothing_repeats() -> None:
    with randomness.seeded("a walk"):
        inside = draws("x")
    assert draws("x") != inside
    assert draws("x") != draws("x")


def test_ids_are_version_4_and_follow_the_seed() -> None:
    with randomness.seeded("a walk"):
        first = new_id()
    with randomness.seeded("a walk"):
        assert new_id() == first
    assert first.version == 4
    assert new_id() != new_id()
