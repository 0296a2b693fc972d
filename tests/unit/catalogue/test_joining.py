"""Which question is which item: codes and known texts first, numbers and places only where nothing speaks against them."""

from collections.abc import Callable, Sequence

import pytest

from homeport.catalogue.joining import WordingRefused, join
from homeport.catalogue.readers.instrument import ReadItem
from homeport.content.instruments import Key, load_key

Know = Callable[[dict[str, dict[str, str]]], None]


def numbered(texts: Sequence[str], start: int = 1) -> list[ReadItem]:
    return [ReadItem(f"f{n}", text, (), n) for n, text in enumerate(texts, start)]


def texts_of(key: Key) -> dict[str, str]:
    return {item: f"Known sentence about {item}" for item in key.item_ids}


def refused(questions: Sequence[ReadItem], key: Key, order: str = "") -> tuple[str, ...]:
    with pytest.raises(WordingRefused) as refusal:
        join(questions, key, english=True, order=order)
    assert "\n" not in str(refusal.value)
    return refusal.value.differences


@pytest.fixture
def maas() -> Key:
    return load_key("maas-15")


@pytest.fixture
def rses() -> Key:
    return load_key("rses")


def test_numbers_join_where_nothing_else_is_known(known_texts: Know, maas: Key) -> None:
    known_texts({})
    found = join(numbered([f"Rain {n}" for n in range(15)]), maas, english=True)
    assert [found.pairs[item].number for item in maas.item_ids] == list(range(1, 16))
    assert any("joined to MAAS by their number" in doubt for doubt in found.doubts)


def test_places_join_where_there_are_no_numbers(known_texts: Know, maas: Key) -> None:
    known_texts({})
    found = join([ReadItem(f"x{n}", f"Rain {n}", ()) for n in "abcdefghijklmno"], maas, english=True)
    assert found.pairs["q02"].code == "xb"
    assert any("by their place" in doubt for doubt in found.doubts)


def test_numbers_win_over_places_and_it_is_said(known_texts: Know, maas: Key) -> None:
    known_texts({})
    questions = numbered([f"Rain {n}" for n in range(15)])
    found = join([*questions[8:], *questions[:8]], maas, english=True)
    assert [found.pairs[item].number for item in maas.item_ids] == list(range(1, 16))
    assert any("the numbers were followed" in doubt for doubt in found.doubts)


def test_missing_double_and_stray_numbers_are_refused(known_texts: Know, maas: Key) -> None:
    known_texts({})
    whole = numbered([f"Rain {n}" for n in range(16)])
    assert refused([*whole[:4], *whole[5:]], maas) == ("Question 5 is missing.",)
    assert refused([*whole[:14], whole[3]], maas) == ("Question 4 is there twice.",)
    assert refused(whole[:14], maas) == ("It has 14 questions; MAAS has 15.",)
    assert refused(numbered([f"Rain {n}" for n in range(15)], start=0), maas) == ("Question 15 is missing.",)
    half = [*whole[:7], *(ReadItem(f"y{n}", f"Sea {n}", ()) for n in range(8))]
    half[0], half[1] = half[1], half[0]
    assert "Only some" in refused(half, maas)[0]


def test_one_or_two_questions_more_are_dropped_and_more_are_refused(known_texts: Know, maas: Key) -> None:
    known_texts({})
    found = join(numbered([f"Rain {n}" for n in range(17)]), maas, english=True)
    assert [dropped.code for dropped in found.dropped] == ["f16", "f17"]
    assert sum("it was dropped" in doubt for doubt in found.doubts) == 2
    assert refused(numbered([f"Rain {n}" for n in range(18)]), maas) == ("It has 18 questions; MAAS has 15.",)


def test_known_texts_join_in_any_order_and_drop_any_stranger(known_texts: Know, maas: Key) -> None:
    texts = texts_of(maas)
    known_texts({maas.id: texts})
    shuffled = [*reversed(texts.values())]
    questions = numbered(["A stranger", *shuffled])
    found = join(questions, maas, english=True)
    assert {item: question.text for item, question in found.pairs.items()} == texts
    assert list(found.pairs) == list(maas.item_ids)
    assert [dropped.code for dropped in found.dropped] == ["f1"]
    assert any("another order than the published one" in doubt for doubt in found.doubts)
    assert found.recognised == 15


def test_known_texts_in_the_published_order_leave_no_doubt(known_texts: Know, maas: Key) -> None:
    known_texts({maas.id: texts_of(maas)})
    assert join(numbered(list(texts_of(maas).values())), maas, english=True).doubts == []


def test_a_known_text_under_the_wrong_number_is_refused_with_the_difference(
    known_texts: Know, maas: Key
) -> None:
    texts = texts_of(maas)
    known_texts({maas.id: {item: texts[item] for item in maas.item_ids[:5]}})
    said = [*texts.values()]
    said[0], said[1] = said[1], said[0]
    assert refused(numbered(said), maas) == (
        "Question 1 reads as q02, where MAAS has q01.",
        "Question 2 reads as q01, where MAAS has q02.",
    )


