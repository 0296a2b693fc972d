"""The response format is asked for or concluded aloud, never guessed."""

from collections import Counter

import pytest

from homeport.content.instruments import load_key
from homeport.core.errors import HomeportError
from homeport.psychometrics.files.formats import asked_format, settle_format

ECR = load_key("attachment.ecr")
RSES = load_key("self.rses")


@pytest.mark.parametrize(
    ("wish", "name"),
    [
        ("five", "five"),
        ("SEVEN", "seven"),
        ("5-point", "five"),
        ("7 points", "seven"),
        ("5", "five"),
        ("1-5", "five"),
        ("1 to 7", "seven"),
    ],
)
def test_a_format_by_name_points_or_range(wish: str, name: str) -> None:
    assert asked_format(ECR, wish) == name


@pytest.mark.parametrize("wish", ["six", "6-point", "0-5", "-"])
def test_a_format_that_the_key_lacks(wish: str) -> None:
    with pytest.raises(HomeportError, match=r"no format .*; it has seven \(1 to 7\) and five \(1 to 5\)"):
        asked_format(ECR, wish)


def test_points_that_fit_two_formats() -> None:
    with pytest.raises(HomeportError, match="two formats"):
        asked_format(RSES, "4-point")
    assert asked_format(RSES, "0-3") == "zero"


def counts(text: str) -> Counter[int]:
    return Counter(
        {int(value): int(count) for value, _, count in (part.partition(":") for part in text.split())}
    )


@pytest.mark.parametrize(
    ("seen", "name"),
    [
        ("1:200 2:200 3:200 4:200 5:200", "five"),
        ("0:50 1:200 2:200 3:200 4:200 5:200", "five"),  # 0 is in neither: a code for missing
        ("1:200 2:200 3:200 4:200 5:200 6:5 7:1", "five"),  # slips of the keyboard
        ("1:200 2:200 3:200 4:200 5:200 6:90 7:60", "seven"),
        ("3:36", "five"),
    ],
)
def test_the_answers_tell(seen: str, name: str) -> None:
    settled = settle_format(ECR, counts(seen))
    assert settled.name == name
    assert f"'{name}'" in settled.said
    assert "--format" in settled.said


def test_answers_that_start_at_zero_or_one() -> None:
    assert settle_format(RSES, counts("0:100 1:100 2:100 3:100")).name == "zero"
    assert settle_format(RSES, counts("0:1 1:100 2:100 3:100 4:100")).name == "one"


@pytest.mark.parametrize("seen", ["1:5 2:10 3:10", "1:200 2:200 3:200 5:200 6:18 7:10", ""])
def test_answers_that_do_not_tell_are_asked_about(seen: str) -> None:
    with pytest.raises(HomeportError, match="say --format seven"):
        settle_format(ECR, counts(seen))


@pytest.mark.parametrize("seen", ["1:100 2:100 3:100", "0:100 1:100 2:100 3:100 4:100"])
def test_rosenberg_answers_that_fit_both_or_neither(seen: str) -> None:
    with pytest.raises(HomeportError, match="do not tell"):
        settle_format(RSES, counts(seen))


def test_a_key_with_one_format_needs_no_telling() -> None:
    settled = settle_format(load_key("depression.phq-9"), {})
    assert settled.name == "days"
    assert not settled.said
