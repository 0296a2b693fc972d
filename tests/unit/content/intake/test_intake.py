"""What people are asked before the first session: plain, short, and never more than 40 questions with the measures."""

import itertools

import pytest

from homeport.content.instruments import all_keys
from homeport.content.intake import Question, intake, plan
from homeport.content.reading import measure
from homeport.core.errors import ContentError

HELD = intake()
QUESTIONS = [question for section in HELD.sections for question in section.questions]


def test_it_is_easy_to_read() -> None:
    words = [f"{each.title}. {each.lead}" for each in HELD.sections]
    for question in QUESTIONS:
        words += [question.text, question.hint, *question.options.values()]
    assert measure(". ".join(filter(None, words))).grade <= 6


def test_each_question_is_there_once_and_can_be_left_out() -> None:
    assert len({question.id for question in QUESTIONS}) == len(QUESTIONS)
    assert len(QUESTIONS) + 2 == plan().own, "with whom to call, and where one is"


def test_what_is_private_opens_the_safety_path() -> None:
    earlier, now = HELD.question("history", "earlier"), HELD.question("history", "now")
    assert earlier is not None
    assert now is not None
    assert earlier.safety == {"fights", "hurt"}
    assert now.alert == now.safety == {"violence", "dark_thoughts"}
    assert set(now.options) > now.safety
    history = HELD.section("history")
    assert history is not None
    assert history.opens_private_way({"earlier": ["fights"]})
    assert not history.opens_private_way({"earlier": ["loss"], "now": None})
    assert history.alerting({"earlier": ["fights", "hurt"], "now": ["ill"]}) == []
    assert history.alerting({"now": ["violence", "ill", "dark_thoughts"]}) == ["dark_thoughts", "violence"]


def test_a_young_person_is_not_asked_what_is_not_theirs() -> None:
    about = HELD.section("about")
    assert about is not None
    assert [each.id for each in about.asked(minor=True)] == [
        "gender",
        "household",
        "days",
        "culture",
        "needs",
    ]


def test_there_are_never_more_than_forty_questions() -> None:
    held = {key.id: len(key.items) for key in all_keys()} | {"attachment.homeport": 24}
    codes = sorted(frozenset[str]().union(*(line.of for line in plan().lines)) - {"everybody"})
    named = {name for line in plan().lines for name in line.one_of}
    assert named <= set(held)
    for installed in (named, named - {"attachment.ecr-rs"}, {"attachment.homeport"}):
        for about in itertools.combinations(codes, 3):
            chosen = plan().chosen(about, {name: held[name] for name in installed}.get)
            assert len(chosen) == len(set(chosen))
            assert plan().own + sum(held[name] for name in chosen) <= 40
            assert chosen[0].startswith("attachment.")


def test_concerns_decide_what_is_asked() -> None:
    held = {key.id: len(key.items) for key in all_keys()}
    assert plan().chosen(["mood"], held.get) == ["attachment.ecr-rs", "depression.phq-9", "wellbeing.who-5"]
    assert "relationship.csi-4" in plan().chosen(["couple"], held.get)
    assert plan().chosen(["mood"], lambda name: None) == []


def test_another_language_than_we_have_is_english() -> None:
    assert intake("fr").language == "en"
    with pytest.raises(ContentError):
        intake("en", 99)


def test_a_question_is_what_it_is() -> None:
    assert isinstance(HELD.question("about", "bonds"), Question)
    assert HELD.question("about", "nothing") is None
    assert HELD.section("nothing") is None