def test_one_text_twice_is_refused(known_texts: Know, maas: Key) -> None:
    texts = texts_of(maas)
    known_texts({maas.id: texts})
    said = [*texts.values()]
    said[5] = said[4]
    assert "Two questions have the texts of q05." in refused(numbered(said), maas)


def test_texts_of_another_instrument_are_refused(known_texts: Know, maas: Key) -> None:
    strangers = {f"q{n}": f"A sentence of another kind {n}" for n in range(15)}
    known_texts({maas.id: texts_of(maas), "attachment.ecr": strangers})
    assert refused(numbered(list(strangers.values())), maas) == (
        "15 of its 15 texts are those of attachment.ecr.",
    )


def test_unknown_english_texts_are_doubted_and_other_languages_are_not(known_texts: Know, maas: Key) -> None:
    known_texts({maas.id: texts_of(maas)})
    strangers = numbered([f"Rain {n}" for n in range(15)])
    assert any("None of its 15 texts" in doubt for doubt in join(strangers, maas, english=True).doubts)
    assert not any("None of its" in doubt for doubt in join(strangers, maas, english=False).doubts)
    said = [*texts_of(maas).values()]
    said[2] = "Rain"
    assert any(doubt.endswith("q03.") for doubt in join(numbered(said), maas, english=True).doubts)


def test_the_order_is_told_by_known_texts(known_texts: Know, rses: Key) -> None:
    texts = texts_of(rses)
    known_texts({rses.id: {item: texts[item] for item in ("satisfied", "worth")}})
    for order in rses.orders:
        found = join(numbered([texts[item] for item in order.items]), rses, english=True)
        assert {item: question.text for item, question in found.pairs.items()} == texts


def test_without_a_sign_of_its_order_an_instrument_with_two_is_refused(known_texts: Know, rses: Key) -> None:
    known_texts({})
    questions = numbered([f"Rain {n}" for n in range(1, 11)])
    assert "say --order satisfied-first or worth-first" in refused(questions, rses)[0]
    assert "no order 'best'" in refused(questions, rses, "best")[0]
    found = join(questions, rses, english=True, order="worth-first")
    assert found.pairs["worth"].number == 1
    assert found.pairs["satisfied"].number == 7


def test_an_order_that_known_texts_contradict_is_refused(known_texts: Know, rses: Key) -> None:
    texts = texts_of(rses)
    known_texts({rses.id: {item: texts[item] for item in ("satisfied", "worth")}})
    questions = numbered([texts[item] for item in rses.orders[0].items])
    assert refused(questions, rses, rses.orders[1].name)


def coded(key: Key) -> list[ReadItem]:
    return [ReadItem(f"f{i.number}", f"Rain {i.id}", (), i.number, (i.codes["loinc"],)) for i in key.items]


def test_codes_join_whatever_the_numbers_say(known_texts: Know) -> None:
    known_texts({})
    phq = load_key("phq-9")
    questions = coded(phq)
    found = join([*questions[4:], *questions[:4]], phq, english=True)
    assert {item: question.text for item, question in found.pairs.items()} == {
        i: f"Rain {i}" for i in phq.item_ids
    }
    assert any("another order" in doubt for doubt in found.doubts)


def test_a_companion_is_dropped_by_its_code(known_texts: Know) -> None:
    known_texts({})
    phq = load_key("phq-9")
    difficulty = ReadItem("f10", "Rain", (), 10, ("69722-7",))
    found = join([*coded(phq), difficulty], phq, english=True)
    assert [(d.code, "goes with PHQ-9" in d.why) for d in found.dropped] == [("f10", True)]


def test_a_code_and_a_text_that_disagree_are_refused(known_texts: Know) -> None:
    phq = load_key("phq-9")
    known_texts({phq.id: {"mood": "Rain interest"}})
    assert "f1 has the code of interest and the text of mood." in refused(coded(phq), phq)


def test_the_order_of_the_adolescent_form_does_not_slip_in(known_texts: Know) -> None:
    """Mood first, appetite before energy: a PHQ-9 by number would score the wrong items."""
    phq = load_key("phq-9")
    texts = texts_of(phq)
    known_texts({phq.id: {item: texts[item] for item in ("interest", "mood", "energy", "appetite")}})
    teen = ["mood", "interest", "sleep", "appetite", "energy", *phq.item_ids[5:]]
    assert "Question 1 reads as mood, where PHQ-9 has interest." in refused(
        numbered([texts[i] for i in teen]), phq
    )


def test_ids_like_the_keys_join(known_texts: Know) -> None:
    known_texts({})
    itq = load_key("itq")
    questions = [ReadItem(f"itq_{item.upper()}", f"Rain {item}", ()) for item in reversed(itq.item_ids)]
    found = join(questions, itq, english=True)
    assert found.pairs["c9"].text == "Rain c9"
