"""Giving answers for calibration: chosen, anonymous, once, and nothing in it leads to a person or a moment."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection

from homeport.catalogue.models import DonatedAnswers
from homeport.catalogue.services.donate_answers import donate_answers
from homeport.content.instruments.bank import form_for
from homeport.core.errors import HomeportError
from homeport.web.views import check_give

pytestmark = pytest.mark.django_db


@time_machine.travel("2026-11-23T10:00:00Z", tick=False)
def test_giving_stores_the_answers_and_the_month_and_nothing_else(visitor: Any) -> None:
    visitor.begin("mother").answer_all("2")
    visitor.send("/check/result/")
    assert "Give my answers" in visitor.text
    assert DonatedAnswers.objects.count() == 0
    visitor.send("/check/give/")
    assert "Thank you. Your answers were given." in visitor.text
    assert "Give my answers" not in visitor.text
    row = DonatedAnswers.objects.get()
    assert {field.name for field in DonatedAnswers._meta.get_fields()} == {
        "id",
        "instrument",
        "key_version",
        "wording_hash",
        "relationship",
        "answers",
        "month",
    }
    assert (row.instrument, row.key_version, row.relationship, row.month) == (
        "attachment.homeport",
        1,
        "mother",
        "2026-11",
    )
    assert row.answers == dict.fromkeys(sorted(form_for("mother", "core").items), 2)
    assert list(row.answers) == sorted(row.answers), "the order of asking must not show"


def test_pressing_twice_gives_once(visitor: Any) -> None:
    visitor.begin("mother", "friend").answer_all()
    visitor.send("/check/result/")
    again = visitor.visit
    visitor.client.post("/check/give/", {"visit": again})
    visitor.client.post("/check/give/", {"visit": again})
    assert DonatedAnswers.objects.count() == 2
    assert len({row.id for row in DonatedAnswers.objects.all()}) == 2


def test_the_keys_are_random_and_have_nothing_in_common(visitor: Any) -> None:
    visitor.begin("mother", "friend").answer_all()
    visitor.send("/check/give/")
    keys = [row.id for row in DonatedAnswers.objects.all()]
    assert all(isinstance(key, UUID) and key.version == 4 for key in keys)
    assert keys[0].hex[:8] != keys[1].hex[:8]


def test_on_sqlite_the_table_keeps_no_order_of_arrival() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("row numbers are SQLite's")
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [DonatedAnswers._meta.db_table])
        assert cursor.fetchone()[0].endswith("WITHOUT ROWID")


@pytest.mark.parametrize(("who", "age"), [("mother", "16-17"), ("partner", "adult")])
def test_the_young_and_published_questionnaires_are_not_asked_for(
    visitor: Any, made_up_ecr: None, who: str, age: str
) -> None:
    visitor.begin(who, age=age).answer_all()
    visitor.send("/check/result/")
    assert "Give my answers" not in visitor.text
    visitor.send("/check/give/")
    assert visitor.page.status_code == 400
    assert DonatedAnswers.objects.count() == 0


def test_too_few_answers_are_not_taken_and_nothing_breaks(visitor: Any) -> None:
    visitor.begin("mother")
    for _ in range(3):
        visitor.step("next", "2")
    visitor.send("/check/give/")
    assert visitor.page.status_code < 500
    assert DonatedAnswers.objects.count() == 0


def test_one_statement_a_relationship(visitor: Any, django_assert_num_queries: Any) -> None:
    visitor.begin("mother", "friend").answer_all()
    counted = 7  # that somebody here gave, first of all: found, made, and changed in a transaction
    with django_assert_num_queries(counted + 2):
        visitor.send("/check/give/")


GOOD = dict.fromkeys(form_for("mother", "core").items, 3)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"answers": {**GOOD, "zz": 3}}, "do not fit"),
        ({"answers": {**GOOD, "a01": 6}}, "do not fit"),
        ({"answers": {"a01": 3}}, "too few"),
        ({"relationship": "the cat"}, "about nobody"),
        ({"instrument": "attachment.ecr"}, "calibration"),
        ({"instrument": "attachment.nothing"}, "no instrument"),
        ({"version": 9}, "no version"),
    ],
)
def test_the_service_refuses_what_does_not_fit(change: dict[str, Any], sentence: str) -> None:
    given = {
        "key": UUID(int=1, version=4),
        "instrument": "attachment.homeport",
        "version": 1,
        "wording_hash": "ab" * 32,
        "relationship": "mother",
        "answers": GOOD,
    }
    with pytest.raises(HomeportError, match=sentence):
        donate_answers(**{**given, **change})
    assert not DonatedAnswers.objects.exists()


def test_a_machine_that_gives_and_gives_is_slowed_down_and_loses_nothing(
    visitor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = replace(check_give.FROM_HERE, free=2)
    monkeypatch.setattr(check_give, "FROM_HERE", few)
    visitor.begin("mother").answer_all("2")
    visitor.send("/check/result/")
    held = visitor.visit
    first, second, third = (visitor.client.post("/check/give/", {"visit": held}) for _ in range(3))
    assert (first.status_code, second.status_code, third.status_code) == (200, 200, 429)
    assert int(third.headers["Retry-After"]) > 0
    text = third.content.decode()
    assert "Please give your answers a little later." in text
    assert "Thank you. Your answers were given." not in text
    assert "Give my answers" in text, "it can be pressed again"
    assert "Set-Cookie" not in third.headers
    other = visitor.client.post("/check/give/", {"visit": held}, REMOTE_ADDR="203.0.113.9")
    assert other.status_code == 200, "nobody else is held up"
