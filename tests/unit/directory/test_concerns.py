"""What brings people: every concern has its place, its article and its words."""

import pytest

from homeport.content.articles import find_article
from homeport.content.reading import grade
from homeport.directory.concerns import ARTICLES, GROUPS, OFFERED, SAFETY_FIRST, Concern, asked_for
from homeport.directory.wishes import NAMES, Near, Weight, Wishes


def test_every_concern_stands_under_one_heading() -> None:
    listed = [concern for group in GROUPS for concern in group.concerns]
    assert sorted(listed) == sorted(Concern)


@pytest.mark.parametrize("concern", list(Concern))
def test_every_concern_leads_to_an_article(concern: Concern) -> None:
    assert find_article(ARTICLES[concern], "en")


def test_nobody_offers_what_opens_the_safety_path() -> None:
    assert not SAFETY_FIRST & set(OFFERED)
    assert set(asked_for(Concern)) <= set(OFFERED)


def test_a_wish_is_given_up_alone() -> None:
    wishes = Wishes("CA-ON", language="fr", near=Near("Toronto"), weights={"language": Weight.NICE})
    assert wishes.given == ("language", "near")
    assert wishes.musts == ("near",)
    assert wishes.without("near").given == ("language",)
    assert all(wishes.without(name).where == "CA-ON" for name in NAMES)


def test_the_list_reads_easily() -> None:
    assert grade(" ".join(f"{concern.label}." for concern in Concern)) <= 6
