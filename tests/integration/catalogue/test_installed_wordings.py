"""What the visitor's journey reads: the wording in a language, and what is asked by default."""

from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries

from homeport.catalogue.fit import Fit
from homeport.catalogue.selectors.installed_wordings import (
    current_wordings,
    installed_wording,
    visitor_instrument,
    wording_by_hash,
    wordings_of,
)
from homeport.catalogue.services.install_wording import install_wording

pytestmark = pytest.mark.django_db
MakeFit = Callable[..., Fit]
SEVEN = [
    "disagree strongly",
    "disagree",
    "disagree slightly",
    "neutral",
    "agree slightly",
    "agree",
    "agree strongly",
]


def test_nothing_installed_is_none_in_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert installed_wording("attachment.ecr", "en") is None
    with django_assert_num_queries(1):
        assert wording_by_hash("0" * 64) is None
    with django_assert_num_queries(1):
        assert current_wordings() == []


def test_the_current_wording_takes_one_query(
    fit: MakeFit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for word in ("rain", "wind", "sea"):
        install_wording(fit=fit(word=word))
    with django_assert_num_queries(1):
        found = installed_wording("attachment.ecr", "en")
    assert found is not None
    assert found.items["q01"].endswith("sea")
    with django_assert_num_queries(1):
        assert [row.replaced_at is None for row in wordings_of("attachment.ecr")] == [True, False, False]
    with django_assert_num_queries(1):
        assert [(row["instrument"], row["language"]) for row in current_wordings()] == [
            ("attachment.ecr", "en")
        ]


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("pt-br", "pt-br"),
        ("pt", "pt"),
        ("pt-pt", "pt"),
        ("PT_BR", "pt-br"),
        ("nl", "nl-be"),
        ("de", None),
        ("", None),
    ],
)
def test_a_language_is_answered_with_itself_or_its_region_and_never_with_another(
    fit: MakeFit, asked: str, answered: str | None
) -> None:
    for language in ("pt", "pt-br", "nl-be"):
        install_wording(fit=fit(language=language))
    found = installed_wording("attachment.ecr", asked)
    assert (found.language if found else None) == answered


def test_without_the_ecr_visitors_get_our_own_questions(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        found = visitor_instrument("en")
    assert (found.key.id, found.wording, found.adaptive) == ("attachment.homeport", None, False)


def test_with_the_ecr_installed_the_adaptive_ecr_is_the_default(
    fit: MakeFit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    install_wording(fit=fit())
    with django_assert_num_queries(1):
        found = visitor_instrument("en-GB")
    assert (found.key.id, found.adaptive) == ("attachment.ecr", True)
    assert found.wording is not None
    assert found.wording.format == "five"
    assert visitor_instrument("fr").key.id == "attachment.homeport"


def test_an_ecr_without_item_parameters_is_not_the_default(fit: MakeFit) -> None:
    install_wording(fit=fit("ecr", SEVEN))
    assert visitor_instrument("en").key.id == "attachment.homeport"
