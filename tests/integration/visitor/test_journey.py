"""The whole way, page by page, as a browser without JavaScript goes it."""

import json
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from django.test import Client

from homeport.catalogue.models import InstalledWording
from homeport.web.visitor import questions

pytestmark = pytest.mark.django_db
Numbers = Callable[[int], Any]


def test_the_front_page_asks_for_the_age_first(visitor: Any) -> None:
    page = Client(headers={"host": "localhost"}).get("/check/")
    assert page.status_code == 200
    assert b'name="age"' in page.content
    assert b'name="answer"' not in page.content


def test_under_16_leads_to_the_youth_pages_and_never_to_a_question(visitor: Any) -> None:
    page = visitor.client.post("/check/", {"age": "under-16"})
    assert (page.status_code, page.headers["Location"]) == (303, "/youth/")


@pytest.mark.parametrize("age", ["", "15", "ADULT", "adult; drop table", "x" * 5000])
def test_without_an_age_the_page_asks_again(visitor: Any, age: str) -> None:
    page = visitor.client.post("/check/", {"age": age})
    assert page.status_code == 200
    assert "Please pick your age first." in page.content.decode()


def test_one_person_24_questions_a_result(visitor: Any) -> None:
    assert visitor.begin("mother").answer_all() == 24
    visitor.send("/check/result/")
    assert visitor.page.status_code == 200
    assert "About your mother" in visitor.text
    assert "24 questions" in visitor.text


def test_several_people_side_by_side(visitor: Any) -> None:
    assert visitor.begin("friend", "mother").answer_all() == 48
    visitor.send("/check/result/")
    assert "You, with 2 people" in visitor.text
    assert visitor.text.index("About your mother") < visitor.text.index("About your friend")


def test_a_result_may_be_looked_at_before_everyone_is_done(visitor: Any) -> None:
    visitor.begin("mother", "friend")
    while visitor.asked:
        visitor.step("next", "2")
    visitor.send("/check/result/")
    assert "About your mother" in visitor.text
    assert "Not enough to draw yet" in visitor.text
    visitor.step("unfinished")
    assert visitor.asked
    assert "About your friend" in visitor.text


def test_nothing_answered_is_said_kindly(visitor: Any) -> None:
    visitor.begin("mother")
    visitor.send("/check/result/")
    assert visitor.page.status_code == 200
    assert "There is not enough to draw yet" in visitor.text
    assert visitor.visit


def test_the_screen_alone_is_the_screen_of_the_page(visitor: Any) -> None:
    visitor.begin("mother")
    form = {"visit": visitor.visit, "step": "next", "answer": "2"}
    whole = visitor.client.post("/check/question/", form).content.decode()
    alone = visitor.client.post("/check/question/", form, headers={"Homeport-Fragment": "1"}).content.decode()
    assert "<html" in whole
    assert "<html" not in alone
    assert alone.lstrip().startswith("<section")
    assert len(alone) < len(whole)


def test_the_step_of_a_question_costs_no_query(
    visitor: Any, made_up_ecr: None, django_assert_num_queries: Numbers
) -> None:
    visitor.begin("partner")
    visitor.step("next", "2")
    with django_assert_num_queries(0):
        visitor.step("next", "3")
        visitor.step("back")
        visitor.step("pause")
        visitor.step("resume")


def test_setting_out_costs_two_queries_at_most(
    visitor: Any, made_up_ecr: None, django_assert_max_num_queries: Numbers
) -> None:
    """What is installed; and the wording itself, where this process has not read it yet."""
    with django_assert_max_num_queries(2):
        visitor.begin("partner", "mother")
    with django_assert_max_num_queries(0):
        visitor.begin("mother")


def test_the_adaptive_ecr_is_the_default_for_a_partner_and_gives_chances(
    visitor: Any, made_up_ecr: None
) -> None:
    count = visitor.begin("partner").answer_all("2413")
    assert 9 <= count <= 36
    visitor.send("/check/result/")
    assert "in 100" in visitor.text
    assert "Secure" in visitor.text
    visitor.send("/check/keep/", **{"as": "json"})
    one = json.loads(visitor.page.content)["relationships"][0]
    assert one["instrument"]["id"] == "attachment.ecr"
    assert sum(one["result"]["areas"].values()) == pytest.approx(1, abs=0.001)
    assert len(one["answers"]) == count
    assert one["method"]["seed"] >= 0


@pytest.mark.parametrize(
    ("who", "age"), [("mother", "adult"), ("people-in-general", "adult"), ("partner", "16-17")]
)
def test_our_own_questions_serve_everyone_else(visitor: Any, made_up_ecr: None, who: str, age: str) -> None:
    assert visitor.begin(who, age=age).answer_all() == 24


def test_different_questions_make_two_maps(visitor: Any, made_up_ecr: None) -> None:
    visitor.begin("partner", "mother", "friend").answer_all()
    visitor.send("/check/result/")
    assert "they stand on maps of their own" in visitor.text
    assert visitor.text.count('role="img"') == 2 + 3


