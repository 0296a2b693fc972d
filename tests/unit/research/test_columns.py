"""Questions are found by id or number, in any case, and never by guessing."""

import pytest

from homeport.content.instruments import load_key
from homeport.core.errors import HomeportError
from homeport.psychometrics.files.columns import find_columns

ECR = load_key("attachment.ecr")
RSES = load_key("self.rses")
PHQ = load_key("depression.phq-9")
OWN = load_key("attachment.homeport")


@pytest.mark.parametrize(
    "form", ["Q{}", "q{:02}", "{}", "item_{}", "ECR_{}", "ecr.{}", "I{}", "ecr36_{}", "ECR Q{}"]
)
def test_numbered_columns_of_many_spellings(form: str) -> None:
    names = ["age", *(form.format(number) for number in range(1, 37))]
    found = find_columns(ECR, names)
    assert found.columns == tuple(range(1, 37))
    assert next(iter(found.orders.values())) == ECR.item_ids


def test_columns_may_stand_in_any_order() -> None:
    found = find_columns(ECR, [f"Q{number}" for number in range(36, 0, -1)])
    (items,) = found.orders.values()
    assert dict(zip(items, found.columns, strict=True))["q01"] == 35


def test_ids_of_the_key_whatever_their_case() -> None:
    found = find_columns(PHQ, [item.upper() for item in PHQ.item_ids])
    assert found.orders == {"": PHQ.item_ids}


def test_codes_name_their_questions() -> None:
    names = [item.codes.get("loinc", item.id) for item in PHQ.items]
    assert names != list(PHQ.item_ids)
    assert find_columns(PHQ, names).orders == {"": PHQ.item_ids}


def test_an_unknown_series_is_taken_when_it_is_the_only_one_and_is_said() -> None:
    found = find_columns(ECR, ["id1", *(f"close{number}" for number in range(1, 37))])
    assert found.columns == tuple(range(1, 37))
    assert "close1" in found.note


def test_two_unknown_series_are_not_chosen_between() -> None:
    names = [f"{stem}{number}" for stem in ("close", "far") for number in range(1, 37)]
    with pytest.raises(HomeportError, match="Q1 to Q36"):
        find_columns(ECR, names)


def test_two_known_series_are_refused() -> None:
    names = [f"{stem}{number}" for stem in ("Q", "ecr") for number in range(1, 37)]
    with pytest.raises(HomeportError, match=r"Q1 and ecr1"):
        find_columns(ECR, names)


def test_two_columns_for_one_question_are_refused() -> None:
    names = [*(f"Q{number}" for number in range(1, 37)), "q07"]
    with pytest.raises(HomeportError, match="Q7 and q07"):
        find_columns(ECR, names)


def test_absent_questions_are_named() -> None:
    names = [f"Q{number}" for number in range(1, 37) if number not in {5, 30}]
    with pytest.raises(HomeportError, match=r"no column: Q5, Q30\."):
        find_columns(ECR, names)
    with pytest.raises(HomeportError, match=r"no column: Q3, .* and 22 more"):
        find_columns(ECR, ["Q1", "Q2"])
    with pytest.raises(HomeportError, match="no column: mood"):
        find_columns(PHQ, [item for item in PHQ.item_ids if item != "mood"])


def test_a_file_of_something_else_is_told_what_is_looked_for() -> None:
    with pytest.raises(HomeportError, match="Q1 to Q36 or as q01 to q36"):
        find_columns(ECR, ["name", "age", "country"])


def test_numbers_beyond_the_questions_belong_to_something_else() -> None:
    found = find_columns(PHQ, [f"q{number}" for number in range(1, 15)])
    assert len(found.columns) == 9


def test_numbers_mean_every_order_until_one_is_asked_for() -> None:
    names = [f"Q{number}" for number in range(1, 11)]
    assert set(find_columns(RSES, names).orders) == {"satisfied-first", "worth-first"}
    asked = find_columns(RSES, names, "worth-first").orders
    assert list(asked) == ["worth-first"]
    assert asked["worth-first"][0] == "worth"
    with pytest.raises(HomeportError, match="satisfied-first and worth-first"):
        find_columns(RSES, names, "alphabetical")


def test_ids_settle_the_order() -> None:
    assert find_columns(RSES, list(RSES.item_ids)).orders == {"": RSES.item_ids}


def test_a_short_form_of_the_key_is_enough() -> None:
    form = OWN.forms[0]
    found = find_columns(OWN, ["when", *form.items])
    assert set(found.orders[""]) == set(form.items)
    with pytest.raises(HomeportError, match="no column"):
        find_columns(OWN, form.items[1:])
