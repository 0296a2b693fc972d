"""Whatever comes in: one clear sentence, the right status, a way on, and nothing lost that could be kept."""

import json
from typing import Any

import pytest
from django.test import Client, override_settings

pytestmark = pytest.mark.django_db
STEPS = ("/check/question/", "/check/result/", "/check/keep/", "/check/give/", "/what-now/")


def calm(page: Any, status: int) -> str:
    text = page.content.decode()
    assert page.status_code == status
    assert "We cannot go on from here" in text
    assert 'href="/check/"' in text
    assert "Traceback" not in text
    return str(text)


@pytest.mark.parametrize("path", STEPS)
@pytest.mark.parametrize(
    "visit", [None, "", "nonsense", "a:b:c", "x" * 100_000, "\x00\xff", ":1abc:" + "A" * 43, "[1,2,3]"]
)
def test_a_state_that_is_none_of_ours(visitor: Any, path: str, visit: str | None) -> None:
    fields = {"step": "next", "answer": "3", "as": "pdf"} | ({} if visit is None else {"visit": visit})
    calm(visitor.client.post(path, fields), 400)


@pytest.mark.parametrize("path", STEPS)
def test_a_state_from_another_installation(visitor: Any, path: str) -> None:
    with override_settings(SECRET_KEY="the key of another installation, long enough to be one"):
        visitor.begin("mother")
        foreign = visitor.visit
    calm(visitor.client.post(path, {"visit": foreign, "step": "next", "as": "pdf"}), 400)


@pytest.mark.parametrize("path", ["/check/", *STEPS])
@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (json.dumps({"visit": "x"}), "application/json", 415),
        ("<visit/>", "text/xml", 415),
        ("visit=x", "text/plain", 415),
        ("visit=x", "", 415),
        ("no boundary here", "multipart/form-data", 400),
        ("--b\r\nbroken", "multipart/form-data; boundary=b", 400),
        (b"\xff\xfe%%%", "application/x-www-form-urlencoded; charset=utf-16", 400),
    ],
)
def test_what_is_no_form_of_ours(visitor: Any, path: str, body: Any, kind: str, status: int) -> None:
    page = visitor.client.generic("POST", path, body, content_type=kind)
    if path == "/check/" and status == 400:
        assert page.status_code in {200, 400}
        return
    calm(page, status)


@pytest.mark.parametrize("path", ["/check/", *STEPS])
def test_a_huge_form(visitor: Any, path: str) -> None:
    calm(
        visitor.client.post(
            path, "visit=" + "x" * 2_000_000, content_type="application/x-www-form-urlencoded"
        ),
        413,
    )
    calm(
        visitor.client.post(
            path, "&".join(["a=1"] * 5_000), content_type="application/x-www-form-urlencoded"
        ),
        400,
    )


@pytest.mark.parametrize("answer", ["0", "6", "three", "3" * 1000, "<script>alert(1)</script>", "\x00"])
def test_an_unknown_answer_keeps_the_question_and_all_answers(visitor: Any, answer: str) -> None:
    visitor.begin("mother")
    visitor.step("next", "2")
    page = visitor.step("next", answer)
    assert page.status_code in {200, 422}
    assert "Question 2 of 24" in visitor.text
    assert "<script>alert" not in visitor.text
    visitor.step("next", "4")
    assert "Question 3 of 24" in visitor.text


def test_next_without_an_answer_is_said_beside_the_question(visitor: Any) -> None:
    visitor.begin("mother")
    visitor.step("next")
    assert visitor.page.status_code == 200
    assert 'role="alert"' in visitor.text
    assert "Pick the answer that fits best" in visitor.text
    assert "Question 1 of 24" in visitor.text


def test_an_unknown_button_keeps_everything(visitor: Any) -> None:
    visitor.begin("mother")
    visitor.step("next", "2")
    assert visitor.step("explode").status_code == 422
    assert "Question 2 of 24" in visitor.text


@pytest.mark.parametrize("who", [[], ["the cat"], ["x" * 3000], ["", "partner "]])
def test_nobody_chosen_is_said(visitor: Any, who: list[str]) -> None:
    visitor.page = visitor.client.post("/check/", {"age": "adult"})
    visitor.send("/check/question/", step="begin", who=who)
    assert visitor.page.status_code == 200
    assert "Tick at least one person" in visitor.text


@pytest.mark.parametrize("kind", ["", "exe", "../../etc/passwd"])
def test_an_unknown_file_is_refused(visitor: Any, kind: str) -> None:
    visitor.begin("mother").answer_all()
    visitor.send("/check/keep/", **{"as": kind})
    calm(visitor.page, 400)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/check/", *STEPS])
def test_other_methods_are_refused(path: str, method: str) -> None:
    assert Client(headers={"host": "localhost"}).generic(method, path).status_code == 405


def test_an_old_page_sent_again_gives_the_same_page(visitor: Any) -> None:
    visitor.begin("mother")
    old = {"visit": visitor.visit, "step": "next", "answer": "2"}
    first = visitor.client.post("/check/question/", old).content
    visitor.step("next", "5")
    visitor.step("next", "5")
    again = visitor.client.post("/check/question/", old).content
    assert _without_signature(first) == _without_signature(again)


def _without_signature(content: bytes) -> bytes:
    import re

    return re.sub(rb'name="visit" value="[^"]+"', b"", content)
