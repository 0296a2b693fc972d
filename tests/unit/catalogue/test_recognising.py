"""Which key a file belongs to: codes, texts, short names, titles; and when nobody can say."""

from collections.abc import Callable

import pytest

from homeport.catalogue.readers.instrument import ReadInstrument, ReadItem
from homeport.catalogue.recognising import Ambiguous, recognise, short_names
from homeport.content.instruments import load_key


def described(
    title: str = "", *, names: tuple[str, ...] = (), items: int = 3, **more: object
) -> ReadInstrument:
    made = tuple(ReadItem(f"x{n}", f"Made-up sentence {n}", (), n) for n in range(1, items + 1))
    return ReadInstrument("made-up", title, made, names=names, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("key", ["phq-9", "gad-7", "phq-a", "audit-c", "pcl-5"])
def test_a_panel_code_decides_whatever_the_title_says(key: str) -> None:
    panel = load_key(key).codes["loinc"]
    found = recognise(described("Harbour walk", codes=(panel,)))
    assert found.key == load_key(key)
    assert (found.by, found.certain) == ("code", True)


@pytest.mark.parametrize(
    ("title", "names", "key"),
    [
        ("Experiences in Close Relationships", (), "attachment.ecr"),
        ("Experinces in Close Relationships Scale", (), "attachment.ecr"),
        ("Experiences in Close Relationships, Revised", (), "attachment.ecr-r"),
        ("Experiences in Close Relationships (ECR-R)", (), "attachment.ecr-r"),
        ("Experiences in Close Relationships - Relationship Structures", (), "attachment.ecr-rs"),
        ("ECR-12", (), "attachment.ecr-12"),
        ("", ("ecr_s",), "attachment.ecr-s"),
        ("", ("ecr",), "attachment.ecr"),
        ("Mindful Attention Awareness Scale Assessment", ("MAAS_schema",), "mindfulness.maas"),
        ("PHQ-9", (), "depression.phq-9"),
        ("Patient Health Questionnaire (PHQ-9)", (), "depression.phq-9"),
        ("phq9 s1 r1 e1", ("phq9_s1_r1_e1",), "depression.phq-9"),
        ("PHQ-9 Modified for Teens", ("phq-9-teen",), "depression.phq-a"),
        ("Generalized Anxiety Disorder 7-item Scale (GAD-7)", (), "anxiety.gad-7"),
        ("PTSD Checklist for DSM-5 (PCL-5)", (), "trauma.pcl-5"),
        ("Rosenberg Self-Esteem Scale", (), "self.rses"),
        ("WHO-5 Well-Being Index", (), "wellbeing.who-5"),
        ("CORE-10", (), "distress.core-10"),
        ("ITQ", (), "trauma.itq"),
        ("Brief Resilience Scale", (), "resilience.brs"),
    ],
)
def test_names_and_titles_are_known(title: str, names: tuple[str, ...], key: str) -> None:
    assert recognise(described(title, names=names)).key == load_key(key)


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Harbour walk", ("walk",)),
        ("Patient Health Questionnaire-2 (PHQ-2)", ("phq-2",)),
        ("PHQ-8", ("phq8_s1",)),
        ("PHQ-15", ()),
        ("Maternal Antenatal Attachment Scale", ("MAAS",)),
        ("MAAS", ("MAAS_schema",)),
        ("RFQ", ()),
        ("ACE", ()),
        ("Daily Affect Scale", ("DAS",)),
        ("Insomnia Severity Index", ("isi",)),
        ("Homeport", ("homeport",)),
        ("", ()),
    ],
)
def test_other_instruments_are_not_taken_for_ours(title: str, names: tuple[str, ...]) -> None:
    assert recognise(described(title, names=names)).key is None


@pytest.mark.parametrize(
    ("title", "name"),
    [("Maternal Antenatal Attachment Scale", "MAAS"), ("Regulatory Focus Questionnaire", "RFQ-8")],
)
def test_a_shared_short_name_is_doubted(title: str, name: str) -> None:
    found = recognise(described(title, names=(name,)))
    assert found.key is None
    assert "say --as" in found.doubts[0]


def test_a_title_in_another_language_does_not_speak_against_a_short_name() -> None:
    spanish = described("Cuestionario de salud del paciente PHQ-9")
    assert recognise(spanish, english=False).key == load_key("phq-9")
    assert recognise(spanish, english=True).key is None


@pytest.mark.parametrize("title", ["PHQ-9 and GAD-7", "Experiences in Close Relationships, Revised (ECR)"])
def test_two_names_at_once_are_refused(title: str) -> None:
    with pytest.raises(Ambiguous, match="say which with --as"):
        recognise(described(title))


def test_two_panel_codes_are_refused() -> None:
    with pytest.raises(Ambiguous):
        recognise(described(codes=("44249-1", "69737-5")))


@pytest.mark.parametrize("word", ["Modified", "short", "for children"])
def test_a_title_that_says_it_was_altered_is_doubted(word: str) -> None:
    found = recognise(described(f"PHQ-9 {word}"))
    assert found.key == load_key("phq-9")
    assert "may be another form" in found.doubts[0]


def test_the_codes_of_most_items_decide() -> None:
    items = tuple(
        ReadItem(item.id, f"Made-up {item.id}", (), loinc=(item.codes["loinc"],))
        for item in load_key("phq-9").items
    )
    assert recognise(ReadInstrument("fhir", "Mood", items)).key == load_key("phq-9")
    assert recognise(ReadInstrument("fhir", "Mood", items[:2])).key is None


def test_known_texts_decide_when_most_of_a_key_and_of_the_file_are_known(
    known_texts: Callable[[dict[str, dict[str, str]]], None],
) -> None:
    texts = {item: f"Known sentence {item}" for item in load_key("audit-c").item_ids}
    known_texts({"alcohol.audit-c": texts})

    def asking(*said: str) -> ReadInstrument:
        return ReadInstrument("made-up", "Harbour walk", tuple(ReadItem(t, t, ()) for t in said))

    whole = recognise(asking(*texts.values()))
    assert (whole.key, whole.by) == (load_key("audit-c"), "texts")
    assert recognise(asking(*list(texts.values())[:2])).key == load_key("audit-c")
    assert recognise(asking(*list(texts.values())[:1])).key is None
    assert recognise(asking(*texts.values(), *(f"Strange {n}" for n in range(9)))).key is None


def test_a_short_form_is_told_from_the_long_one_it_borrows_from(
    known_texts: Callable[[dict[str, dict[str, str]]], None],
) -> None:
    ecr = {item: f"Known sentence {item}" for item in load_key("ecr").item_ids}
    known_texts({"attachment.ecr": ecr})
    short = load_key("ecr-12")
    borrowed = [ecr[(item.same_as or "").partition(":")[2]] for item in short.items]
    read = ReadInstrument("made-up", "Harbour walk", tuple(ReadItem(text, text, ()) for text in borrowed))
    assert recognise(read).key == short


def test_short_names_are_taken_from_ids_titles_and_codes() -> None:
    read = ReadInstrument(
        "x", "Walks (W-9)", (ReadItem("sea.a1", "", ()), ReadItem("sea.a2", "", ())), names=("w-9-teen",)
    )
    assert {"w9", "w9teen", "sea", "walks"} <= short_names(read)