def test_what_is_provisional_is_said_beside_the_numbers_and_on_paper(visitor: Any, made_up_ecr: None) -> None:
    import io

    from pypdf import PdfReader

    visitor.begin("partner").answer_all()
    said = "people who chose to answer the same questions online", "These numbers are provisional"
    visitor.send("/check/result/")
    beside = visitor.text[: visitor.text.index("<details")]
    assert all(words in beside for words in said)
    paper = PdfReader(io.BytesIO(visitor.send("/check/keep/", **{"as": "pdf"}).content))
    printed = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    assert all(words in printed for words in said)


def test_an_adaptive_visit_never_counts_up_and_ends(visitor: Any, made_up_ecr: None) -> None:
    import re

    visitor.begin("partner")
    shown = []
    while visitor.asked:
        found = re.search(r"about (?:\d+ to )?(\d+) left|perhaps the (last) one", visitor.text)
        assert found, visitor.text
        shown.append(1 if found[2] else int(found[1]))
        visitor.step("next", "4")
    assert all(later <= max(1, earlier - 1) for earlier, later in pairwise(shown))


def test_adaptive_questions_return_on_back_with_their_answer(visitor: Any, made_up_ecr: None) -> None:
    import re

    def question() -> str:
        return re.search(r"<h1[^>]*>(.*?)</h1>", visitor.text)[1]  # type: ignore[index]

    visitor.begin("partner")
    visitor.step("next", "2")
    second = question()
    visitor.step("next", "5")
    visitor.step("back")
    assert question() == second
    assert re.search(r'value="5" checked', visitor.text)


def test_a_visit_goes_on_with_its_own_words_when_others_are_installed_meanwhile(
    visitor: Any, made_up_ecr: None
) -> None:
    from tests.factories.made_up_ecr import install_made_up_ecr

    visitor.begin("partner")
    install_made_up_ecr(note=" Newer.")
    questions.forget()
    visitor.step("next", "2")
    assert visitor.asked
    assert "Newer." not in visitor.text
    assert "Newer." in type(visitor)().begin("partner").text


def test_words_that_are_gone_are_said_to_be_gone(visitor: Any, made_up_ecr: None) -> None:
    visitor.begin("partner")
    InstalledWording.objects.all().delete()
    questions.forget()
    visitor.step("next", "2")
    assert visitor.page.status_code == 400
    assert "The questions you were answering are no longer here." in visitor.text
    assert "/check/" in visitor.text


def test_a_day_later_the_answers_are_still_there_if_wanted(visitor: Any) -> None:
    with time_machine.travel("2026-11-23T10:00:00Z", tick=False) as clock:
        visitor.begin("mother")
        visitor.step("next", "2")
        clock.shift(timedelta(hours=25))
        visitor.step("next", "3")
        assert visitor.page.status_code == 200
        assert "Welcome back" in visitor.text
        visitor.step("resume")
        assert visitor.asked
        assert "Question 3 of 24" in visitor.text
        clock.shift(timedelta(hours=25))
        visitor.send("/check/result/")
        assert "Welcome back" in visitor.text


@pytest.mark.parametrize("path", ["/check/question/", "/check/result/", "/check/keep/", "/check/give/"])
def test_an_address_typed_by_hand_leads_to_the_start(visitor: Any, path: str) -> None:
    page = visitor.client.get(path)
    assert (page.status_code, page.headers["Location"]) == (303, "/check/")


def test_what_now_stands_alone_and_leads_back_to_a_result(visitor: Any) -> None:
    alone = visitor.client.get("/what-now/")
    assert alone.status_code == 200
    assert b"Back to my result" not in alone.content
    visitor.begin("mother").answer_all()
    visitor.send("/check/result/")
    visitor.send("/what-now/")
    assert "Back to my result" in visitor.text
    visitor.send("/check/result/")
    assert "About your mother" in visitor.text


def test_files_to_take_along_have_neutral_names(visitor: Any) -> None:
    visitor.begin("mother").answer_all()
    visit = visitor.visit
    for kind, mime in (("pdf", "application/pdf"), ("json", "application/json")):
        with time_machine.travel("2026-11-23T10:00:00Z", tick=False):
            page = visitor.client.post("/check/keep/", {"visit": _fresh(visitor, visit), "as": kind})
        assert page.headers["Content-Type"] == mime
        assert page.headers["Content-Disposition"] == f'attachment; filename="my-page-2026-11-23.{kind}"'
        assert len(page.content) > 1000


def _fresh(visitor: Any, visit: str) -> str:
    from homeport.web.visitor.seal import seal, unseal

    return seal(unseal(visit).journey)


def test_the_page_has_one_neutral_title_everywhere(visitor: Any) -> None:
    import re

    visitor.begin("mother")
    titles = {re.search(r"<title>(.*?)</title>", visitor.text)[1]}  # type: ignore[index]
    visitor.answer_all()
    visitor.send("/check/result/")
    titles.add(re.search(r"<title>(.*?)</title>", visitor.text)[1])  # type: ignore[index]
    assert titles == {"Homeport"}
